import type { QuickFix } from '../../base/source.ts';
import type { Instruction } from '../directive.ts';
import { run } from '../directives/run.ts';
import { placeOf, replacing } from './places.ts';
import type { LintedFile, LintRule } from './rule.ts';
import { programOf, runs, shellCommands } from './shell-commands.ts';

interface Manager {
  readonly program: string;
  readonly installs: readonly string[];
  /** Where it keeps what it fetched. */
  readonly cache: string;
  /** An option of the install that keeps nothing. */
  readonly option?: string;
  /** What a command that removes it looks like. */
  readonly cleaned: (text: string) => boolean;
  readonly advice: string;
}

const MANAGERS: readonly Manager[] = [
  ...['apt-get', 'apt'].map((program) => ({
    program,
    installs: ['install'],
    cache: '/var/lib/apt/lists',
    cleaned: (text: string) => text.includes('/var/lib/apt'),
    advice: 'end the RUN with "&& rm -rf /var/lib/apt/lists/*"',
  })),
  {
    program: 'apk',
    installs: ['add'],
    cache: '/var/cache/apk',
    option: '--no-cache',
    cleaned: (text) => text.includes('/var/cache/apk'),
    advice: 'use "apk add --no-cache"',
  },
  ...['pip', 'pip3'].map((program) => ({
    program,
    installs: ['install'],
    cache: '/root/.cache/pip',
    option: '--no-cache-dir',
    cleaned: (text: string) => /cache purge|\.cache/.test(text),
    advice: 'use "pip install --no-cache-dir"',
  })),
  ...['yum', 'dnf', 'microdnf'].map((program) => ({
    program,
    installs: ['install'],
    cache: `/var/cache/${program}`,
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
    for (const { instructions, end } of file.stages) {
      const isPipCached = !end.variables.has('PIP_NO_CACHE_DIR');
      for (const instruction of instructions) {
        for (const { manager, subcommand } of keepingInstalls(instruction)) {
          if (!isPipCached && manager.program.startsWith('pip')) continue;
          const fix = withOption(file, instruction, manager, subcommand);
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
    if (manager.option === undefined || !command.words.includes(manager.option)) found.set(manager, subcommand);
  }
  if (found.size === 0 || !run.made(instruction)) return [];
  const { mounts } = instruction.data;
  const text = commands.map(({ words }) => words.join(' ')).join('\n');
  return [...found]
    .filter(([manager]) => !manager.cleaned(text) && !mounts.some(({ fields }) => isCacheMount(fields, manager)))
    .map(([manager, subcommand]) => ({ manager, subcommand }));
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
