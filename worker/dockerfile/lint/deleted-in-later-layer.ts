import { resolvePath } from '../../base/path.ts';
import { add } from '../directives/add.ts';
import { copy } from '../directives/copy.ts';
import { workdir } from '../directives/workdir.ts';
import type { Instruction } from '../directive.ts';
import type { Finding, LintRule } from './rule.ts';
import { runs, shellCommands, type ShellCommand } from './shell-commands.ts';
import { shippedStages } from './shipped.ts';

/** Characters of a path that a kernel takes (PATH_MAX). */
const MAX_PATH = 4096;

/** More files of a stage than this are not followed. */
const MAX_FOLLOWED = 1_000;

export const deletedInLaterLayer: LintRule = {
  name: 'DeletedInLaterLayer',
  origin: 'strata',
  severity: 'warning',
  description: 'A file should be deleted in the layer that added it',
  why: 'A layer is never changed: deleting hides the file behind a whiteout, and everyone who pulls the image still fetches it, and can read it. Delete it in the RUN that makes it, get it with `RUN --mount=type=bind`, or take what is wanted into another stage.',
  *check(file) {
    for (const { instructions } of shippedStages(file)) yield* deletions(instructions);
  },
};

function* deletions(instructions: readonly Instruction[]): Iterable<Finding> {
  const added = new Map<string, Instruction>();
  let directory = '/';
  for (const instruction of instructions) {
    if (workdir.made(instruction) && directory.length < MAX_PATH)
      directory = absolute(instruction.data.path, directory);
    const commands = shellCommands(instruction);
    if (commands.length === 0) {
      for (const path of copiedBy(instruction, directory)) follow(added, path, instruction);
      continue;
    }
    const deleted = commands.flatMap((command) => deletedBy(command, directory));
    const isDeleted = (path: string): boolean =>
      deleted.some((deletion) => path === deletion.path || (deletion.below && path.startsWith(`${deletion.path}/`)));
    const fetched = commands.flatMap((command) => fetchedBy(command, directory));
    for (const [path, by] of deleted.length === 0 ? [] : added) {
      if (!isDeleted(path)) continue;
      added.delete(path);
      // What it fetches anew it deletes in its own layer.
      if (fetched.includes(path)) continue;
      yield {
        node: instruction.node,
        message: `${path} is deleted here, but stays in the layer of line ${by.range.startLine}`,
      };
    }
    for (const path of fetched) if (!isDeleted(path)) follow(added, path, instruction);
  }
}

function follow(added: Map<string, Instruction>, path: string, instruction: Instruction): void {
  if (added.size < MAX_FOLLOWED) added.set(path, instruction);
}

/** Paths that are sure: nothing expanded, no wildcards. */
function sure(path: string): boolean {
  return path !== '' && !/[$*?[`]/.test(path);
}

interface Deletion {
  readonly path: string;
  /** What lies below it goes too. */
  readonly below: boolean;
}

/** Of `rm`: `DIR/*` stands for what lies in a directory. */
function deletedBy({ words: [program, ...words] }: ShellCommand, directory: string): readonly Deletion[] {
  if (program !== 'rm') return [];
  const below = words.some((word) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word));
  return words.flatMap((word) => {
    const path = word.replace(/\/\*$/, '');
    if (word.startsWith('-') || !sure(path)) return [];
    return [{ path: absolute(path, directory), below: below || path !== word }];
  });
}

/** Files a COPY or ADD makes whose whole path it names. */
function copiedBy(instruction: Instruction, directory: string): readonly string[] {
  if (!copy.made(instruction) && !add.made(instruction)) return [];
  const { paths, files, destination } = instruction.data.list;
  if (!sure(destination) || !paths.every(sure)) return [];
  const target = absolute(destination, directory);
  const names = [...paths, ...files.map(({ name }) => name)].map((path) =>
    path.replace(/\/$/, '').replace(/^.*\//, ''),
  );
  const isDirectory = destination.endsWith('/') || names.length > 1 || target === directory;
  return isDirectory ? names.map((name) => absolute(name, target)) : [target];
}

/** The file that curl or wget writes, where an option names it; the lists of apt. */
function fetchedBy(command: ShellCommand, directory: string): readonly string[] {
  const { words } = command;
  if (runs(command, 'apt-get', 'update') || runs(command, 'apt', 'update')) return ['/var/lib/apt/lists/*'];
  const option =
    words[0] === 'curl'
      ? /^-[a-zA-Z]*o$|^--output$/
      : words[0] === 'wget'
        ? /^-[a-zA-Z]*O$|^--output-document$/
        : undefined;
  const at = option === undefined ? -1 : words.findIndex((word) => option.test(word));
  const path = at < 0 ? '' : (words[at + 1] ?? '');
  return sure(path) && path !== '-' ? [absolute(path, directory)] : [];
}

function absolute(path: string, directory: string): string {
  return resolvePath(path, resolvePath(directory));
}
