import type { QuickFix } from '../../base/source.ts';
import type { Instruction } from '../directive.ts';
import { run } from '../directives/run.ts';
import { placeAt, placeOf, replacing } from './places.ts';
import type { LintedFile, LintRule } from './rule.ts';
import { programOf, runs, shellCommands, type ShellCommand } from './shell-commands.ts';
import { shippedStages } from './shipped.ts';

interface Manager {
  readonly program: string;
  readonly installs: readonly string[];
  /** What fetches what is kept, where the installation itself does not. */
  readonly fetches?: string;
  /** Where it keeps what it fetched. */
  readonly cache: string;
  /** An option of the install that keeps nothing. */
  readonly option?: string;
  /** Other options with which it keeps nothing. */
  readonly without?: readonly string[];
  /** A command that ends a RUN and removes it. */
  readonly removal?: string;
  /** What a command that removes it looks like. */
  readonly cleaned: (text: string) => boolean;
  readonly advice: string;
}

const MANAGERS: readonly Manager[] = [
  ...['apt-get', 'apt'].map((program) => ({
    program,
    installs: ['install'],
    fetches: 'update',
    cache: '/var/lib/apt/lists',
    removal: 'rm -rf /var/lib/apt/lists/*',
    cleaned: (text: string) => /\/var\/lib\/apt|\bdist-?clean\b/.test(text),
    advice: 'end the RUN with "&& rm -rf /var/lib/apt/lists/*"',
  })),
  {
    program: 'apk',
    installs: ['add'],
    cache: '/var/cache/apk',
    option: '--no-cache',
    without: ['--no-network'],
    cleaned: (text) => text.includes('/var/cache/apk'),
    advice: 'use "apk add --no-cache"',
  },
  ...['pip', 'pip3'].map((program) => ({
    program,
    installs: ['install'],
    cache: '/root/.cache/pip',
    option: '--no-cache-dir',
    without: ['--no-cache'],
    cleaned: (text: string) => /cache purge|\.cache/.test(text),
    advice: 'use "pip install --no-cache-dir"',
  })),
  ...['yum', 'dnf', 'microdnf'].map((program) => ({
    program,
    installs: ['install'],
    cache: `/var/cache/${program}`,
    removal: `${program} clean all`,
    cleaned: (text: string) => /clean all|\/var\/cache/.test(text),
    advice: `end the RUN with "&& ${program} clean all"`,
  })),
];

export const packageCacheInLayer: LintRule = {
  name: 'PackageCacheInLayer',
  origin: 'strata',
  severity: 'warning',
  description: 'What a package manager fetched should not stay in the layer',
  why: 'Lists and archives that only the installation needed are sent to everyone who pulls the image. They must go in the same RUN: a later one hides them, and the layer keeps them. Or keep them outside of layers with `RUN --mount=type=cache,target=...`.',
  *check(file) {
    for (const { instructions, end } of shippedStages(file)) {
      const isPipCached = !end.variables.has('PIP_NO_CACHE_DIR');
      for (const instruction of instructions) {
        for (const { manager, subcommand } of keepingInstalls(instruction)) {
          if (!isPipCached && manager.program.startsWith('pip')) continue;
          const fix = withOption(file, instruction, manager, subcommand) ?? withRemoval(file, instruction, manager);
          yield {
            node: instruction.node,
            message: `"${manager.program} ${subcommand}" leaves ${manager.cache} in the layer: ${manager.advice}`,
            ...(fix === undefined ? {} : { fix }),
          };
        }
      }
    }
  },
};

const BY_PROGRAM: ReadonlyMap<string, Manager> = new Map(MANAGERS.map((manager) => [manager.program, manager]));

interface Install {
  readonly manager: Manager;
  readonly subcommand: string;
}

/** What installs, one of a kind, and keeps what it fetched where nothing removes it. */
function keepingInstalls(instruction: Instruction): readonly Install[] {
  const commands = shellCommands(instruction);
  const found = new Map<Manager, string>();
  for (const command of commands) {
    const manager = BY_PROGRAM.get(programOf(command));
    const subcommand = manager?.installs.find((install) => runs(command, manager.program, install));
    if (manager === undefined || subcommand === undefined || found.has(manager)) continue;
    if (keeps(manager, command, commands)) found.set(manager, subcommand);
  }
  if (found.size === 0 || !run.made(instruction)) return [];
  const { mounts } = instruction.data;
  const text = commands.map(({ words }) => words.join(' ')).join('\n');
  return [...found]
    .filter(([manager]) => !manager.cleaned(text) && !mounts.some(({ fields }) => isCacheMount(fields, manager)))
    .map(([manager, subcommand]) => ({ manager, subcommand }));
}

/** Lists of packages that another RUN fetched are in that one's layer. */
function keeps(
  { program, option, without = [], fetches }: Manager,
  { words }: ShellCommand,
  all: readonly ShellCommand[],
): boolean {
  if (fetches !== undefined && !all.some((command) => runs(command, program, fetches))) return false;
  return !words.some((word) => word === option || without.includes(word));
}

function isCacheMount(fields: readonly string[], { cache }: Manager): boolean {
  if (!fields.includes('type=cache')) return false;
  const target = fields
    .map((field) => /^(?:target|dst|destination)=(.*)$/.exec(field)?.[1])
    .find((found) => found !== undefined);
  if (target === undefined) return false;
  const path = target.replace(/\/$/, '');
  return cache.startsWith(path) || path.startsWith(cache);
}

function withOption(file: LintedFile, { node }: Instruction, manager: Manager, install: string): QuickFix | undefined {
  const { option, program } = manager;
  if (option === undefined) return undefined;
  const written = `${program} ${install}`;
  const place = placeOf(file, node, written, (before, after) => /[\s;&(]/.test(before) && /[\s\\]/.test(after));
  return place === undefined ? undefined : replacing(`Add ${option}`, place, `${written} ${option}`);
}

/** Puts the removal behind the last command: a list of plain commands that a failure ends. */
function withRemoval(file: LintedFile, instruction: Instruction, { removal }: Manager): QuickFix | undefined {
  const { node, range } = instruction;
  const commands = shellCommands(instruction);
  const last = (file.lines[range.endLine - 1] ?? '').trimEnd();
  const isList = commands.every(({ joint }) => joint === '' || joint === '&&' || joint === ';');
  if (removal === undefined || !isList || node.heredocs.length > 0) return undefined;
  if (/[#(){}]/.test(node.args[0] ?? '') || /(?:[;&|\\`]|\b(?:fi|done|esac))$/.test(last)) return undefined;
  const indent = /^\s*/.exec(last)?.[0] ?? '';
  const apart = range.endLine === range.startLine ? ' ' : ` ${file.ast.escape}\n${indent === '' ? '    ' : indent}`;
  return replacing('Remove it in this RUN', placeAt(range.endLine, last.length + 1, 0), `${apart}&& ${removal}`);
}
