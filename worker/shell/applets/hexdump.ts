/** hexdump, hd */
import type { Applet } from './applet.ts';
import { parseOffset, readCombined } from './combined-input.ts';
import type { AppletContext } from './context.ts';
import { hexdumpLine, parseHexdumpFormat, type HexdumpFormat } from './hexdump-format.ts';
import { parseOptions, type Options } from './options.ts';

/** What the letters stand for. */
const FORMATS: Readonly<Record<string, string>> = {
  '': '"%07_ax " 8/2 "%04x " "\\n"',
  b: '"%07_ax " 16/1 "%03o " "\\n"',
  c: '"%07_ax " 16/1 "%3_c " "\\n"',
  d: '"%07_ax " 8/2 "  %05u " "\\n"',
  o: '"%07_ax " 8/2 " %06o " "\\n"',
  x: '"%07_ax " 8/2 "   %04x " "\\n"',
  C: '"%08_ax  " 8/1 "%02x " "  " 8/1 "%02x " "  |"',
};
const CANONICAL_TEXT = '16/1 "%_p" "|\\n"';

export const hexdump: Applet = {
  names: ['hexdump', 'hd'],
  summary: 'Display FILEs (or stdin) in a user specified format',
  usage: '[-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'bcdoxCve:f:n:s:', { canonical: 'C' });
    for (const letter of ['n', 's']) {
      const value = options.value(letter) ?? '0';
      if (parseOffset(value) === undefined) return context.complain(`invalid number '${value}'`);
    }
    const formats = await formatsOf(context, options);
    if (typeof formats === 'string') return context.complain(`bad format {${formats}}`);
    const { bytes, status } = await readCombined(context, options.operands);
    const start = parseOffset(options.value('s') ?? '0') ?? 0;
    const end = start + (parseOffset(options.value('n') ?? '') ?? Infinity);
    const custom = options.has('e') || options.has('f');
    const shown = bytes.subarray(0, Math.min(end, bytes.byteLength));
    await dump(context, shown, start, formats, options.has('v'));
    if (!custom && shown.byteLength > 0) {
      const digits = options.has('C') || context.name === 'hd' ? 8 : 7;
      await context.out.write(`${shown.byteLength.toString(16).padStart(digits, '0')}\n`);
    }
    return status;
  },
};

/** The formats of a line, one behind the other over the same bytes; the text of one that is none. */
async function formatsOf(context: AppletContext, options: Options): Promise<HexdumpFormat[] | string> {
  const texts = options.values('e').slice();
  for (const path of options.values('f')) {
    const input = await context.open(path);
    for await (const line of input.lines()) if (!/^\s*(?:#|$)/.test(line)) texts.push(line);
    input.close();
  }
  const letters = options.given.map(({ option }) => option).filter((option) => option in FORMATS);
  if (context.name === 'hd') letters.push('C');
  if (texts.length === 0 && letters.length === 0) letters.push('');
  for (const letter of letters) texts.push(FORMATS[letter] ?? '', ...(letter === 'C' ? [CANONICAL_TEXT] : []));
  const formats: HexdumpFormat[] = [];
  for (const text of texts) {
    const format = parseHexdumpFormat(text);
    if (format === undefined) return text;
    formats.push(format);
  }
  return formats;
}

async function dump(
  context: AppletContext,
  bytes: Uint8Array,
  start: number,
  formats: readonly HexdumpFormat[],
  showsRepeated: boolean,
): Promise<void> {
  const width = Math.max(1, ...formats.map((format) => format.bytes));
  let last: Uint8Array | undefined;
  let repeating = false;
  for (let at = start; at < bytes.byteLength; at += width) {
    const block = bytes.subarray(at, at + width);
    if (!showsRepeated && last !== undefined && isSame(block, last)) {
      if (!repeating) await context.out.write('*\n');
      repeating = true;
      continue;
    }
    repeating = false;
    last = block;
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    await context.out.write(formats.map((format) => hexdumpLine(format, bytes, at)).join(''));
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}
