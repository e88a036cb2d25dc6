/** base64, base32 (RFC 4648) */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { readCombined } from './combined-input.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError } from './options.ts';

interface Encoding {
  readonly alphabet: string;
  /** Bits of a character. */
  readonly bits: number;
  /** Characters that are filled up with `=`. */
  readonly group: number;
}

const BASE64: Encoding = {
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  group: 4,
};
const BASE32: Encoding = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 };
const DEFAULT_WIDTH = 76;
const NEWLINE = 0x0a;
const PADDING = 0x3d;

export const base64: Applet = {
  names: ['base64', 'base32'],
  summary: 'Base64 encode or decode FILE to standard output',
  usage: '[-d] [-w COL] [FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'dw:i', { decode: 'd', wrap: 'w', 'ignore-garbage': 'i' });
    if (options.operands.length > 1) throw new UsageError('');
    const width = parseCount(options.value('w') ?? String(DEFAULT_WIDTH));
    if (width === undefined) return context.complain(`invalid number '${options.value('w') ?? ''}'`);
    const { bytes, status } = await readCombined(context, options.operands);
    if (status !== 0) return status;
    const encoding = context.name === 'base32' ? BASE32 : BASE64;
    if (!options.has('d')) {
      await context.out.write(wrap(encode(bytes, encoding), width));
      return 0;
    }
    return writeDecoded(context, bytes, encoding, options.has('i'));
  },
};

async function writeDecoded(
  context: AppletContext,
  bytes: Uint8Array,
  encoding: Encoding,
  skipOthers: boolean,
): Promise<number> {
  const { decoded, valid } = decode(bytes, encoding, skipOthers);
  await context.out.write(decoded);
  if (valid) return 0;
  return context.complain(context.flavour === 'gnu' ? 'invalid input' : 'truncated input');
}

function encode(bytes: Uint8Array, { alphabet, bits, group }: Encoding): Uint8Array {
  const length = Math.ceil((bytes.byteLength * 8) / (bits * group)) * group;
  const out = new Uint8Array(length).fill(PADDING);
  let at = 0;
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    heldBits += 8;
    for (; heldBits >= bits; heldBits -= bits) {
      out[at++] = alphabet.charCodeAt((held >> (heldBits - bits)) & ((1 << bits) - 1));
    }
  }
  if (heldBits > 0) out[at] = alphabet.charCodeAt((held << (bits - heldBits)) & ((1 << bits) - 1));
  return out;
}

function wrap(text: Uint8Array, width: number): Uint8Array {
  if (width === 0) return text;
  const lines = Math.ceil(text.byteLength / width);
  const out = new Uint8Array(text.byteLength + lines);
  for (let line = 0; line < lines; line++) {
    const part = text.subarray(line * width, (line + 1) * width);
    out.set(part, line * (width + 1));
    out[line * (width + 1) + part.byteLength] = NEWLINE;
  }
  return out;
}

/** What could be decoded; it is not valid where a character is foreign, or the last group is cut. */
function decode(
  bytes: Uint8Array,
  { alphabet, bits, group }: Encoding,
  skipOthers: boolean,
): { readonly decoded: Uint8Array; readonly valid: boolean } {
  const values = new Int8Array(256).fill(-1);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  const out = new Uint8Array(Math.ceil((bytes.byteLength * bits) / 8));
  let length = 0;
  let held = 0;
  let heldBits = 0;
  let characters = 0;
  const wholeGroups = (): Uint8Array => out.subarray(0, (Math.floor(characters / group) * group * bits) / 8);
  for (const byte of bytes) {
    if (byte === NEWLINE || byte === 0x0d || byte === 0x20) continue;
    if (byte === PADDING) {
      characters++;
      continue;
    }
    const value = values[byte] ?? -1;
    if (value === -1) {
      if (skipOthers) continue;
      return { decoded: wholeGroups(), valid: false };
    }
    characters++;
    held = ((held << bits) | value) & 0xffff;
    heldBits += bits;
    if (heldBits < 8) continue;
    heldBits -= 8;
    out[length++] = (held >> heldBits) & 0xff;
  }
  const valid = characters % group === 0;
  return { decoded: valid ? out.subarray(0, length) : wholeGroups(), valid };
}
