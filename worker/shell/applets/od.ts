/** od (XCU od) */
import type { Applet } from './applet.ts';
import { parseOffset, readCombined } from './combined-input.ts';
import type { AppletContext } from './context.ts';
import { parseTypes, type DumpFormat } from './od-formats.ts';
import { parseOptions, type Options } from './options.ts';

/** Letters that stand for a type. */
const TYPE_OPTIONS: Readonly<Record<string, string>> = {
  a: 'a', b: 'o1', B: 'o2', c: 'c', d: 'u2', e: 'fD', f: 'fF', h: 'x2', H: 'x4', i: 'd4', l: 'd8', L: 'd8', o: 'o2', O: 'o4',
  s: 'd2', x: 'x2', X: 'x4', D: 'u4', I: 'd8',
}; // prettier-ignore
const LINE_BYTES = 16;
const WIDE_LINE_BYTES = 32;
const DEFAULT_STRING = 3;

export const od: Applet = {
  names: ['od'],
  summary: 'Print FILEs (or stdin) unambiguously, as octal bytes by default',
  usage: '[-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'abBcdefhHilLoOsxXDIvt:A:N:j:S:w::', {
      'address-radix': 'A',
      'skip-bytes': 'j',
      'read-bytes': 'N',
      format: 't',
      strings: 'S',
      width: 'w',
      'output-duplicates': 'v',
    });
    const formats = formatsOf(options);
    if (typeof formats === 'string') {
      return context.complain(`invalid type string '${formats}'`);
    }
    for (const letter of ['j', 'N', 'S', 'w']) {
      const value = options.value(letter) ?? '';
      if (value !== '' && parseOffset(value) === undefined) return context.complain(`invalid number '${value}'`);
    }
    const { bytes, status } = await readCombined(context, options.operands);
    if (status !== 0 && bytes.byteLength === 0) return status;
    const skip = parseOffset(options.value('j') ?? '0') ?? 0;
    if (skip > bytes.byteLength) return context.complain("can't skip past end of combined input");
    const end = skip + (parseOffset(options.value('N') ?? '') ?? Infinity);
    const shown = bytes.subarray(0, Math.min(end, bytes.byteLength));
    if (options.has('S')) await printStrings(context, shown, skip, options);
    else await dump(context, shown, skip, formats, options);
    return status;
  },
};

/** The types asked for, in order; the text of one that is none. */
function formatsOf(options: Options): DumpFormat[] | string {
  const formats: DumpFormat[] = [];
  for (const { option, value = '' } of options.given) {
    const type = option === 't' ? value : TYPE_OPTIONS[option];
    if (type === undefined) continue;
    const parsed = parseTypes(type);
    if (parsed === undefined) return type;
    formats.push(...parsed);
  }
  return formats.length === 0 ? (parseTypes('o2') ?? []) : formats;
}

function addressText(at: number, radix: string): string {
  if (radix === 'n') return '';
  return radix === 'x' ? at.toString(16).padStart(6, '0') : at.toString(radix === 'd' ? 10 : 8).padStart(7, '0');
}

async function dump(
  context: AppletContext,
  bytes: Uint8Array,
  start: number,
  formats: readonly DumpFormat[],
  options: Options,
): Promise<void> {
  const radix = options.value('A') ?? 'o';
  const given = options.value('w');
  const width = given === undefined ? LINE_BYTES : (parseOffset(given) ?? WIDE_LINE_BYTES);
  const indent = ' '.repeat(addressText(0, radix).length);
  let last: string | undefined;
  let repeating = false;
  for (let at = start; at < bytes.byteLength; at += width) {
    const block = bytes.subarray(at, at + width);
    const lines = formats.map((format) => lineOf(block, format));
    const text = lines.join('\n');
    const full = block.byteLength === width;
    if (full && text === last && !options.has('v')) {
      if (!repeating) await context.out.write('*\n');
      repeating = true;
      continue;
    }
    repeating = false;
    last = full ? text : undefined;
    await context.out.write(`${addressText(at, radix)}${lines.join(`\n${indent}`)}\n`);
  }
  if (radix !== 'n') await context.out.write(`${addressText(Math.max(start, bytes.byteLength), radix)}\n`);
}

/** The items of a line; the last is filled up with zeros. */
function lineOf(block: Uint8Array, { bytes, width, show }: DumpFormat): string {
  const filled = new Uint8Array(Math.ceil(block.byteLength / bytes) * bytes);
  filled.set(block);
  const view = new DataView(filled.buffer);
  let line = '';
  for (let at = 0; at < filled.byteLength; at += bytes) line += show(view, at).padStart(width);
  return line;
}

/** Texts of at least -S characters that a zero ends, with their offsets. */
async function printStrings(context: AppletContext, bytes: Uint8Array, start: number, options: Options): Promise<void> {
  const least = parseOffset(options.value('S') ?? '') ?? DEFAULT_STRING;
  let text = '';
  for (let at = start; at < bytes.byteLength; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) {
      text += String.fromCharCode(byte);
      continue;
    }
    if (byte === 0 && text.length >= least) {
      const address = addressText(at - text.length, options.value('A') ?? 'o');
      await context.out.write(`${address === '' ? '' : `${address} `}${text}\n`);
    }
    text = '';
  }
}
