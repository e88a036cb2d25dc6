/** Taking files out of an archive: owners, modes, times and links as it says, and nothing outside the directory. */
import { TAR_BLOCK_BYTES, type TarEntry } from '../../../codec/tar-entry.ts';
import { bodyChunks, sliceBody } from '../../../vfs/body.ts';
import type { FileKind } from '../../../vfs/inode.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { errorText, type AppletContext } from '../context.ts';
import { readUsers, type UserDatabase } from '../users.ts';
import { memberBody, type Archive } from './archive.ts';
import type { TarCommand } from './command-line.ts';
import { SafeNames, withoutSlashes } from './names.ts';

export class Extractor {
  readonly #context: AppletContext;
  readonly #command: TarCommand;
  readonly #archive: Archive;
  readonly #users: UserDatabase;
  readonly #names: SafeNames;
  readonly #linkNames: SafeNames;
  readonly #gnu: boolean;
  readonly #later: (() => Promise<boolean>)[] = [];

  private constructor(context: AppletContext, command: TarCommand, archive: Archive, users: UserDatabase) {
    this.#context = context;
    this.#command = command;
    this.#archive = archive;
    this.#users = users;
    this.#names = new SafeNames(context, 'member names');
    this.#linkNames = new SafeNames(context, context.flavour === 'gnu' ? 'hard link targets' : 'member names');
    this.#gnu = context.flavour === 'gnu';
  }

  static async create(context: AppletContext, command: TarCommand, archive: Archive): Promise<Extractor> {
    return new Extractor(context, command, archive, await readUsers(context));
  }

  /** Extracts an entry to `name`, `linkName` being what a hard link repeats. False, with a message, when it failed. */
  async extract(entry: TarEntry, name: string, linkName: string | undefined): Promise<boolean> {
    if (this.#command.options.has('O')) return this.#print(entry);
    const path = withoutSlashes(this.#absolute ? name : await this.#names.safe(name));
    const target = linkName === undefined || this.#absolute ? linkName : await this.#linkNames.safe(linkName);
    try {
      this.#makeParents(path);
      if (entry.type === 'directory') this.#makeDirectory(entry, path);
      else if (!(await this.#makeRoom(path, entry))) return !this.#keptIsFailure;
      else await this.#make(entry, path, target);
      return true;
    } catch (error) {
      return this.#cannot(entry, path, target, error);
    }
  }

  /** What can only be done when all is there: links that lead elsewhere, times of directories. */
  async finish(): Promise<boolean> {
    let complete = true;
    for (const step of this.#later) if (!(await step())) complete = false;
    return complete;
  }

  get #absolute(): boolean {
    return this.#command.options.has('P');
  }

  get #keptIsFailure(): boolean {
    return this.#command.options.has('k');
  }

  async #print(entry: TarEntry): Promise<boolean> {
    if (entry.type !== 'file') return true;
    for await (const bytes of bodyChunks(memberBody(this.#archive, entry)))
      await this.#context.out.write(bytes.slice());
    return true;
  }

  #makeParents(path: string): void {
    const { files } = this.#context;
    const segments = path.split('/');
    for (let count = 1; count < segments.length; count++) {
      const parent = segments.slice(0, count).join('/');
      if (parent !== '' && files.find(parent) === undefined) files.makeDirectory(parent);
    }
  }

  #makeDirectory(entry: TarEntry, path: string): void {
    const { files } = this.#context;
    const link = files.find(path, false)?.inode.kind === 'symlink';
    if (link && this.#gnu && !this.#command.options.has('keeplink') && path !== '.') files.unlink(path);
    const found = files.find(path);
    if (found === undefined) files.makeDirectory(path, 0o700);
    else if (found.inode.kind !== 'directory') {
      files.unlink(path);
      files.makeDirectory(path, 0o700);
    }
    const keep = (): void => this.#keepAttributes(entry, path);
    if (!this.#gnu) return keep();
    // a read-only directory must take its files first, and its time must outlast them
    this.#later.unshift(async () => {
      keep();
      return true;
    });
  }

  /** Removes what is in the way; false when it is to stay. */
  async #makeRoom(path: string, entry: TarEntry): Promise<boolean> {
    const { files } = this.#context;
    const { options } = this.#command;
    const found = files.find(path, false);
    if (found === undefined) return true;
    if (options.has('skip')) return false;
    if (options.has('newer') && found.inode.mtimeMs >= entry.mtimeMs) return false;
    if (options.has('k')) {
      await this.#context.complain(
        this.#gnu ? `${path}: Cannot open: File exists` : `can't open '${path}': File exists`,
      );
      return false;
    }
    if (found.inode.kind === 'directory') files.removeDirectory(path);
    else files.unlink(path);
    return true;
  }

  async #make(entry: TarEntry, path: string, target: string | undefined): Promise<void> {
    const { files } = this.#context;
    switch (entry.type) {
      case 'file':
        if (await this.#writeFile(entry, path)) break;
        return;
      case 'hardlink':
        files.makeLink(target ?? '', path);
        return;
      case 'symlink':
        this.#makeSymlink(entry, path);
        return;
      case 'fifo':
        files.makeNode(path, 'fifo', 0o600);
        break;
      case 'character':
      case 'block':
        files.makeNode(path, entry.type, 0o600, entry.device);
        break;
      case 'directory':
        return;
    }
    this.#keepAttributes(entry, path);
  }

  /** False when the archive ends inside the file: what is there in whole blocks is kept, without the file's attributes. */
  async #writeFile(entry: TarEntry, path: string): Promise<boolean> {
    const body = memberBody(this.#archive, entry);
    const whole = body.sizeBytes === entry.sizeBytes;
    const kept = whole ? body : sliceBody(body, 0, body.sizeBytes - (body.sizeBytes % TAR_BLOCK_BYTES));
    this.#context.files.writeBody(path, kept, 0o600);
    if (!whole && this.#gnu) await this.#context.complain('Unexpected EOF in archive');
    return whole;
  }

  /** A link out of the directory is made when all files are there, so that none is written through it. */
  #makeSymlink(entry: TarEntry, path: string): void {
    const text = entry.linkTarget ?? '';
    const make = (): void => {
      this.#context.files.makeSymlink(text, path);
      this.#keepAttributes(entry, path);
    };
    const leadsOut = text.startsWith('/') || text.split('/').includes('..');
    if (!leadsOut || this.#absolute) return make();
    this.#later.push(async () => {
      try {
        make();
        return true;
      } catch (error) {
        return this.#cannot(entry, path, undefined, error);
      }
    });
  }

  #keepAttributes(entry: TarEntry, path: string): void {
    const { files, process } = this.#context;
    const { options } = this.#command;
    const root = process.credentials.uid === 0;
    if (root && !options.has('o')) files.changeOwner(path, this.#uidOf(entry), this.#gidOf(entry), false);
    if (entry.type === 'symlink') {
      if (!options.has('m')) files.changeTime(path, entry.mtimeMs, false);
      return;
    }
    const masked = options.has('umask') || (this.#gnu && !root && !options.has('p'));
    files.changeMode(path, masked ? entry.mode & 0o1777 & ~process.umask : entry.mode);
    if (!options.has('m')) files.changeTime(path, entry.mtimeMs, false);
  }

  #uidOf({ uname, uid }: TarEntry): number {
    if (this.#command.options.has('numeric') || uname === undefined) return uid;
    return this.#users.users.find((user) => user.name === uname)?.uid ?? uid;
  }

  #gidOf({ gname, gid }: TarEntry): number {
    if (this.#command.options.has('numeric') || gname === undefined) return gid;
    return this.#users.groups.find((group) => group.name === gname)?.gid ?? gid;
  }

  async #cannot(entry: TarEntry, path: string, target: string | undefined, error: unknown): Promise<boolean> {
    if (errnoOf(error) === 'EPIPE') throw error;
    const reason = errorText(error);
    await this.#context.complain(
      this.#gnu
        ? `${path}: ${gnuAction(entry, target)}: ${reason}`
        : busyboxComplaint(entry.type, path, target, reason),
    );
    return false;
  }
}

function gnuAction(entry: TarEntry, target: string | undefined): string {
  switch (entry.type) {
    case 'directory':
      return 'Cannot mkdir';
    case 'hardlink':
      return `Cannot hard link to '${target ?? ''}'`;
    case 'symlink':
      return `Cannot create symlink to '${entry.linkTarget ?? ''}'`;
    case 'file':
      return 'Cannot open';
    default:
      return 'Cannot mknod';
  }
}

function busyboxComplaint(type: TarEntry['type'], path: string, target: string | undefined, reason: string): string {
  const kinds: Partial<Record<FileKind | 'hardlink', string>> = {
    directory: 'make dir',
    hardlink: 'create hardlink',
    symlink: 'create symlink',
  };
  const action = kinds[type];
  if (action === undefined) return `can't open '${path}': ${reason}`;
  if (type === 'directory') return `can't ${action} ${path}: ${reason}`;
  return `can't ${action} '${path}' to '${target ?? ''}': ${reason}`;
}
