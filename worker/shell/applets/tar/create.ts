/** Putting files into an archive. */
import type { TarEntryType, TarHeader } from '../../../codec/tar-entry.ts';
import { TarWriter } from '../../../codec/tar-writer.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { FileStatus } from '../../kernel/file-status.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseDate } from '../dates.ts';
import { parseMode } from '../modes.ts';
import { readUsers, type UserDatabase } from '../users.ts';
import type { Operand, TarCommand } from './command-line.ts';
import { EntryPrinter } from './listing.ts';
import { exclusions, nameTransform, readList, SafeNames, withoutSlashes } from './names.ts';

/** What the entries are written with in place of what the files say. */
interface Overrides {
  readonly user: { readonly name: string | undefined; readonly id: number } | undefined;
  readonly group: { readonly name: string | undefined; readonly id: number } | undefined;
  readonly mtimeMs: number | undefined;
  readonly mode: string | undefined;
}

export class Packer {
  readonly #context: AppletContext;
  readonly #command: TarCommand;
  readonly #writer: TarWriter;
  readonly #users: UserDatabase;
  readonly #overrides: Overrides;
  readonly #excluded: (name: string) => boolean;
  readonly #transform: (name: string) => string;
  readonly #names: SafeNames;
  readonly #printer: EntryPrinter;
  /** The first name under which a file with several went in. */
  readonly #firstNames = new Map<string, string>();
  /** Tells the archive itself when it is met. */
  readonly #isArchive: (status: FileStatus) => boolean;
  /** Newest time of each name that is in the archive already (-u). */
  readonly #known: ReadonlyMap<string, number>;
  #failed = false;

  private constructor(
    context: AppletContext,
    command: TarCommand,
    writer: TarWriter,
    users: UserDatabase,
    excluded: (name: string) => boolean,
    known: ReadonlyMap<string, number>,
  ) {
    const { options } = command;
    this.#context = context;
    this.#command = command;
    this.#writer = writer;
    this.#users = users;
    this.#excluded = excluded;
    this.#known = known;
    this.#overrides = overridesOf(context, command, users);
    this.#transform = nameTransform(options.values('transform'));
    this.#names = new SafeNames(context, 'member names');
    this.#printer = new EntryPrinter(context, options.has('numeric'));
    const archive = command.archive === '-' ? undefined : context.files.find(command.archive);
    this.#isArchive = (status) =>
      archive?.inode.kind === 'file' && archive.device === status.device && archive.ino === status.ino;
  }

  static async create(
    context: AppletContext,
    command: TarCommand,
    writer: TarWriter,
    known: ReadonlyMap<string, number> = new Map(),
  ): Promise<Packer> {
    return new Packer(context, command, writer, await readUsers(context), await exclusions(context, command), known);
  }

  /** True once something could not be put in. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Adds what the operands and -T name. `enter` moves to the directories of an operand. */
  async addAll(enter: (operand: Operand) => Promise<boolean>): Promise<boolean> {
    const { options, operands, directories } = this.#command;
    const separator = options.has('null') ? '\0' : '\n';
    const listed: Operand[] = [];
    for (const path of options.values('T'))
      for (const name of await readList(this.#context, path, separator)) listed.push({ name, directories });
    for (const operand of [...operands, ...listed]) {
      if (!(await enter(operand))) return false;
      await this.#add(operand.name, true);
      if (options.has('remove')) await this.#context.spawn(['rm', '-rf', '--', operand.name]);
    }
    return true;
  }

  async #add(path: string, operand: boolean): Promise<void> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    if (this.#excluded(path)) return;
    const { files } = this.#context;
    let status: FileStatus;
    let names: readonly string[] = [];
    try {
      status = files.stat(path, this.#command.options.has('h'));
      if (status.inode.kind === 'directory' && !this.#command.options.has('norecursion'))
        names = files.list(path).map(({ name }) => name);
      if (status.inode.kind === 'file') files.body(path);
    } catch (error) {
      await this.#cannotRead(path, error, operand);
      return;
    }
    if (this.#isArchive(status)) {
      await this.#context.complain(
        this.#context.flavour === 'gnu' ? `${path}: file is the archive; not dumped` : `${path}: file is the archive`,
      );
      return;
    }
    await this.#write(path, status);
    for (const name of names) await this.#add(path.endsWith('/') ? path + name : `${path}/${name}`, false);
  }

  async #cannotRead(path: string, error: unknown, operand: boolean): Promise<void> {
    this.#failed = true;
    const doing = errnoOf(error) === 'EACCES' && this.#context.files.find(path) !== undefined ? 'open' : 'stat';
    await this.#context.complain(
      this.#context.flavour === 'gnu'
        ? `${path}: Cannot ${doing}: ${errorText(error)}`
        : operand && doing === 'stat'
          ? `${path}: ${errorText(error)}`
          : `can't open '${path}': ${errorText(error)}`,
    );
  }

  async #write(path: string, status: FileStatus): Promise<void> {
    const { inode } = status;
    if (inode.kind === 'socket') return;
    const isDirectory = inode.kind === 'directory';
    const shown = isDirectory ? `${withoutSlashes(path)}/` : path;
    const name = this.#transform(this.#command.options.has('P') ? shown : await this.#names.safe(shown));
    const header = this.#headerOf(name, status);
    const known = this.#known.get(withoutSlashes(name));
    if (known !== undefined && known >= header.mtimeMs) return;
    if (inode.kind === 'file' && header.type === 'file') this.#writer.add(header, inode.body);
    else this.#writer.add(header);
    await this.#tell(header, shown, inode.kind === 'file' ? inode.body.sizeBytes : 0);
  }

  async #tell(header: TarHeader, shown: string, sizeBytes: number): Promise<void> {
    const { verbosity, archive } = this.#command;
    if (verbosity === 0) return;
    const { err, out } = this.#context;
    const line = verbosity > 1 ? this.#printer.describe({ ...header, sizeBytes }, shown) : shown;
    await (archive === '-' ? err : out).write(`${line}\n`);
  }

  #headerOf(path: string, status: FileStatus): TarHeader {
    const { inode } = status;
    const { user, group, mtimeMs, mode } = this.#overrides;
    const numeric = this.#command.options.has('numeric');
    const uid = user?.id ?? inode.uid;
    const gid = group?.id ?? inode.gid;
    const uname = user === undefined ? this.#users.userName(uid) : user.name;
    const gname = group === undefined ? this.#users.groupName(gid) : group.name;
    const first = this.#firstNameOf(path, status);
    const type: TarEntryType = first === undefined ? typeOf(inode.kind) : 'hardlink';
    const linkTarget = first ?? (inode.kind === 'symlink' ? inode.target : undefined);
    return {
      path,
      type,
      mode:
        mode === undefined ? inode.mode : (parseMode(mode, inode.mode, inode.kind === 'directory', 0) ?? inode.mode),
      uid,
      gid,
      ...(numeric || uname === undefined ? {} : { uname }),
      ...(numeric || gname === undefined ? {} : { gname }),
      mtimeMs: Math.floor((mtimeMs ?? inode.mtimeMs) / 1000) * 1000,
      ...(linkTarget === undefined ? {} : { linkTarget }),
      ...(inode.kind === 'character' || inode.kind === 'block' ? { device: inode.device } : {}),
    };
  }

  /** The name this file went in under before; undefined for the first, which is remembered. */
  #firstNameOf(path: string, status: FileStatus): string | undefined {
    if (status.inode.kind !== 'file' || status.links() < 2) return undefined;
    const key = `${status.device}:${status.ino}`;
    const first = this.#firstNames.get(key);
    if (first === undefined) this.#firstNames.set(key, path);
    return first;
  }
}

function typeOf(kind: FileStatus['inode']['kind']): TarEntryType {
  // sockets are left out before
  return kind === 'socket' ? 'fifo' : kind;
}

function overridesOf(context: AppletContext, { options }: TarCommand, users: UserDatabase): Overrides {
  const time = options.value('mtime');
  const now = context.process.kernel.clock.nowMs();
  const mtimeMs = time === undefined ? undefined : (context.files.find(time)?.inode.mtimeMs ?? parseDate(time, now));
  const owner = (
    text: string | undefined,
    find: (name: string) => number | undefined,
    nameOf: (id: number) => string | undefined,
  ): Overrides['user'] => {
    if (text === undefined) return undefined;
    const [name = '', number] = text.split(':');
    if (number !== undefined) return { name: name === '' ? undefined : name, id: Number(number) };
    if (/^\+?\d+$/.test(name)) return { name: nameOf(Number(name)), id: Number(name) };
    return { name, id: find(name) ?? 0 };
  };
  return {
    user: owner(
      options.value('owner'),
      (name) => users.users.find((user) => user.name === name)?.uid,
      (id) => users.userName(id),
    ),
    group: owner(
      options.value('group'),
      (name) => users.groups.find((group) => group.name === name)?.gid,
      (id) => users.groupName(id),
    ),
    mtimeMs,
    mode: options.value('mode'),
  };
}
