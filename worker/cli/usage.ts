/** Help and usage errors as Docker's command line prints them. */
import type { Command, FlagSpec } from './command.ts';
import { FLAG_KINDS } from './flag-kinds.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { GROUPS, type CommandGroup } from './groups.ts';

/** Columns help is wrapped at when the terminal does not say: what Docker takes for a pipe. */
const COLUMNS = 80;

/** `Usage:  docker ls …`, with further forms below it. */
export function usageLine(command: Command, called: string): string {
  const [first = '', ...others] = command.usage;
  // further forms are told by the short name, whatever it was called by
  const short = command.aliases?.at(-1)?.join(' ') ?? called;
  return [
    `Usage:  docker ${called}${first === '' ? '' : ` ${first}`}`,
    ...others.map((form) => `\tdocker ${short} ${form}`),
  ].join('\n');
}

/** What buildx prints below its help. */
const BUILDX_FOOTER = 'Experimental commands and flags are hidden. Set BUILDX_EXPERIMENTAL=1 to show them.';

/** What `docker COMMAND --help` prints. buildx answers under its own name, and tells its summary twice. */
export function commandHelp(command: Command, called: string, columns = COLUMNS): string {
  const usage = usageLine(command, command.buildx === true ? buildxName(command) : called);
  const about = command.description ?? command.summary;
  const parts = command.buildx === true ? [about, usage, about] : [usage, about];
  const spellings = [command.path, ...(command.aliases ?? [])];
  if (spellings.length > 1)
    parts.push(`Aliases:\n  ${spellings.map((words) => `docker ${words.join(' ')}`).join(', ')}`);
  const shown = shownFlags(command, called);
  if (shown.length > 0) parts.push(`Options:\n${flagTable(shown, columns)}`);
  if (command.buildx === true) parts.push(BUILDX_FOOTER);
  return `${parts.join('\n\n')}\n`;
}

/** Called by another name than its own, buildx has been told which builder to use. */
function shownFlags({ flags, buildx = false }: Command, called: string): readonly FlagSpec[] {
  const shown = flags.filter((flag) => flag.hidden !== true);
  if (!buildx || called.startsWith('buildx ')) return shown;
  return shown.map((flag) => (flag.name === 'builder' ? { ...flag, default: '"default"' } : flag));
}

/** A row of a list of commands. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
}

/** What `docker NOUN` and `docker NOUN --help` print. */
export function groupHelp(group: CommandGroup, commands: readonly CommandRow[]): string {
  if (group.buildx === true) return buildxHelp(group, commands);
  return [
    `Usage:  docker ${group.name} COMMAND`,
    group.description ?? group.summary,
    `Commands:\n${commandTable(commands)}`,
    `Run 'docker ${group.name} COMMAND --help' for more information on a command.\n`,
  ].join('\n\n');
}

function buildxHelp({ name, description = '' }: CommandGroup, commands: readonly CommandRow[]): string {
  const builder: FlagSpec = {
    name: 'builder',
    kind: 'string',
    help: 'Override the configured builder instance',
    ...(name === 'buildx' ? {} : { default: '"default"' }),
  };
  return [
    description,
    'Usage:  docker buildx [OPTIONS] COMMAND',
    description,
    `Options:\n${flagTable([builder])}`,
    `Commands:\n${commandTable(commands)}`,
    "Run 'docker buildx COMMAND --help' for more information on a command.",
    `${BUILDX_FOOTER}\n`,
  ].join('\n\n');
}

/** Commands that `docker --help` tells first. */
const COMMON = ['run', 'exec', 'ps', 'build', 'pull', 'push', 'images', 'login', 'logout', 'search', 'version', 'info'];

/** What `docker` and `docker --help` print: the commands there are. */
export function rootHelp(commands: readonly Command[]): string {
  const rows = commands.flatMap((command): CommandRow[] =>
    [command.path, ...(command.aliases ?? []), ...(command.otherSpellings ?? [])].flatMap((words) =>
      words.length === 1 ? [{ name: words[0] ?? '', summary: rootSummary(command) }] : [],
    ),
  );
  const common = COMMON.flatMap((name) => rows.filter((row) => row.name === name));
  const others = rows.filter(({ name }) => !COMMON.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rowOf = ({ name, summary, plugin }: CommandGroup): CommandRow => ({
    name: plugin === true ? `${name}*` : name,
    summary,
  });
  const groups = GROUPS.filter(({ swarm }) => swarm === undefined).map(rowOf);
  const swarm = GROUPS.filter((group) => group.swarm === 'listed').map(rowOf);
  return [
    'Usage:  docker [OPTIONS] COMMAND',
    'A self-sufficient runtime for containers',
    `Common Commands:\n${commandTable(common)}`,
    `Management Commands:\n${commandTable(groups)}`,
    `Swarm Commands:\n${commandTable(swarm)}`,
    `Commands:\n${commandTable(others)}`,
    `Global Options:\n${flagTable(GLOBAL_OPTIONS)}`,
    "Run 'docker COMMAND --help' for more information on a command.",
    'For more help on how to use Docker, head to https://docs.docker.com/go/guides/\n\n',
  ].join('\n\n');
}

function rootSummary({ summary, otherSummary }: Command): string {
  return (otherSummary ?? summary).replace(/\.$/, '');
}

const LEAST_NAME_WIDTH = 11;

function commandTable(rows: readonly CommandRow[]): string {
  const width = Math.max(LEAST_NAME_WIDTH, ...rows.map(({ name }) => name.length));
  return rows.map(({ name, summary }) => `  ${name.padEnd(width)} ${summary}`).join('\n');
}

/** The text below a flag that cannot be parsed. */
export function flagProblem(command: Command, called: string, message: string): string {
  if (command.buildx === true) return `${message}\nSee 'docker ${buildxName(command)} --help'.\n`;
  return `${message}\n\n${usageLine(command, called)}\n\nRun 'docker ${called} --help' for more information\n`;
}

/** What is said of a wrong number of arguments; undefined when it is right. */
export function countProblem(command: Command, called: string, count: number): string | undefined {
  const { least, most } = command.arguments;
  if (count >= least && count <= most) return undefined;
  if (command.buildx === true) return buildxCountProblem(command);
  const usage = `\n\n${usageLine(command, called)}\n\n`;
  if (least === 0 && most === 0) {
    return `docker: 'docker ${called}' accepts no arguments${usage}Run 'docker ${called} --help' for more information\n`;
  }
  const { requires, invitation } = countWords(least, most);
  return `docker: 'docker ${called}' requires ${requires}${usage}${invitation} 'docker ${called} --help' for more information\n`;
}

/** The client words each kind of count in its own way, a slip of the pen included. */
function countWords(least: number, most: number): { requires: string; invitation: string } {
  if (least === most) return { requires: amount(least), invitation: 'Run' };
  if (most === Infinity) return { requires: `at least ${amount(least)}`, invitation: 'See' };
  if (least === 0) return { requires: `at most ${amount(most)}`, invitation: 'SRun' };
  return { requires: `at least ${least} and at most ${amount(most)}`, invitation: 'Run' };
}

function buildxCountProblem(command: Command): string {
  const { least, most } = command.arguments;
  const name = `docker ${buildxName(command)}`;
  const requires =
    most === 0 ? 'accepts no arguments' : `requires ${least === most ? 'exactly' : 'at most'} ${amount(most)}`;
  return `ERROR: "${name}" ${requires}.\nSee '${name} --help'.\n\n${usageLine(command, buildxName(command))}\n\n${command.summary}\n`;
}

function buildxName(command: Command): string {
  return command.path.join(' ');
}

function amount(count: number): string {
  return `${count} argument${count === 1 ? '' : 's'}`;
}

/** The flags with their texts, wrapped as pflag wraps them. */
export function flagTable(flags: readonly FlagSpec[], columns = COLUMNS): string {
  const sorted = [...flags].sort((a, b) => (a.name < b.name ? -1 : 1));
  const heads = sorted.map((flag) => {
    const value = flag.valueName ?? FLAG_KINDS[flag.kind];
    const short = flag.short === undefined ? '      ' : `  -${flag.short}, `;
    return `${short}--${flag.name}${value === '' ? '' : ` ${value}`}`;
  });
  const width = Math.max(...heads.map((head) => head.length)) + 3;
  return sorted
    .map((flag, row) => {
      const text = flag.help + (flag.default === undefined ? '' : ` (default ${flag.default})`);
      return (heads[row] ?? '').padEnd(width) + wrapText(text, width, columns - 1);
    })
    .join('\n');
}

/** Narrower than this, pflag does not wrap beside the flags but below them. */
const LEAST_WIDTH = 24;
const MARGIN_BELOW = 16;
/** The last line may be this much longer, rather than leave a short word alone. */
const SLACK = 5;

/** Wraps at blanks within `columns`; all lines but the first are indented. */
function wrapText(text: string, indent: number, columns: number): string {
  const beside = columns - indent >= LEAST_WIDTH;
  const margin = `\n${' '.repeat(beside ? indent : MARGIN_BELOW)}`;
  const width = columns - (beside ? indent : MARGIN_BELOW) - SLACK;
  const lines: string[] = [];
  let rest = text;
  while (rest !== '') {
    const end = lineEnd(rest, width);
    lines.push(rest.slice(0, end).replaceAll('\n', margin));
    rest = rest.slice(end + 1);
  }
  return (beside ? '' : margin) + lines.join(margin);
}

function lineEnd(text: string, width: number): number {
  if (width + SLACK > text.length) return text.length;
  const head = text.slice(0, width);
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (blank <= 0) return text.length;
  const newline = head.lastIndexOf('\n');
  return newline > 0 ? newline : blank;
}
