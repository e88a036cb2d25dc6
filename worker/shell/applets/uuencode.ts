/** uuencode and uudecode */
import { bodyOf } from '../../vfs/body.ts';
import { concatBytes } from '../../base/bytes.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

const LINE_BYTES = 45;
const BASE64_LINE_BYTES = 57;

export const uuencode: Applet = {
  names: ['uuencode'],
  summary: 'Uuencode FILE (or stdin) to stdout',
  usage: '[-m] [FILE] STORED_FILENAME',
  async run(context) {
    const options = parseOptions(context.args, 'm', { base64: 'm' });
    const [first, second] = options.operands;
    const stored = second ?? first;
    if (stored === undefined) throw new UsageError('');
    const source = second === undefined ? '-' : (first ?? '-');
    const mode = source === '-' ? 0o666 & ~context.process.umask : context.files.stat(source).inode.mode & 0o777;
    const input = await context.open(source);
    const bytes = await input.all();
    input.close();
    const base64 = options.has('m');
    await context.out.write(`begin${base64 ? '-base64' : ''} ${mode.toString(8)} ${stored}\n`);
    for (let at = 0; at < bytes.byteLength; at += base64 ? BASE64_LINE_BYTES : LINE_BYTES) {
      const line = bytes.subarray(at, at + (base64 ? BASE64_LINE_BYTES : LINE_BYTES));
      await context.out.write(`${base64 ? btoa(String.fromCharCode(...line)) : encodedLine(line)}\n`);
    }
    await context.out.write(base64 ? '====\n' : '`\nend\n');
    return 0;
  },
};

/** Six bits a character, from the backquote (for none) and the exclamation mark on. */
const characterOf = (bits: number): string => (bits === 0 ? '`' : String.fromCharCode(bits + 0x20));

function encodedLine(bytes: Uint8Array): string {
  let out = characterOf(bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) out += characterOf((word >> shift) & 63);
  }
  return out;
}

function decodedLine(line: string): Uint8Array {
  const bitsOf = (at: number): number => ((line.charCodeAt(at) || 0x20) - 0x20) & 63;
  const bytes = new Uint8Array(bitsOf(0));
  for (let i = 0, at = 1; i < bytes.byteLength; i += 3, at += 4) {
    const word = (bitsOf(at) << 18) | (bitsOf(at + 1) << 12) | (bitsOf(at + 2) << 6) | bitsOf(at + 3);
    [word >> 16, word >> 8, word].forEach((value, index) => {
      if (i + index < bytes.byteLength) bytes[i + index] = value & 0xff;
    });
  }
  return bytes;
}

export const uudecode: Applet = {
  names: ['uudecode'],
  summary: 'Uudecode a file',
  usage: '[-o OUTFILE] [INFILE]',
  async run(context) {
    const options = parseOptions(context.args, 'o:');
    const input = await context.open(options.operands[0] ?? '-');
    const lines = (await input.text()).split('\n');
    input.close();
    const start = lines.findIndex((line) => /^begin(?:-base64)? \d+ ./.test(line));
    if (start === -1) return context.complain("no 'begin' line");
    const [, base64, mode = '644', name = ''] = /^begin(-base64)? (\d+) (.+)$/.exec(lines[start] ?? '') ?? [];
    const end = lines.findIndex((line, index) => index > start && /^(?:====|end)$/.test(line));
    if (end === -1) return context.complain('short file');
    const content = lines.slice(start + 1, end);
    const bytes =
      base64 === undefined
        ? concatBytes(content.map(decodedLine))
        : Uint8Array.from(atob(content.join('')), (character) => character.charCodeAt(0));
    const target = options.value('o') ?? name;
    if (target === '-' || target === '/dev/stdout') await context.out.write(bytes.slice());
    else {
      context.files.writeBody(target, bodyOf(bytes.slice()));
      context.files.changeMode(target, parseInt(mode, 8));
    }
    return 0;
  },
};
