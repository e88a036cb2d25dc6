/** The machine's side of `docker cp`: its files as an archive's, and an archive's unpacked among them. */
import { isEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import type { TarFile } from '../../engine/docker/tar-stream.ts';
import type { Files } from '../../shell/kernel/files.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import { systemText } from '../input-files.ts';
import { assertsDirectory, splitPath, type CopyInfo } from './copy-rules.ts';

/** A path of the machine, absolute; what marks it as a directory is kept. */
export function localPath({ shell }: CliContext, path: string): string {
  const absolute = resolvePath(path, shell.process.cwd);
  if (path === '.' || path.endsWith('/.')) return `${absolute === '/' ? '' : absolute}/.`;
  return path.endsWith('/') && absolute !== '/' ? `${absolute}/` : absolute;
}

/** What is copied from the machine. Throws {@link CliError}: `lstat PATH: no such file or directory`. */
export function localSource({ shell }: CliContext, path: string, followLink: boolean): CopyInfo {
  const follows = followLink || assertsDirectory(path);
  const { inode } = attempt('lstat', path, () => shell.files.stat(path, follows));
  const real = follows ? attempt('lstat', path, () => shell.files.realPath(path)) : path;
  const { base } = splitPath(path);
  const renamed = base !== '.' && splitPath(real).base !== base ? { rebaseName: base } : {};
  const kept = base === '.' ? `${real}/.` : real;
  return { path: kept, exists: true, isDirectory: inode.kind === 'directory', ...renamed };
}

/** Throws {@link CliError} where the directory of what is to be written is not there. */
export function assertOutputPath({ shell }: CliContext, path: string): void {
  const { directory } = splitPath(path.replace(/(?:(.)\/+\.?)$/, '$1'));
  const found = shell.files.find(directory);
  if (found === undefined) throw new CliError(`invalid output path: directory "${directory}" does not exist`);
  if (found.inode.kind !== 'directory') throw new CliError(`stat ${path}: not a directory`);
}

/** Where something is copied to on the machine: links are followed, and the directory it lies in must be there. */
export function localTarget({ shell }: CliContext, path: string): CopyInfo {
  const found = shell.files.find(path.replace(/(.)\/+$/, '$1'));
  const isDirectory = found?.inode.kind === 'directory';
  if (found !== undefined && !isDirectory && assertsDirectory(path))
    throw new CliError(`stat ${path}: not a directory`);
  if (found !== undefined) return { path, exists: true, isDirectory };
  const { directory } = splitPath(path);
  const parent = attempt('lstat', directory, () => shell.files.stat(directory));
  if (parent.inode.kind !== 'directory') throw new CliError('not a directory');
  return { path, exists: false, isDirectory: false };
}

/** A file, or a directory with all below it. */
export async function collectLocal(
  { shell, job }: CliContext,
  { path, rebaseName }: CopyInfo,
): Promise<readonly TarFile[]> {
  const files: TarFile[] = [];
  const add = async (at: string, name: string): Promise<void> => {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const { inode } = shell.files.stat(at, false);
    if (inode.kind === 'socket') return;
    files.push({ name, inode });
    if (inode.kind !== 'directory') return;
    for (const entry of shell.files.list(at)) await add(`${at}/${entry.name}`, `${name}/${entry.name}`);
  };
  const { base } = splitPath(path);
  await add(base === '.' ? path.slice(0, -2) || '/' : path, rebaseName ?? base);
  return files;
}

/** Unpacks files into a directory. Throws {@link CliError} where something is in the way. */
export async function writeLocal(
  { shell, job }: CliContext,
  directory: string,
  files: readonly TarFile[],
): Promise<void> {
  const times: [string, number][] = [];
  for (const file of files) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const path = resolvePath(`./${file.name}`, resolvePath(directory));
    attempt('open', path, () => writeFile(shell.files, path, directory, file));
    if (file.inode.kind === 'directory') times.push([path, file.inode.mtimeMs]);
  }
  // what was put into a directory changed its time
  for (const [path, mtimeMs] of times.reverse()) shell.files.changeTime(path, mtimeMs);
}

function writeFile(files: Files, path: string, directory: string, { inode, hardLinkTo }: TarFile): void {
  const there = files.find(path, false)?.inode;
  if (there !== undefined && (there.kind === 'directory') !== (inode.kind === 'directory')) {
    throw new CliError(
      there.kind === 'directory'
        ? `cannot overwrite directory "${path}" with non-directory "${directory}"`
        : `cannot overwrite non-directory "${path}" with directory "${directory}"`,
    );
  }
  if (there !== undefined && there.kind !== 'directory') files.unlink(path);
  const mode = inode.mode & 0o7777;
  if (hardLinkTo !== undefined) files.makeLink(resolvePath(`./${hardLinkTo}`, resolvePath(directory)), path);
  else if (inode.kind === 'directory') {
    if (there === undefined) files.makeDirectory(path);
  } else if (inode.kind === 'symlink') files.makeSymlink(inode.target, path);
  else if (inode.kind === 'file') files.writeBody(path, inode.body);
  else return;
  if (inode.kind === 'symlink') return;
  files.changeMode(path, mode);
  files.changeTime(path, inode.mtimeMs);
}

/** Says what failed as Go does: `lstat /x: no such file or directory`. */
function attempt<T>(call: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw new CliError(`${call} ${path}: ${systemText(error.data['errno'])}`);
  }
}
