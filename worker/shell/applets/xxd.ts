/** xxd */
import type { Applet } from './applet.ts';
import { parseOffset, readCombined } from './combined-input.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

interface Layout {
  /** Bytes of a line. */
  readonly columns: number;
  /** Bytes that stand together; 0 for all. */
  readonly group: number;
  /** Added to what is shown as the place. */
  readonly offset: number;
}

const PLAIN_COLUMNS = 30;
const INCLUDE_COLUMNS = 12;

export const xxd: Applet = {
  names: ['xxd'],
  summary: 'Hex dump FILE (or stdin)',
  usage: '[-pri] [-g N] [-c N] [-l LEN] [-s OFS] [-o OFS] [FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'pris:l:c:g:o:u');
    if (options.operands.length > 1) throw new UsageError('');
    const numberOf = (letter: string): number | undefined => parseOffset(options.value(letter) ?? '');
    const { bytes, status } = await readCombined(context, options.operands);
    if (status !== 0) return status;
    if (options.has('r')) {
      await context.out.write(options.has('p') ? plainBytes(bytes) : dumpedBytes(bytes));
      return 0;
    }
    const start = numberOf('s') ?? 0;
    const shown = bytes.subarray(start, start + (numberOf('l') ?? Infinity));
    if (options.has('i')) {
      await context.out.write(includeFile(shown, options.operands[0]));
    } else if (options.has('p')) {
      await context.out.write(plainDump(shown, numberOf('c') ?? PLAIN_COLUMNS));
    } else {
      const layout = { columns: numberOf('c') ?? 16, group: numberOf('g') ?? 2, offset: numberOf('o') ?? 0 };
      await dump(context, shown, start, layout);
    }
    return 0;
  },
};

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

function plainDump(bytes: Uint8Array, columns: number): string {
  const width = columns === 0 ? Math.max(1, bytes.byteLength) : columns;
  let out = '';
  for (let at = 0; at < bytes.byteLength; at += width)
    out += `${Array.from(bytes.subarray(at, at + width), hex).join('')}\n`;
  return out;
}

/** An array in C, named after the file. */
function includeFile(bytes: Uint8Array, path: string | undefined): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += INCLUDE_COLUMNS)
    lines.push(`  ${Array.from(bytes.subarray(at, at + INCLUDE_COLUMNS), (byte) => `0x${hex(byte)},`).join(' ')}\n`);
  if (path === undefined || path === '-') return lines.join('');
  const name = path.replace(/[^A-Za-z0-9]/g, '_');
  return `unsigned char ${name}[] = {\n${lines.join('')}};\nunsigned int ${name}_len = ${bytes.byteLength};\n`;
}

async function dump(
  context: AppletContext,
  bytes: Uint8Array,
  start: number,
  { columns, group, offset }: Layout,
): Promise<void> {
  const together = group === 0 ? columns : group;
  const width = columns * 2 + Math.ceil(columns / together);
  for (let at = 0; at < bytes.byteLength; at += columns) {
    const block = bytes.subarray(at, at + columns);
    let digits = '';
    for (const [i, byte] of block.entries()) digits += hex(byte) + (i % together === together - 1 ? ' ' : '');
    const text = Array.from(block, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    const address = (start + at + offset).toString(16).padStart(8, '0');
    await context.out.write(`${address}: ${digits.padEnd(width)} ${text}\n`);
  }
}

/** The bytes of hexadecimal digits, whatever stands between them. */
function plainBytes(dumped: Uint8Array): Uint8Array {
  const digits = new TextDecoder().decode(dumped).replace(/[^0-9a-fA-F]/g, '');
  return bytesOfDigits(digits);
}

function bytesOfDigits(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.byteLength; i++) bytes[i] = parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** The bytes of a dump with addresses; gaps are filled with zeros. */
function dumpedBytes(dumped: Uint8Array): Uint8Array {
  const parts: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  for (const line of new TextDecoder().decode(dumped).split('\n')) {
    const match = /^([0-9a-fA-F]+): ?((?:[0-9a-fA-F]{2,} ?)*)/.exec(line);
    if (match === null) continue;
    parts.push({ at: parseInt(match[1] ?? '0', 16), bytes: bytesOfDigits((match[2] ?? '').replaceAll(' ', '')) });
  }
  const length = parts.reduce((end, { at, bytes }) => Math.max(end, at + bytes.byteLength), 0);
  const out = new Uint8Array(length);
  for (const { at, bytes } of parts) out.set(bytes, at);
  return out;
}
