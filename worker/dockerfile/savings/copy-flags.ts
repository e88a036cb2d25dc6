/** An owner or a mode given while copying costs nothing; given afterwards it costs a second copy of every file. */
import { resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { QuickFix, TextEdit } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import { add } from '../directives/add.ts';
import { copy } from '../directives/copy.ts';
import type { Instruction } from '../directive.ts';
import { keywordPlace } from '../lint/places.ts';
import { shellTextOf } from '../lint/shell-commands.ts';
import { writtenRun, type WrittenCommand } from './run-commands.ts';
import { between, directoryAt, isWorkingDirectory, type StagePlace } from './stage-steps.ts';
import { instructionEdit, runText } from './written.ts';

/** What the files have become. */
export interface NewMetadata {
  /** `uid:gid`. */
  readonly owner?: string;
  readonly mode?: number;
  readonly paths: readonly string[];
}

/** `--chown` or `--chmod` on the COPYs that brought the files, and the command that changed them gone. */
export function flagCopies(
  analysis: Analysis,
  makers: readonly StagePlace[],
  cause: StagePlace,
  now: NewMetadata,
): QuickFix | undefined {
  const run = writtenRun(cause.instruction, analysis);
  if (run === undefined || makers.length === 0 || !makers.every(({ instruction }) => copies(instruction)))
    return undefined;
  const found = run.commands.flatMap((command) => changeOf(command, cause, makers, now) ?? []);
  const [change] = found;
  if (change === undefined || found.length > 1) return undefined;
  if (makers.some(({ instruction }) => instruction.node.flags.some((flag) => flag.startsWith(`--${change.flag}`)))) {
    return undefined;
  }
  const rest = run.commands.flatMap((command) =>
    command === change.command ? (change.instead ?? []) : [command.text],
  );
  return {
    title: `Say --${change.flag}=${change.value} when copying`,
    edits: [
      ...makers.map(({ instruction }) => flagEdit(analysis, instruction, `--${change.flag}=${change.value}`)),
      instructionEdit(analysis, cause.instruction, rest.length === 0 ? undefined : runText(run, rest, analysis)),
    ],
  };
}

const copies = (instruction: Instruction): boolean => copy.made(instruction) || add.made(instruction);

function flagEdit(analysis: Analysis, { node }: Instruction, flag: string): TextEdit {
  const { endLine, endColumn } = keywordPlace(analysis, node);
  return { range: { startLine: endLine, endLine, startColumn: endColumn, endColumn }, text: ` ${flag}` };
}

interface Change {
  readonly command: WrittenCommand;
  readonly flag: 'chown' | 'chmod';
  readonly value: string;
  /** What stays of the command: a directory that WORKDIR made is not the copy's to give away. */
  readonly instead?: readonly string[];
}

function changeOf(
  command: WrittenCommand,
  cause: StagePlace,
  makers: readonly StagePlace[],
  now: NewMetadata,
): Change | undefined {
  const [program, ...rest] = command.words;
  if (program !== 'chown' && program !== 'chmod') return undefined;
  const [value, ...targets] = rest.filter((word) => !word.startsWith('-'));
  if (value === undefined || targets.length === 0 || targets.some((target) => /[$*?[`]/.test(target))) return undefined;
  const directory = directoryAt(cause);
  const paths = targets.map((target) => resolvePath(target, directory));
  if (!makers.every((maker) => covers(paths, maker, now.paths))) return undefined;
  const said = program === 'chown' ? ownerFor(value, makers, cause, now) : modeFor(value, makers, now);
  if (said === undefined) return undefined;
  const made = paths.filter((path) => isWorkingDirectory(cause, path));
  return {
    command,
    flag: program,
    value: said,
    ...(made.length === 0 ? {} : { instead: [`${program} ${value} ${made.join(' ')}`] }),
  };
}

/** True where the command changed all that the copy brought: its destination or above, or the very files. */
function covers(changed: readonly AbsolutePath[], maker: StagePlace, wasted: readonly string[]): boolean {
  const { instruction } = maker;
  if (!copy.made(instruction) && !add.made(instruction)) return false;
  const { destination, paths } = instruction.data.list;
  const target = resolvePath(destination, directoryAt(maker));
  return changed.some(
    (path) => isWithin(target, path) || (paths.length === 1 && wasted.length === 1 && wasted[0] === path),
  );
}

const isWithin = (path: string, directory: string): boolean =>
  path === directory || directory === '/' || path.startsWith(`${directory}/`);

/** As written, or in numbers where the user is only made between the copy and the change. */
function ownerFor(
  written: string,
  makers: readonly StagePlace[],
  cause: StagePlace,
  { owner }: NewMetadata,
): string | undefined {
  if (/^\d+(?::\d+)?$/.test(written)) return written;
  const names = written.split(/[:.]/).filter((name) => name !== '');
  const madeLater = makers.some((maker) =>
    (between(maker, cause) ?? []).concat(cause.instruction).some((each) => {
      const text = shellTextOf(each) ?? '';
      return /\b(?:add(?:user|group)|(?:user|group)add)\b/.test(text) && names.some((name) => text.includes(name));
    }),
  );
  return madeLater || written.endsWith(':') ? owner : written;
}

/** COPY takes octal modes alone, and gives one to all it copies: right for the one file of a copy. */
function modeFor(written: string, makers: readonly StagePlace[], { mode, paths }: NewMetadata): string | undefined {
  if (/^[0-7]{3,4}$/.test(written) && makers.length === 1) return written;
  return mode !== undefined && paths.length === 1 && makers.length === 1
    ? (mode & 0o7777).toString(8).padStart(3, '0')
    : undefined;
}
