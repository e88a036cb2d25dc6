import type { Instruction } from '../directive.ts';
import type { LintRule } from './rule.ts';
import { programOf, runs, shellCommands, type ShellCommand } from './shell-commands.ts';

/** Package managers whose lists are one command's work and whose packages another's. */
const MANAGERS = ['apt-get', 'apt', 'aptitude', 'apk'] as const;
const INSTALLS: Readonly<Record<(typeof MANAGERS)[number], readonly string[]>> = {
  'apt-get': ['install', 'upgrade', 'dist-upgrade', 'build-dep'],
  apt: ['install', 'upgrade', 'full-upgrade'],
  aptitude: ['install', 'upgrade'],
  apk: ['add', 'upgrade'],
};

/** Lists that are gone at the end of the RUN make nothing of a later one stale. */
const LISTS: Readonly<Record<(typeof MANAGERS)[number], string>> = {
  'apt-get': '/var/lib/apt',
  apt: '/var/lib/apt',
  aptitude: '/var/lib/apt',
  apk: '/var/cache/apk',
};
const OTHER_SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'source', '.', 'eval']);

export const updateWithoutInstall: LintRule = {
  name: 'UpdateWithoutInstall',
  origin: 'strata',
  severity: 'warning',
  description: 'Package lists should be updated in the RUN that installs',
  why: 'The update is a layer of its own and stays in the cache for ever: months later a new package is installed from the old lists, and is not found any more. Write `RUN apt-get update && apt-get install -y ...`.',
  *check(file) {
    for (const { instructions } of file.stages) {
      for (const instruction of instructions) {
        for (const manager of updatedAlone(instruction)) {
          yield { node: instruction.node, message: `"${manager} update" in a RUN that installs nothing` };
        }
      }
    }
  },
};

function updatedAlone(instruction: Instruction): readonly string[] {
  const commands = shellCommands(instruction);
  if (commands.some(mayInstall)) return [];
  return MANAGERS.filter(
    (manager) =>
      commands.some((command) => runs(command, manager, 'update')) &&
      !commands.some((command) => INSTALLS[manager].some((install) => runs(command, manager, install))) &&
      !commands.some(({ words }) => words[0] === 'rm' && words.some((word) => word.includes(LISTS[manager]))),
  );
}

/** Another program may install: one that is a file of the project, a shell, or one that is told to. */
function mayInstall(command: ShellCommand): boolean {
  const program = programOf(command);
  if (program.includes('/') || OTHER_SHELLS.has(program)) return true;
  return (
    MANAGERS.every((manager) => manager !== program) && command.words.some((word) => /^(?:install|add)$/.test(word))
  );
}
