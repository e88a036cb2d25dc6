/** cpio: archives in the format newc, written and read */
import { bodyOf } from '../../../vfs/body.ts';
import type { Inode } from '../../../vfs/inode.ts';
import { decodeText, encodeText } from '../../text.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { matchesPattern } from '../../interpreter/expansion/patterns.ts';
import type { Applet } from '../applet.ts';
import { type AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import type { Input } from '../streams.ts';
import { formatTime } from '../time-format.ts';
import { modeText } from '../modes.ts';
import { parseOwner, readUsers } from '../users.ts';
import { CpioError, CpioReader, headerBytes, padding, trailerBytes, type CpioMember } from './newc.ts';

const BLOCK_BYTES = 512;
const TYPES = { file: 0o100000, directory: 0o040000, symlink: 0o120000, character: 0o020000, block: 0o060000, fifo: 0o010000, socket: 0o140000 } as const; // prettier-ignore
const TYPE_MASK = 0o170000;
const LONG = {
  extract: 'i', list: 't', create: 'o', 'pass-through': 'p', 'make-directories': 'd', 'preserve-modification-time': 'm', unconditional: 'u',
  verbose: 'v', format: 'H', file: 'F', owner: 'R', null: '0', quiet: 'quiet', 'no-absolute-filenames': 'n', 'to-stdout': 'S', directory: 'D',
  'reproducible': 'q',
}; // prettier-ignore

interface Owner {
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export const cpio: Applet = {
  names: ['cpio'],
  summary: 'Extract (-i) or list (-t) files from a cpio archive, or make one (-o)',
  usage: '[-dmvu0] [-F FILE] [-R USER[:GRP]] [-H newc] [-tiop] [EXTR_FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'itopdmuv0nqLBcaV:H:F:I:O:R:D:E:', LONG);
    const owner = await ownerOf(context, options);
    if (typeof owner === 'number') return owner;
    if (options.has('o')) return createArchive(context, options, owner);
    if (options.has('p')) return passThrough(context, options);
    if (!options.has('i') && !options.has('t')) throw new UsageError('');
    return readArchive(context, options, owner);
  },
};

async function ownerOf(context: AppletContext, options: Options): Promise<Owner | number> {
  const text = options.value('R');
  if (text === undefined) return {};
  const owner = parseOwner(text, await readUsers(context));
  return 'unknown' in owner ? context.complain(`unknown user ${owner.unknown}`) : owner;
}

async function names(context: AppletContext, options: Options): Promise<string[]> {
  const text = await context.stdin().text();
  return text.split(options.has('0') ? '\0' : '\n').filter((name) => name !== '');
}

async function createArchive(context: AppletContext, options: Options, owner: Owner): Promise<number> {
  const format = options.value('H') ?? (context.flavour === 'gnu' ? 'newc' : '');
  if (format !== 'newc' && format !== 'crc') throw new UsageError('');
  const target = options.value('F') ?? options.value('O');
  const list = await names(context, options);
  const output = target === undefined ? undefined : await context.create(target);
  let written = 0;
  let status = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    written += bytes.byteLength;
    await (output ?? context.out).write(bytes);
  };
  for (const { path, contents } of inWritingOrder(context, list)) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    try {
      await writeMember(context, path, contents, owner, write);
      if (options.has('v')) await context.err.write(`${path}\n`);
    } catch (error) {
      if (errnoOf(error) === undefined || errnoOf(error) === 'EPIPE') throw error;
      status = await context.report(path, error);
      // busybox gives up, and leaves the archive without its end
      if (context.flavour === 'busybox') return status;
    }
  }
  await write(trailerBytes(written));
  await output?.close();
  if (!options.has('quiet') && context.flavour === 'gnu') await tellBlocks(context, written);
  return status;
}

async function tellBlocks(context: AppletContext, bytes: number): Promise<void> {
  const blocks = Math.ceil(bytes / BLOCK_BYTES);
  await context.out.flush();
  await context.err.write(`${blocks} block${blocks === 1 && context.flavour === 'gnu' ? '' : 's'}\n`);
}

/** Files with several names come last, their names the other way round, and only the last of them has the contents. */
function inWritingOrder(context: AppletContext, paths: readonly string[]): { path: string; contents: boolean }[] {
  const single: { path: string; contents: boolean }[] = [];
  const linked = new Map<string, string[]>();
  for (const path of paths) {
    const status = context.files.find(path, false);
    if (status?.inode.kind !== 'file' || status.links() < 2) {
      single.push({ path, contents: true });
      continue;
    }
    const key = `${status.device} ${status.ino}`;
    linked.set(key, [path, ...(linked.get(key) ?? [])]);
  }
  const last = [...linked.values()].flatMap((names) =>
    names.map((path, index) => ({ path, contents: index === names.length - 1 })),
  );
  return [...single, ...last];
}

async function writeMember(
  context: AppletContext,
  path: string,
  withContents: boolean,
  owner: Owner,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const status = context.files.lstat(path);
  const { inode } = status;
  let contents: Uint8Array = new Uint8Array(0);
  if (inode.kind === 'symlink') contents = encodeText(inode.target);
  if (inode.kind === 'file' && withContents) {
    const input = await context.open(path);
    contents = await input.all();
    input.close();
  }
  const name = path.replace(/^(?:\.\/+)+(?=.)/, '').replace(/^\/+(?=.)/, '');
  const header = headerBytes({
    name,
    ino: status.ino,
    mode: TYPES[inode.kind] | inode.mode,
    uid: owner.uid ?? inode.uid,
    gid: owner.gid ?? inode.gid,
    links: status.links(),
    mtimeSeconds: Math.max(0, Math.floor(inode.mtimeMs / 1000)),
    sizeBytes: contents.byteLength,
    device: inode.kind === 'character' || inode.kind === 'block' ? [inode.device.major, inode.device.minor] : [0, 0],
  });
  await write(header);
  await write(contents);
  await write(padding(contents.byteLength, 4));
}

/** `cpio -p DIRECTORY`: copies the files named on standard input. */
async function passThrough(context: AppletContext, options: Options): Promise<number> {
  const [directory] = options.operands;
  if (directory === undefined) throw new UsageError('');
  let bytes = 0;
  let status = 0;
  for (const path of await names(context, options)) {
    try {
      const { inode } = context.files.lstat(path);
      const contents = inode.kind === 'file' ? context.files.body(path) : undefined;
      const target = `${directory}/${path}`;
      if (options.has('d')) makeParents(context, target);
      if (contents !== undefined) {
        context.files.writeBody(target, contents);
        context.files.changeMode(target, inode.mode);
        bytes += contents.sizeBytes;
      } else placeSpecial(context, target, inode);
      if (options.has('v')) await context.err.write(`${target}\n`);
    } catch (error) {
      status = await context.report(path, error);
    }
  }
  await tellBlocks(context, bytes);
  return status;
}

function placeSpecial(context: AppletContext, path: string, inode: Inode): void {
  if (inode.kind === 'symlink') context.files.makeSymlink(inode.target, path);
  else if (inode.kind === 'directory' && context.files.find(path) === undefined)
    context.files.makeDirectory(path, inode.mode);
}

async function readArchive(context: AppletContext, options: Options, owner: Owner): Promise<number> {
  const source = options.value('F') ?? options.value('I');
  const wanted = options.operands;
  let input: Input;
  try {
    input = await context.open(source ?? '-');
  } catch (error) {
    return context.report(source ?? '-', error);
  }
  const directory = options.value('D');
  if (directory !== undefined) context.process.cwd = context.files.directoryToEnter(directory);
  const reader = new CpioReader(input);
  const extractor = new Extractor(context, options, owner);
  let status = 0;
  try {
    for (let member = await reader.next(); member !== undefined; member = await reader.next()) {
      const { name } = member.header;
      if (wanted.length > 0 && !wanted.some((pattern) => matchesPattern(name, pattern))) continue;
      // busybox tells of a file once, by the name that has its contents
      const isFurtherName = isFile(member) && member.header.links > 1 && member.contents.byteLength === 0;
      if (options.has('t') && isFurtherName && context.flavour === 'busybox') continue;
      if (options.has('t')) await list(context, member, options.has('v'));
      else status = Math.max(status, await extractor.extract(member));
    }
    await reader.drain();
  } catch (error) {
    if (!(error instanceof CpioError)) throw error;
    return await context.complain(error.message);
  } finally {
    input.close();
  }
  if (!options.has('quiet')) await tellBlocks(context, reader.bytesRead);
  return status;
}

const isFile = ({ header }: CpioMember): boolean => (header.mode & TYPE_MASK) === TYPES.file;

async function list(context: AppletContext, { header, contents }: CpioMember, long: boolean): Promise<void> {
  if (!long) {
    await context.out.write(`${header.name}\n`);
    return;
  }
  const isLink = (header.mode & TYPE_MASK) === TYPES.symlink;
  const size = String(isLink ? 0 : header.sizeBytes).padStart(9);
  const time = formatTime('%Y-%m-%d %H:%M:%S', header.mtimeSeconds * 1000);
  const target = isLink ? ` -> ${decodeText(contents)}` : '';
  await context.out.write(
    `${modeText(kindOf(header.mode), header.mode & 0o7777)} ${header.uid}/${header.gid} ${size} ${time} ${header.name}${target}\n`,
  );
}

function kindOf(mode: number): Inode['kind'] {
  const kinds = Object.keys(TYPES) as (keyof typeof TYPES)[];
  return kinds.find((kind) => TYPES[kind] === (mode & TYPE_MASK)) ?? 'file';
}

function makeParents(context: AppletContext, path: string): void {
  const segments = path.split('/').slice(0, -1);
  segments.forEach((_, index) => {
    const parent = segments.slice(0, index + 1).join('/');
    if (parent !== '' && context.files.find(parent) === undefined) context.files.makeDirectory(parent);
  });
}

class Extractor {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #owner: Owner;
  /** Names of files that have several; the last of them in the archive brings the contents. */
  readonly #links = new Map<string, string[]>();

  constructor(context: AppletContext, options: Options, owner: Owner) {
    this.#context = context;
    this.#options = options;
    this.#owner = owner;
  }

  async extract(member: CpioMember): Promise<number> {
    const { header } = member;
    const { files } = this.#context;
    const name = header.name.replace(/^\/+/, '');
    try {
      if (this.#options.has('d')) makeParents(this.#context, name);
      if (this.#options.has('v')) await this.#context.out.write(`${name}\n`);
      const there = files.find(name, false);
      const isDirectory = (header.mode & TYPE_MASK) === TYPES.directory;
      if (there !== undefined && !(isDirectory && there.inode.kind === 'directory')) {
        const newer = there.inode.mtimeMs >= header.mtimeSeconds * 1000;
        if (!this.#options.has('u') && newer) {
          await this.#context.complain(`${name} not created: newer or same age file exists`);
          return 0;
        }
        files.unlink(name);
      }
      this.#place(name, member);
      return 0;
    } catch (error) {
      return await this.#context.report(name, error);
    }
  }

  #place(name: string, { header, contents }: CpioMember): void {
    const { files } = this.#context;
    switch (header.mode & TYPE_MASK) {
      case TYPES.directory:
        if (files.find(name) === undefined) files.makeDirectory(name);
        break;
      case TYPES.symlink:
        files.makeSymlink(decodeText(contents), name);
        this.#own(name, header);
        return;
      case TYPES.file:
        this.#placeFile(name, header, contents);
        break;
      default:
        return;
    }
    this.#own(name, header);
    files.changeMode(name, header.mode & 0o7777);
    if (this.#options.has('m')) files.changeTime(name, header.mtimeSeconds * 1000);
  }

  #placeFile(name: string, header: CpioMember['header'], contents: Uint8Array): void {
    const { files } = this.#context;
    files.writeBody(name, bodyOf(contents.slice()));
    if (header.links < 2) return;
    const key = `${header.device.join(':')} ${header.ino}`;
    const names = this.#links.get(key) ?? [];
    this.#links.set(key, [...names, name]);
    // writers put the contents behind the last name, or behind each
    for (const earlier of contents.byteLength > 0 ? names : []) {
      files.unlink(earlier);
      files.makeLink(name, earlier);
    }
  }

  #own(name: string, header: CpioMember['header']): void {
    if (this.#context.process.credentials.uid !== 0) return;
    this.#context.files.changeOwner(name, this.#owner.uid ?? header.uid, this.#owner.gid ?? header.gid, false);
  }
}
