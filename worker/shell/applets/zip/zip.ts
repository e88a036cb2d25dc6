/** zip, as Info-ZIP has it */
import { bodyOf, readBody } from '../../../vfs/body.ts';
import { encodeText } from '../../text.ts';
import { matchesPattern } from '../../interpreter/expansion/patterns.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { zipCrc } from '../digests/checksums.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { walkFiles } from '../walking.ts';
import { packedBody, readZipDirectory, type ZipMember } from './zip-directory.ts';
import { dosTimeOf, packBytes, STORED, zipBytes, type PackedMember } from './zip-writer.ts';

/** Info-ZIP's statuses (its manual, "DIAGNOSTICS"). */
const NOTHING_TO_DO = 12;
const CANNOT_OPEN = 18;
const BAD_ARCHIVE = 3;
const DIRECTORY_MODE = 0o040000;
const FILE_MODE = 0o100000;
const LINK_MODE = 0o120777;
const DEFAULT_LEVEL = 6;

const LONG = {
  'recurse-paths': 'r', quiet: 'q', 'junk-paths': 'j', move: 'm', update: 'u', delete: 'd', symlinks: 'y', exclude: 'x', include: 'i',
  'names-stdin': '@', 'no-extra': 'X', 'no-dir-entries': 'D', test: 'T', verbose: 'v', freshen: 'f', 'grow': 'g',
}; // prettier-ignore

export const zip: Applet = {
  names: ['zip'],
  summary: 'Package and compress (archive) files',
  usage: '[-rqjmuydXD0-9@] ARCHIVE [FILE]... [-x PATTERN...] [-i PATTERN...]',
  usageStatus: 16,
  async run(context) {
    const { words, excluded, included } = splitPatterns(context.args);
    const options = parseOptions(words, 'rqjmuydXDTvfg@0123456789o', LONG);
    const [archive, ...paths] = options.operands;
    if (archive === undefined) throw new UsageError('');
    if (options.has('@')) for await (const line of context.stdin().lines()) paths.push(line);
    const path = archive === '-' || /\.[^/]*$/.test(archive) ? archive : `${archive}.zip`;
    const archiver = new Archiver(context, options, path);
    if (!(await archiver.readOld())) return BAD_ARCHIVE;
    if (options.has('d')) return archiver.remove(paths);
    const wanted = (name: string): boolean =>
      (included.length === 0 || included.some((pattern) => matchesPattern(name, pattern))) &&
      !excluded.some((pattern) => matchesPattern(name, pattern));
    for (const one of paths) await archiver.add(one, wanted);
    return archiver.finish();
  },
};

/** `-x` and `-i` take all words up to the next option, or a lone `@`. */
function splitPatterns(args: readonly string[]): { words: string[]; excluded: string[]; included: string[] } {
  const words: string[] = [];
  const excluded: string[] = [];
  const included: string[] = [];
  let into = words;
  for (const word of args) {
    if (word === '-x' || word === '--exclude') into = excluded;
    else if (word === '-i' || word === '--include') into = included;
    else if (into !== words && word === '@') into = words;
    else {
      if (into !== words && word.startsWith('-')) into = words;
      into.push(word);
    }
  }
  return { words, excluded, included };
}

class Archiver {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #path: string;
  readonly #members = new Map<string, PackedMember>();
  readonly #added: string[] = [];
  #unreadable = false;
  /** Something was put in. */
  #changed = false;

  constructor(context: AppletContext, options: Options, path: string) {
    this.#context = context;
    this.#options = options;
    this.#path = path;
  }

  /** The members the archive has already; false when it is none. */
  async readOld(): Promise<boolean> {
    if (this.#path === '-' || this.#context.files.find(this.#path) === undefined) return true;
    const body = this.#context.files.body(this.#path);
    const members = await readZipDirectory(body);
    if (members === undefined) {
      await this.#context.out.write(`\nzip error: Zip file structure invalid (${this.#path})\n`);
      return false;
    }
    for (const member of members) {
      const packed = await packedBody(body, member);
      if (packed !== undefined) this.#members.set(member.name, keptMember(member, await readBody(packed)));
    }
    return true;
  }

  async add(path: string, wanted: (name: string) => boolean): Promise<void> {
    const { files } = this.#context;
    const found = files.find(path, !this.#options.has('y'));
    if (found === undefined) {
      await this.#context.out.write(`\tzip warning: name not matched: ${path}\n`);
      return;
    }
    if (found.inode.kind !== 'directory' || !this.#options.has('r')) {
      await this.#addOne(path, wanted);
      return;
    }
    const failed = (one: string, error: unknown): Promise<void> => this.#warn(one, error);
    for await (const walked of walkFiles(this.#context, path.replace(/(?<=.)\/+$/, ''), false, () => false, failed))
      await this.#addOne(walked.path, wanted);
  }

  async #warn(path: string, error: unknown): Promise<void> {
    this.#unreadable = true;
    await this.#context.out.write(`\tzip warning: could not open for reading: ${path} (${errorText(error)})\n`);
  }

  async #addOne(path: string, wanted: (name: string) => boolean): Promise<void> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    const { files } = this.#context;
    const { inode } = files.stat(path, !this.#options.has('y'));
    const isDirectory = inode.kind === 'directory';
    if (isDirectory && (this.#options.has('j') || this.#options.has('D'))) return;
    const plain = path.replace(/^(?:\.?\/+)+/, '').replace(/^\.$/, '');
    const name = (this.#options.has('j') ? plain.slice(plain.lastIndexOf('/') + 1) : plain) + (isDirectory ? '/' : '');
    if (name === '' || name === '/' || !wanted(name) || this.#isArchive(path)) return;
    const dosTime = dosTimeOf(inode.mtimeMs);
    const old = this.#members.get(name);
    if (this.#options.has('f') && old === undefined) return;
    if ((this.#options.has('u') || this.#options.has('f')) && old !== undefined && old.dosTime >= dosTime) return;
    let bytes: Uint8Array = new Uint8Array(0);
    if (inode.kind === 'symlink') bytes = encodeText(inode.target);
    else if (!isDirectory) {
      try {
        const input = await this.#context.open(path);
        bytes = await input.all();
        input.close();
      } catch (error) {
        await this.#warn(path, error);
        return;
      }
    }
    const mode = inode.kind === 'symlink' ? LINK_MODE : inode.mode | (isDirectory ? DIRECTORY_MODE : FILE_MODE);
    const level = inode.kind === 'symlink' ? 0 : this.#level();
    const packed = packBytes(bytes, level);
    this.#members.set(name, { name, ...packed, crc: zipCrc(bytes), sizeBytes: bytes.byteLength, dosTime, mode });
    this.#changed = true;
    this.#added.push(path);
    await this.#tell(old === undefined ? '  adding' : 'updating', name, packed, bytes.byteLength);
  }

  #isArchive(path: string): boolean {
    const archive = this.#context.files.find(this.#path);
    const found = this.#context.files.find(path);
    return archive !== undefined && found?.ino === archive.ino && found.device === archive.device;
  }

  #level(): number {
    const given = this.#options.given.findLast(({ option }) => /^\d$/.test(option))?.option;
    return given === undefined ? DEFAULT_LEVEL : Number(given);
  }

  async #tell(
    verb: string,
    name: string,
    { method, packed }: Pick<PackedMember, 'method' | 'packed'>,
    sizeBytes: number,
  ): Promise<void> {
    if (this.#options.has('q') || this.#path === '-') return;
    const saved = sizeBytes === 0 ? 0 : Math.round(100 - (100 * packed.byteLength) / sizeBytes);
    const how = method === STORED ? 'stored 0%' : `deflated ${saved}%`;
    await this.#context.out.write(`${verb}: ${name} (${how})\n`);
  }

  /** Takes members out by name or pattern. */
  async remove(patterns: readonly string[]): Promise<number> {
    const gone = [...this.#members.keys()].filter((name) => patterns.some((pattern) => matchesPattern(name, pattern)));
    for (const name of gone) {
      this.#members.delete(name);
      if (!this.#options.has('q')) await this.#context.out.write(`deleting: ${name}\n`);
    }
    for (const pattern of patterns.filter((one) => !gone.some((name) => matchesPattern(name, one))))
      await this.#context.out.write(`\tzip warning: name not matched: ${pattern}\n`);
    if (gone.length === 0) return this.#nothing();
    return this.#write();
  }

  async finish(): Promise<number> {
    if (!this.#changed && !this.#options.has('u') && !this.#options.has('f')) return this.#nothing();
    const status = await this.#write();
    if (this.#options.has('m')) for (const path of this.#added) this.#removeMoved(path);
    return status === 0 && this.#unreadable ? CANNOT_OPEN : status;
  }

  #removeMoved(path: string): void {
    const { files } = this.#context;
    if (files.lstat(path).inode.kind !== 'directory') files.unlink(path);
  }

  async #nothing(): Promise<number> {
    await this.#context.out.write(`\nzip error: Nothing to do! (${this.#path})\n`);
    return NOTHING_TO_DO;
  }

  async #write(): Promise<number> {
    const bytes = zipBytes([...this.#members.values()]);
    if (this.#path === '-') {
      await this.#context.out.write(bytes);
      return 0;
    }
    try {
      this.#context.files.writeBody(this.#path, bodyOf(bytes));
      return 0;
    } catch (error) {
      await this.#context.err.write(
        `zip I/O error: ${errorText(error)}\nzip error: Could not create output file (${this.#path})\n`,
      );
      return 15;
    }
  }
}

function keptMember(member: ZipMember, packed: Uint8Array): PackedMember {
  const { name, method, crc, sizeBytes, time } = member;
  const mtimeMs = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  return { name, method, crc, sizeBytes, packed, dosTime: dosTimeOf(mtimeMs), mode: member.mode ?? FILE_MODE | 0o644 };
}
