/** unzip, in the words of busybox or of Info-ZIP. */
import { concatBytes, type Bytes } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import { bodyOf, readBody, type Body } from '../../../vfs/body.ts';
import { ProcessDeath } from '../../kernel/process.ts';
import { decodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { matchesPattern } from '../../interpreter/expansion/patterns.ts';
import { packedBody, readZipDirectory, type ZipMember } from './zip-directory.ts';

const STORED = 0;
const DEFLATED = 8;
const LINK_TYPE = 0o120000;
const TYPE_MASK = 0o170000;
/** Info-ZIP's statuses (its manual, "DIAGNOSTICS"). */
const NO_ARCHIVE = 9;
const NOTHING_MATCHED = 11;
/** Columns a name is filled up to where Info-ZIP says what it does to a file. */
const NAME_COLUMNS = 22;

export const unzip: Applet = {
  names: ['unzip'],
  summary: 'Extract FILEs from ZIP archive',
  usage: '[-lnojpqK] FILE[.zip] [FILE]... [-x FILE]... [-d DIR]',
  async run(context) {
    const { options, names, left } = splitWords(context);
    const [archive] = options.operands;
    if (archive === undefined) throw new UsageError('');
    const found = ['', '.zip', '.ZIP']
      .map((end) => archive + end)
      .find((path) => context.files.find(path) !== undefined);
    if (found === undefined) return tellMissing(context, archive);
    const body = context.files.body(found);
    const tests = options.has('t') && context.flavour === 'busybox';
    const loud = !tests && !options.has('q') && !options.has('p') && !options.has('Z');
    if (loud) await context.out.write(`Archive:  ${found}\n`);
    const members = await readZipDirectory(body);
    if (members === undefined) return tellBroken(context, found);
    const chosen = members.filter(
      ({ name }) =>
        (names.length === 0 || names.some((one) => matches(name, one))) && !left.some((one) => matches(name, one)),
    );
    if (options.has('Z')) return listNames(context, chosen);
    if (options.has('l') || options.has('v')) return list(context, chosen);
    const status = await new Unpacker(context, options, body).unpackAll(chosen);
    const missing = names.filter((one) => !members.some(({ name }) => matches(name, one)));
    if (missing.length === 0 || context.flavour === 'busybox') return status;
    for (const name of missing) await context.err.write(`caution: filename not matched:  ${name}\n`);
    return NOTHING_MATCHED;
  },
};

const matches = (name: string, pattern: string): boolean => matchesPattern(name, pattern);

/** `-x` takes all words up to the next option, as `-Z1` is one. */
function splitWords(context: AppletContext): { options: Options; names: readonly string[]; left: readonly string[] } {
  const left: string[] = [];
  const words: string[] = [];
  let leaving = false;
  for (const word of context.args) {
    if (word === '-x') leaving = true;
    else if (leaving && !word.startsWith('-')) left.push(word);
    else {
      leaving = false;
      words.push(word);
    }
  }
  const options = parseOptions(words, 'd:fjlnopqtuvxZ1CKLX');
  return { options, names: options.operands.slice(1), left };
}

async function tellMissing(context: AppletContext, archive: string): Promise<number> {
  if (context.flavour === 'busybox') return context.complain(`can't open ${archive}[.zip]`);
  await context.err.write(`unzip:  cannot find or open ${archive}, ${archive}.zip or ${archive}.ZIP.\n`);
  return NO_ARCHIVE;
}

async function tellBroken(context: AppletContext, path: string): Promise<number> {
  if (context.flavour === 'busybox') return context.complain('short read');
  await context.err.write(
    '  End-of-central-directory signature not found.  Either this file is not\n' +
      '  a zipfile, or it constitutes one disk of a multi-part archive.  In the\n' +
      '  latter case the central directory and zipfile comment will be found on\n' +
      '  the last disk(s) of this archive.\n' +
      `unzip:  cannot find zipfile directory in one of ${path} or\n        ${path}.zip, and cannot find ${path}.ZIP, period.\n`,
  );
  return NO_ARCHIVE;
}

async function listNames(context: AppletContext, members: readonly ZipMember[]): Promise<number> {
  for (const { name } of members) await context.out.write(`${name}\n`);
  return 0;
}

async function list(context: AppletContext, members: readonly ZipMember[]): Promise<number> {
  const two = (value: number): string => String(value).padStart(2, '0');
  await context.out.write('  Length      Date    Time    Name\n---------  ---------- -----   ----\n');
  let total = 0;
  const gnu = context.flavour === 'gnu';
  for (const { name, sizeBytes, time } of members) {
    total += sizeBytes;
    const year = String(time.year);
    const date = gnu ? `${year}-${two(time.month)}-${two(time.day)}` : `${two(time.month)}-${two(time.day)}-${year}`;
    await context.out.write(
      `${String(sizeBytes).padStart(9)}  ${date} ${two(time.hour)}:${two(time.minute)}   ${name}\n`,
    );
  }
  const files = `${members.length} file${members.length === 1 ? '' : 's'}`;
  const line = gnu ? '---------                     -------' : ' --------                     -------';
  await context.out.write(`${line}\n${String(total).padStart(9)}                     ${files}\n`);
  return 0;
}

class Unpacker {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #body: Body;
  readonly #directory: string;
  readonly #quiet: boolean;
  readonly #gnu: boolean;

  constructor(context: AppletContext, options: Options, body: Body) {
    this.#context = context;
    this.#options = options;
    this.#body = body;
    const directory = options.value('d');
    this.#directory = directory === undefined ? '' : `${directory.replace(/\/+$/, '')}/`;
    this.#quiet = options.has('q');
    this.#gnu = context.flavour === 'gnu';
  }

  async unpackAll(members: readonly ZipMember[]): Promise<number> {
    for (const member of members) {
      const pause = this.#context.checkpoint();
      if (pause !== undefined) await pause;
      const status = await this.#unpack(member);
      if (status !== 0) return status;
    }
    if (this.#options.has('t') && this.#gnu)
      await this.#context.out.write(`No errors detected in compressed data of ${this.#options.operands[0] ?? ''}.\n`);
    return 0;
  }

  async #unpack(member: ZipMember): Promise<number> {
    const safe = member.name.replace(/^\/+/, '').replace(/^(?:.*\/)?\.\.\//s, '');
    const isDirectory = member.name.endsWith('/');
    if (this.#options.has('t')) return this.#test(member);
    if (this.#options.has('p')) {
      if (isDirectory) return 0;
      const bytes = await this.#contents(member);
      if (bytes === undefined) return this.#damaged(member);
      await this.#context.out.write(bytes);
      return 0;
    }
    const name = this.#options.has('j') ? safe.slice(safe.lastIndexOf('/') + 1) : safe;
    if (name === '') return 0;
    const path = this.#directory + name;
    const shown = this.#gnu ? path : name;
    if (isDirectory) return this.#makeDirectory(path, shown, member);
    return this.#writeFile(path, shown, member);
  }

  async #test(member: ZipMember): Promise<number> {
    if ((await this.#contents(member)) === undefined) return this.#damaged(member);
    if (!this.#quiet && this.#gnu)
      await this.#context.out.write(`    testing: ${member.name.padEnd(NAME_COLUMNS)}   OK\n`);
    return 0;
  }

  async #makeDirectory(path: string, shown: string, member: ZipMember): Promise<number> {
    const { files } = this.#context;
    if (files.find(path)?.inode.kind === 'directory') return 0;
    this.#makeParents(path.replace(/\/+$/, ''));
    files.makeDirectory(path);
    if (member.mode !== undefined) files.changeMode(path, member.mode & 0o777);
    if (!this.#quiet) await this.#context.out.write(`   creating: ${shown}\n`);
    return 0;
  }

  #makeParents(path: string): void {
    const segments = path.split('/').slice(0, -1);
    segments.forEach((_, index) => {
      const parent = segments.slice(0, index + 1).join('/');
      if (parent !== '' && this.#context.files.find(parent) === undefined) this.#context.files.makeDirectory(parent);
    });
  }

  async #writeFile(path: string, shown: string, member: ZipMember): Promise<number> {
    const { files } = this.#context;
    if (files.find(path, false) !== undefined) {
      if (this.#options.has('n')) return 0;
      // nobody is there to answer "replace?"
      if (!this.#options.has('o')) {
        await this.#context.out.write(`replace ${shown}? [y]es, [n]o, [A]ll, [N]one, [r]ename: `);
        return this.#context.complain("can't read standard input");
      }
      files.unlink(path);
    }
    const bytes = await this.#contents(member);
    if (bytes === undefined) return this.#damaged(member);
    this.#makeParents(path);
    const { mode } = member;
    if (mode !== undefined && (mode & TYPE_MASK) === LINK_TYPE) files.makeSymlink(decodeText(bytes), path);
    else {
      files.writeBody(path, bodyOf(bytes));
      if (mode !== undefined) files.changeMode(path, mode & 0o777);
      const { year, month, day, hour, minute, second } = member.time;
      files.changeTime(path, Date.UTC(year, month - 1, day, hour, minute, second));
    }
    if (this.#quiet) return 0;
    const verb = this.#gnu && member.method === STORED ? ' extracting' : '  inflating';
    await this.#context.out.write(this.#gnu ? `${verb}: ${shown.padEnd(NAME_COLUMNS)}  \n` : `${verb}: ${shown}\n`);
    return 0;
  }

  async #damaged(member: ZipMember): Promise<number> {
    return this.#context.complain(this.#gnu ? `${member.name}: bad compressed data` : 'inflate error');
  }

  /** The bytes of a member; undefined when they are damaged or packed in a way nothing here unpacks. */
  async #contents(member: ZipMember): Promise<Bytes | undefined> {
    const packed = await packedBody(this.#body, member);
    if (packed === undefined) return undefined;
    const bytes = await readBody(packed);
    if (member.method === STORED) return bytes;
    if (member.method !== DEFLATED) return undefined;
    const parts: Uint8Array[] = [];
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      for await (const chunk of stream) {
        const pause = this.#context.checkpoint();
        if (pause !== undefined) await pause;
        this.#context.process.kernel.useMemory(chunk.byteLength);
        parts.push(chunk);
      }
    } catch (error) {
      // what is no damage to the data goes on: the process was killed, the job cancelled
      if (error instanceof ProcessDeath || error instanceof EngineError) throw error;
      return undefined;
    }
    const contents = concatBytes(parts);
    return contents.byteLength === member.sizeBytes ? contents : undefined;
  }
}
