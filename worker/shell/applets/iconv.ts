/** iconv: texts from one encoding to another */
import { concatBytes } from '../../base/bytes.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { parseOptions } from './options.ts';

/** Highest code point of the encodings with a byte for each character that are written. */
const BYTE_ENCODINGS: ReadonlyMap<string, number> = new Map([
  ['ascii', 0x7f], ['us-ascii', 0x7f], ['ansi_x3.4-1968', 0x7f],
  ['latin1', 0xff], ['iso-8859-1', 0xff], ['iso8859-1', 0xff], ['iso_8859-1', 0xff], ['l1', 0xff],
]); // prettier-ignore
const UTF16 = /^(?:utf-?16|ucs-?2)(le|be)?$/;

export const iconv: Applet = {
  names: ['iconv'],
  summary: 'Convert text from one encoding to another',
  usage: '[-c] [-f ENCODING] [-t ENCODING] [-o FILE] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'f:t:o:clsv', {
      'from-code': 'f', 'to-code': 't', output: 'o', list: 'l', silent: 's', verbose: 'v',
    }); // prettier-ignore
    if (options.has('l')) {
      await context.out.write('ASCII// ISO-8859-1// UTF-16// UTF-16BE// UTF-16LE// UTF-8//\n');
      return 0;
    }
    const [to = 'utf-8', ...modes] = (options.value('t') ?? 'utf-8').toLowerCase().split('//');
    const from = (options.value('f') ?? 'utf-8').toLowerCase().replace(/\/\/.*$/, '');
    const decoder = decoderOf(from);
    if (decoder === undefined) return unknown(context, from, to);
    const ignore = options.has('c') || modes.includes('ignore');
    const encode = encoderOf(to, { ignore, replace: modes.includes('translit') });
    if (encode === undefined) return unknown(context, from, to);
    const parts: Uint8Array[] = [];
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      try {
        const input = await context.open(path);
        parts.push(await input.all());
        input.close();
      } catch (error) {
        return context.complain(`cannot open input file \`${path}': ${errorText(error)}`);
      }
    }
    let text: string;
    try {
      text = decoder(concatBytes(parts), ignore);
    } catch {
      return context.complain('cannot convert: illegal input sequence');
    }
    const encoded = encode(text);
    const path = options.value('o');
    const output = path === undefined ? undefined : await context.create(path);
    await (output ?? context.out).write(encoded.bytes);
    await output?.close();
    if (encoded.failedAt === undefined) return 0;
    return context.complain(`illegal input sequence at position ${encoded.failedAt}`);
  },
};

async function unknown(context: AppletContext, from: string, to: string): Promise<number> {
  await context.complain(`conversion from \`${from.toUpperCase()}' to \`${to.toUpperCase()}' is not supported`);
  await context.err.write("Try `iconv --help' or `iconv --usage' for more information.\n");
  return 1;
}

/** Browsers know how to read some forty encodings (WHATWG Encoding). */
function decoderOf(name: string): ((bytes: Uint8Array, ignore: boolean) => string) | undefined {
  // for a browser latin1 is windows-1252
  if (BYTE_ENCODINGS.get(name) === 0xff)
    return (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const label = name === 'utf-16' || name === 'utf16' ? 'utf-16le' : name.replace(/^cp(125\d)$/, 'windows-$1');
  try {
    new TextDecoder(label);
  } catch {
    return undefined;
  }
  return (bytes, ignore) => {
    const text = new TextDecoder(label, { fatal: !ignore, ignoreBOM: label === 'utf-8' }).decode(bytes);
    return ignore ? text.replaceAll('\ufffd', '') : text;
  };
}

interface Encoded {
  readonly bytes: Uint8Array;
  /** Characters before the first that the encoding does not have. */
  readonly failedAt?: number;
}

function encoderOf(
  name: string,
  { ignore, replace }: { readonly ignore: boolean; readonly replace: boolean },
): ((text: string) => Encoded) | undefined {
  if (/^utf-?8$/.test(name)) return (text) => ({ bytes: new TextEncoder().encode(text) });
  const wide = UTF16.exec(name);
  if (wide !== null) return (text) => ({ bytes: wideBytes(text, wide[1]) });
  const highest = BYTE_ENCODINGS.get(name);
  if (highest === undefined) return undefined;
  return (text) => {
    const bytes: number[] = [];
    let at = 0;
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if (code <= highest) bytes.push(code);
      else if (replace) bytes.push(...plainForm(character));
      else if (!ignore) return { bytes: Uint8Array.from(bytes), failedAt: at };
      at++;
    }
    return { bytes: Uint8Array.from(bytes) };
  };
}

/** A letter without its accents, else a question mark. */
function plainForm(character: string): number[] {
  const [base = '?'] = character.normalize('NFD');
  return [base.charCodeAt(0) < 0x80 ? base.charCodeAt(0) : 0x3f];
}

function wideBytes(text: string, order: string | undefined): Uint8Array {
  const units = order === undefined ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), order !== 'be');
  return new Uint8Array(view.buffer);
}
