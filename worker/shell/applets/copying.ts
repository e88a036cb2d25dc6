/** Copying files and trees, for `cp`, `mv` across mounts and `install`. Bodies are shared, so size does not matter. */
import { errnoOf } from '../kernel/errno.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { AppletContext } from './context.ts';
import { UsageError, type Options } from './options.ts';

/** How to copy. */
export interface CopyOptions {
  readonly recursive: boolean;
  /** Keep mode, owner and time. */
  readonly preserve: boolean;
  /** Follow links: all of them, those named on the command line, or none. */
  readonly follow: 'all' | 'operands' | 'none';
  /** Remove a destination that cannot be opened, and try again. */
  readonly force: boolean;
  readonly noClobber: boolean;
  /** Skip what is not newer than its destination. */
  readonly update: boolean;
  /** Make links instead of copies. */
  readonly link: 'hard' | 'symbolic' | undefined;
  readonly verbose: boolean;
  /** The name that a file gets before it is replaced. */
  readonly backup?: (path: string) => string | undefined;
}

/** Copies of one command: hard links among the files copied stay hard links when attributes are kept. */
export class Copier {
  readonly #context: AppletContext;
  readonly #options: CopyOptions;
  /** Where a file with several names went first. */
  readonly #firstCopies = new Map<string, string>();
  /** Directories made by this command: a copy into itself must not go on forever. */
  readonly #made = new Set<string>();
  /** The operand that is being copied, and where to. */
  #root: readonly [source: string, target: string] = ['', ''];

  constructor(context: AppletContext, options: CopyOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Copies `source` to the path `target`; false, with a message, when it could not all be done. */
  async copy(source: string, target: string, operand = true): Promise<boolean> {
    if (operand) this.#root = [source, target];
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    const { follow } = this.#options;
    let from: FileStatus;
    try {
      from = this.#context.files.stat(source, follow === 'all' || (follow === 'operands' && operand));
    } catch (error) {
      await this.#context.report(this.#cannot(`stat '${source}'`), error);
      return false;
    }
    const backup = this.#options.backup?.(target);
    if (backup !== undefined) this.#context.files.rename(target, backup);
    let to: FileStatus | undefined;
    try {
      to =
        this.#context.files.resolve(target, false).inode === undefined ? undefined : this.#context.files.lstat(target);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') {
        await this.#context.report(this.#context.word(`can't stat '${target}'`, `failed to access '${target}'`), error);
        return false;
      }
    }
    if (from.inode.kind === 'directory') return this.#copyDirectory(source, from, target);
    if (to !== undefined) {
      const known = this.#context.files.find(target) ?? to;
      if (known.device === from.device && known.ino === from.ino) {
        await this.#context.complain(`'${source}' and '${target}' are the same file`);
        return false;
      }
      if (this.#options.noClobber || (this.#options.update && known.inode.mtimeMs >= from.inode.mtimeMs)) return true;
      const dangling = to.inode.kind === 'symlink' && known === to;
      if (dangling && from.inode.kind === 'file' && this.#context.flavour === 'gnu' && !this.#options.force) {
        await this.#context.complain(`not writing through dangling symlink '${target}'`);
        return false;
      }
      if (known.inode.kind === 'directory') {
        await this.#context.complain(
          this.#context.word(
            'cannot overwrite directory with non-directory',
            `cannot overwrite directory '${target}' with non-directory`,
          ),
        );
        return false;
      }
    }
    return this.#copyFile(source, from, target, to);
  }

  #cannot(what: string): string {
    return this.#context.word(`can't ${what}`, `cannot ${what}`);
  }

  async #copyDirectory(source: string, from: FileStatus, target: string): Promise<boolean> {
    const { files } = this.#context;
    if (!this.#options.recursive) {
      await this.#context.complain(
        this.#context.word(`omitting directory '${source}'`, `-r not specified; omitting directory '${source}'`),
      );
      return false;
    }
    if (this.#made.has(from.path)) {
      await this.#context.complain(
        this.#context.word(
          `recursion detected, omitting directory '${source}'`,
          `cannot copy a directory, '${this.#root[0]}', into itself, '${this.#root[1]}'`,
        ),
      );
      return false;
    }
    const to = files.find(target);
    if (to === undefined) {
      try {
        files.makeDirectory(target, from.inode.mode | 0o700);
      } catch (error) {
        await this.#context.report(this.#cannot(`create directory '${target}'`), error);
        return false;
      }
    } else if (to.inode.kind !== 'directory') {
      await this.#context.complain(
        this.#context.word(
          `target '${target}' is not a directory`,
          `cannot overwrite non-directory '${target}' with directory '${source}'`,
        ),
      );
      return false;
    }
    this.#made.add(files.stat(target).path);
    if (to === undefined && this.#options.verbose && this.#context.flavour === 'gnu') await this.#tell(source, target);
    let complete = true;
    for (const { name } of files.list(source)) {
      if (!(await this.copy(`${withoutSlash(source)}/${name}`, `${withoutSlash(target)}/${name}`, false)))
        complete = false;
    }
    if (to === undefined && !this.#options.preserve)
      files.changeMode(target, from.inode.mode & ~this.#context.process.umask & 0o1777);
    if (this.#options.preserve) this.#keepAttributes(target, from);
    return complete;
  }

  async #copyFile(source: string, from: FileStatus, target: string, to: FileStatus | undefined): Promise<boolean> {
    const { files } = this.#context;
    try {
      await this.#make(source, from, target, to);
    } catch (error) {
      await this.#context.report(
        errnoOf(error) === 'EACCES' && !files.mayAccess(source, 4)
          ? this.#context.word(`can't open '${source}'`, `cannot open '${source}' for reading`)
          : this.#context.word(`can't create '${target}'`, `cannot create ${kindText(from)}'${target}'`),
        error,
      );
      return false;
    }
    if (this.#options.preserve && this.#options.link === undefined) this.#keepAttributes(target, from);
    if (this.#options.verbose) await this.#tell(source, target);
    return true;
  }

  async #make(source: string, from: FileStatus, target: string, to: FileStatus | undefined): Promise<void> {
    const { files } = this.#context;
    const { inode } = from;
    const replaced =
      to !== undefined &&
      (this.#options.link !== undefined ||
        inode.kind !== 'file' ||
        (to.inode.kind === 'symlink' && this.#options.follow === 'none'));
    if (replaced) files.unlink(target);
    if (this.#options.link === 'symbolic') files.makeSymlink(source, target);
    else if (this.#options.link === 'hard') files.makeLink(source, target);
    else await this.#makeCopy(source, from, target);
  }

  async #makeCopy(source: string, from: FileStatus, target: string): Promise<void> {
    const { files } = this.#context;
    const { inode } = from;
    switch (inode.kind) {
      case 'symlink':
        files.makeSymlink(inode.target, target);
        break;
      case 'fifo':
      case 'socket':
        files.makeNode(target, inode.kind, inode.mode & 0o777);
        break;
      case 'character':
      case 'block':
        if (this.#options.recursive) files.makeNode(target, inode.kind, inode.mode & 0o777, inode.device);
        else await this.#copyStream(source, target);
        break;
      case 'file':
        this.#copyBody(source, from, target);
        break;
      case 'directory':
        break;
    }
  }

  /** Names of one hard-linked file stay names of one file where attributes are kept. */
  #copyBody(source: string, from: FileStatus, target: string): void {
    const key = `${from.device}:${from.ino}`;
    const first = this.#firstCopies.get(key);
    if (first !== undefined) {
      this.#context.files.makeLink(first, target);
      return;
    }
    this.#writeFile(source, target, from.inode.mode);
    if (this.#options.preserve && from.links() > 1) this.#firstCopies.set(key, target);
  }

  #writeFile(source: string, target: string, mode: number): void {
    const { files } = this.#context;
    const body = files.body(source);
    try {
      files.writeBody(target, body, mode & 0o777);
    } catch (error) {
      if (!this.#options.force || files.find(target, false) === undefined) throw error;
      files.unlink(target);
      files.writeBody(target, body, mode & 0o777);
    }
  }

  async #tell(source: string, target: string): Promise<void> {
    await this.#context.out.write(`'${source}' -> '${target}'\n`);
  }

  /** A device is read to its end. */
  async #copyStream(source: string, target: string): Promise<void> {
    const input = await this.#context.open(source);
    const output = await this.#context.create(target);
    for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk())
      await output.write(bytes.slice());
    await output.close();
    input.close();
  }

  #keepAttributes(target: string, from: FileStatus): void {
    const { files, process } = this.#context;
    const { inode } = from;
    const link = inode.kind === 'symlink';
    try {
      files.changeOwner(target, inode.uid, inode.gid, false);
    } catch (error) {
      // Only root may give files away; others keep what they can.
      if (errnoOf(error) !== 'EPERM' || process.credentials.uid === 0) throw error;
    }
    if (!link) files.changeMode(target, inode.mode);
    files.changeTime(target, inode.mtimeMs, false);
  }
}

/** What GNU's cp says it cannot create. */
function kindText({ inode }: FileStatus): string {
  return inode.kind === 'file' ? 'regular file ' : inode.kind === 'symlink' ? 'symbolic link ' : 'special file ';
}

export function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

/** What `-b`, `-S` and `--backup` say of a file that would be replaced: how its name is made, or undefined for none. */
export function backupName(context: AppletContext, options: Options, path: string): string | undefined {
  const control = options.value('backup');
  if (control === undefined && !options.has('b') && !options.has('backup') && !options.has('S')) return undefined;
  if (control === 'none' || control === 'off') return undefined;
  if (context.files.find(path, false) === undefined) return undefined;
  const numbers = numberedBackups(context, path);
  if (control === 'numbered' || control === 't' || (control !== 'simple' && control !== 'never' && numbers > 0))
    return `${path}.~${numbers + 1}~`;
  return path + (options.value('S') ?? '~');
}

/** The highest number of the backups that are there. */
function numberedBackups({ files }: AppletContext, path: string): number {
  let number = 0;
  while (files.find(`${path}.~${number + 1}~`, false) !== undefined) number++;
  return number;
}

/** What `cp`, `mv` and `install` miss; busybox prints its usage alone. */
export function missingOperand([only]: readonly string[]): UsageError {
  return new UsageError(
    '',
    undefined,
    only === undefined ? 'missing file operand' : `missing destination file operand after '${only}'`,
  );
}

/** Several files go into a directory: what GNU's programs say where the last operand is none. Gives the exit status. */
export async function complainOfTarget(context: AppletContext, target: string, byOption: boolean): Promise<number> {
  const text = context.files.find(target) === undefined ? 'No such file or directory' : 'Not a directory';
  return context.complain(`target ${byOption ? 'directory ' : ''}'${target}': ${text}`);
}

/** The last segment of a path as written. */
export function lastSegment(path: string): string {
  const trimmed = withoutSlash(path);
  return trimmed.slice(trimmed.lastIndexOf('/') + 1) || '/';
}
