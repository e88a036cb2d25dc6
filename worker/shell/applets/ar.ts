/** ar: the archives of static libraries and of Debian's packages (ar(5)) */
import { concatBytes } from '../../base/bytes.ts';
import { bodyOf } from '../../vfs/body.ts';
import { decodeText, encodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { UsageError } from './options.ts';

const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;

interface ArMember {
  readonly name: string;
  readonly mtimeSeconds: number;
  readonly mode: number;
  readonly contents: Uint8Array;
}

export const ar: Applet = {
  names: ['ar'],
  summary: 'Extract or list FILEs from an ar archive, or make one',
  usage: 'x|p|t|r|d[-ovcsu] ARCHIVE [FILE]...',
  async run(context) {
    const [letters = '', archive, ...names] = context.args;
    const operation = /[xptrqd]/.exec(letters)?.[0];
    if (operation === undefined || archive === undefined) throw new UsageError('');
    const verbose = letters.includes('v');
    if (operation === 'r' || operation === 'q') return replace(context, archive, names, letters);
    const members = await readMembers(context, archive);
    if (typeof members === 'number') return members;
    if (operation === 'd') {
      writeArchive(
        context,
        archive,
        members.filter(({ name }) => !names.includes(name)),
      );
      return 0;
    }
    for (const member of members.filter(({ name }) => names.length === 0 || names.includes(name))) {
      if (operation === 't') await context.out.write(`${member.name}\n`);
      else if (operation === 'p') await context.out.write(member.contents);
      else {
        if (verbose) await context.out.write(`x - ${member.name}\n`);
        context.files.writeBody(member.name, bodyOf(member.contents.slice()));
        context.files.changeMode(member.name, member.mode & 0o7777);
        if (letters.includes('o')) context.files.changeTime(member.name, member.mtimeSeconds * 1000);
      }
    }
    return 0;
  },
};

async function readMembers(context: AppletContext, path: string): Promise<ArMember[] | number> {
  let bytes: Uint8Array;
  try {
    const input = await context.open(path);
    bytes = await input.all();
    input.close();
  } catch (error) {
    return context.report(path, error);
  }
  if (bytes.byteLength < MAGIC.length) return context.complain('short read');
  if (decodeText(bytes.subarray(0, MAGIC.length)) !== MAGIC) return context.complain('invalid ar magic');
  const members: ArMember[] = [];
  let longNames = '';
  for (let at = MAGIC.length; at + HEADER_BYTES <= bytes.byteLength;) {
    const header = decodeText(bytes.subarray(at, at + HEADER_BYTES));
    const sizeBytes = Number(header.slice(48, 58));
    const contents = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + sizeBytes);
    const raw = header.slice(0, 16).trimEnd();
    at += HEADER_BYTES + sizeBytes + (sizeBytes % 2);
    if (raw === '//') longNames = decodeText(contents);
    if (raw === '//' || raw === '/' || raw === '__.SYMDEF') continue;
    const long = /^\/(\d+)$/.exec(raw)?.[1];
    const name =
      long === undefined ? raw.replace(/\/$/, '') : (/^[^/\n]*/.exec(longNames.slice(Number(long)))?.[0] ?? '');
    members.push({
      name,
      mtimeSeconds: Number(header.slice(16, 28)),
      mode: parseInt(header.slice(40, 48), 8),
      contents,
    });
  }
  return members;
}

async function replace(
  context: AppletContext,
  archive: string,
  paths: readonly string[],
  letters: string,
): Promise<number> {
  const old = context.files.find(archive) === undefined ? [] : await readMembers(context, archive);
  if (typeof old === 'number') return old;
  if (context.files.find(archive) === undefined && !letters.includes('c'))
    await context.err.write(`${context.name}: creating ${archive}\n`);
  const members = [...old];
  for (const path of paths) {
    try {
      const { inode } = context.files.stat(path);
      const input = await context.open(path);
      const contents = await input.all();
      input.close();
      const name = path.slice(path.lastIndexOf('/') + 1);
      // GNU ar writes no times and owners unless it is told to
      const made = { name, mtimeSeconds: 0, mode: inode.mode | 0o100000, contents };
      const at = letters.includes('q') ? -1 : members.findIndex((one) => one.name === name);
      if (at === -1) members.push(made);
      else members[at] = made;
      if (letters.includes('v')) await context.out.write(`${at === -1 ? 'a' : 'r'} - ${path}\n`);
    } catch (error) {
      return context.report(path, error);
    }
  }
  writeArchive(context, archive, members);
  return 0;
}

const MAX_NAME = 15;

function writeArchive(context: AppletContext, path: string, members: readonly ArMember[]): void {
  let longNames = '';
  const places = members.map(({ name }) => {
    if (name.length <= MAX_NAME) return `${name}/`;
    const place = `/${longNames.length}`;
    longNames += `${name}/\n`;
    return place;
  });
  const parts: Uint8Array[] = [encodeText(MAGIC)];
  const add = (name: string, mtime: string, mode: string, contents: Uint8Array): void => {
    const owner = mtime === '' ? '' : '0';
    const header = `${name.padEnd(16)}${mtime.padEnd(12)}${owner.padEnd(6)}${owner.padEnd(6)}${mode.padEnd(8)}${String(contents.byteLength).padEnd(10)}\`\n`;
    parts.push(encodeText(header), contents, encodeText(contents.byteLength % 2 === 1 ? '\n' : ''));
  };
  if (longNames !== '') add('//', '', '', encodeText(longNames));
  members.forEach((member, index) =>
    add(places[index] ?? '', String(member.mtimeSeconds), member.mode.toString(8), member.contents),
  );
  context.files.writeBody(path, bodyOf(concatBytes(parts)));
}
