/** The `docker` program: finds the command, parses its words, runs it, and tells what went wrong as Docker does. */
import { isEngineError } from '../base/errors.ts';
import { warnOfBrokenConfig } from './client-config.ts';
import { CliError, type Command } from './command.ts';
import { printLine, type CliContext } from './context.ts';
import { FlagError, parseFlags, type Flags } from './flags.ts';
import { CLIENT_COMMIT, CLIENT_VERSION, GLOBAL_OPTIONS } from './global-options.ts';
import { GROUPS, type CommandGroup } from './groups.ts';
import { commandHelp, countProblem, flagProblem, groupHelp, rootHelp, type CommandRow } from './usage.ts';

/** Status of wrong flags, and of a container that could not be made. */
const USAGE_STATUS = 125;
const MORE = "Run 'docker --help' for more information\n";

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

/** A command as it was called, with the words behind its name. */
interface Call {
  readonly command: Command;
  readonly called: string;
  readonly words: readonly string[];
}

/** Runs `docker WORDS…` with the given commands; gives the exit status. */
export async function runDocker(
  commands: readonly Command[],
  context: CliContext,
  allWords: readonly string[],
): Promise<number> {
  const globals = parseGlobals(allWords);
  if (typeof globals === 'string') {
    return complain(context, `${globals}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\n${MORE}`, USAGE_STATUS);
  }
  const [first, ...rest] = globals.words;
  if (globals.flags.bool('version')) {
    await printLine(context, `Docker version ${CLIENT_VERSION}, build ${CLIENT_COMMIT}`);
    return 0;
  }
  const level = globals.flags.text('log-level') ?? 'info';
  if (!LOG_LEVELS.includes(level)) return complain(context, `Unable to parse logging level: ${level}\n`, 1);
  if (first === undefined || first === '--help' || first === '-h') return print(context, rootHelp(commands));
  if (first === 'help') return printTopic(commands, context, rest);
  const configured = withConfig(context, globals.flags);
  const call = findCommand(commands, globals.words);
  if (call !== undefined) {
    await warnOfBrokenConfig(configured);
    return runCommand(configured, call);
  }
  return runGroup(commands, context, first, rest);
}

/** The global options, and the words behind them. A text where they cannot be parsed. */
function parseGlobals(words: readonly string[]): { flags: Flags; words: readonly string[] } | string {
  const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';
  try {
    const end = words.findIndex(isHelp);
    const flagsOnly = end !== -1 && words.slice(0, end).every((word) => word.startsWith('-'));
    if (flagsOnly) return { flags: parseFlags(GLOBAL_OPTIONS, words.slice(0, end), true).flags, words: ['--help'] };
    const { flags, operands } = parseFlags(GLOBAL_OPTIONS, words, true);
    return { flags, words: operands };
  } catch (error) {
    if (error instanceof FlagError) return error.message;
    throw error;
  }
}

function withConfig(context: CliContext, flags: Flags): CliContext {
  const directory = flags.text('config');
  return directory === undefined ? context : { ...context, configDirectory: directory };
}

/** `docker image`, `docker image nosuch`, `docker nosuch`. */
async function runGroup(
  commands: readonly Command[],
  context: CliContext,
  first: string,
  rest: readonly string[],
): Promise<number> {
  const group = GROUPS.find(({ name }) => name === first);
  if (group === undefined) return complain(context, `docker: unknown command: docker ${first}\n\n${MORE}`, 1);
  const [second] = rest;
  if (second === undefined || second === '--help' || second === '-h') return printGroup(commands, context, group);
  if (group.buildx === true && !second.startsWith('-')) return printGroup(commands, context, group);
  const called = group.namesCommand === true ? `${first} COMMAND` : first;
  const usage = `\n\nUsage:  docker ${called}\n\nRun 'docker ${first} --help' for more information\n`;
  if (second.startsWith('--')) return complain(context, `unknown flag: ${second}${usage}`, USAGE_STATUS);
  if (second.startsWith('-')) {
    return complain(context, `unknown shorthand flag: '${second.charAt(1)}' in ${second}${usage}`, USAGE_STATUS);
  }
  return complain(context, `docker: unknown command: docker ${first} ${second}${usage}`, 1);
}

/** `docker help`, `docker help image ls`. */
async function printTopic(
  commands: readonly Command[],
  context: CliContext,
  words: readonly string[],
): Promise<number> {
  const [first] = words;
  if (first === undefined) return print(context, rootHelp(commands));
  const call = findCommand(commands, words);
  if (call !== undefined) return print(context, commandHelp(call.command, call.called, context.terminal?.columns));
  const group = GROUPS.find(({ name }) => name === first);
  if (group !== undefined && words.length === 1) return printGroup(commands, context, group);
  return complain(context, `unknown help topic: ${words.at(-1) ?? ''}\n`, 1);
}

/** The command whose spelling the words begin with; the longest spelling wins. */
function findCommand(commands: readonly Command[], words: readonly string[]): Call | undefined {
  let best: Call | undefined;
  let length = 0;
  for (const command of commands) {
    for (const spelling of [command.path, ...(command.aliases ?? []), ...(command.otherSpellings ?? [])]) {
      if (spelling.length <= length || !spelling.every((word, at) => words[at] === word)) continue;
      best = { command, called: spelling.join(' '), words: words.slice(spelling.length) };
      ({ length } = spelling);
    }
  }
  return best;
}

async function runCommand(context: CliContext, { command, called, words }: Call): Promise<number> {
  try {
    const end = command.flagsFirst === true ? words.findIndex((word) => !word.startsWith('-')) : words.indexOf('--');
    if (words.slice(0, end === -1 ? undefined : end).includes('--help')) {
      return await print(context, commandHelp(command, called, context.terminal?.columns));
    }
    if (
      words.slice(0, end === -1 ? undefined : end).includes('-h') &&
      command.flags.every(({ short }) => short !== 'h')
    ) {
      await context.shell.err.write(
        `Flag shorthand -h has been deprecated, ${command.buildx === true ? 'please ' : ''}use --help\n`,
      );
      return await print(context, commandHelp(command, called, context.terminal?.columns));
    }
    const { flags, operands } = parseFlags(command.flags, words, command.flagsFirst ?? false);
    const problem = countProblem(command, called, operands.length);
    if (problem !== undefined) return await complain(context, problem, 1);
    return await command.run(context, { called, flags, operands });
  } catch (error) {
    if (error instanceof FlagError) return complain(context, flagProblem(command, called, error.message), USAGE_STATUS);
    if (error instanceof CliError) return complain(context, `${error.message}\n`, error.status);
    if (!isEngineError(error) || error.code === 'cancelled' || error.code === 'internal') throw error;
    return complain(context, `Error response from daemon: ${error.message}\n`, 1);
  }
}

function printGroup(commands: readonly Command[], context: CliContext, group: CommandGroup): Promise<number> {
  const members = membersOf(group, commands).filter(({ name }) => group.shown?.includes(name) !== false);
  return print(context, groupHelp(group, members));
}

/** The commands of a noun, with what only another spelling puts there (`image build`). */
function membersOf({ name: noun, buildx }: CommandGroup, commands: readonly Command[]): CommandRow[] {
  // whatever it is called by, buildx tells of itself
  const name = buildx === true ? 'buildx' : noun;
  const rows = commands.flatMap((command) => {
    const spelling = [command.path, ...(command.otherSpellings ?? [])].find(
      (words) => words.length === 2 && words[0] === name,
    );
    const own = spelling?.[1];
    if (own === undefined) return [];
    return [
      { name: own, summary: spelling === command.path ? command.summary : (command.otherSummary ?? command.summary) },
    ];
  });
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function print(context: CliContext, text: string): Promise<number> {
  await context.shell.out.write(text);
  return 0;
}

async function complain(context: CliContext, text: string, status: number): Promise<number> {
  await context.shell.out.flush();
  await context.shell.err.write(text);
  return status;
}
