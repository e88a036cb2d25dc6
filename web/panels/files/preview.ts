/** The start of a file as text or as a hex dump, whichever tells more. */

export type Preview =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly type: string }
  /** Nothing but zero bytes: what a replica holds in place of a program. */
  | { readonly kind: 'hole' }
  | { readonly kind: 'hex'; readonly rows: readonly HexRow[] };

export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const HEX_BYTES = 4096;
const ROW_BYTES = 16;

/** `bytes` is the start of the file, or all of it. */
export function previewOf(bytes: Uint8Array): Preview {
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes.every((byte) => byte === 0)) return { kind: 'hole' };
  const type = imageType(bytes);
  if (type !== undefined) return { kind: 'image', type };
  const text = textOf(bytes);
  return text === undefined ? { kind: 'hex', rows: hexRows(bytes.subarray(0, HEX_BYTES)) } : { kind: 'text', text };
}

/** Beginnings of the pictures that browsers show. */
const PICTURES: readonly (readonly [type: string, offset: number, start: string])[] = [
  ['image/png', 0, '\u0089PNG\r\n\u001a\n'],
  ['image/jpeg', 0, '\u00ff\u00d8\u00ff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['image/x-icon', 0, '\u0000\u0000\u0001\u0000'],
];

/** The media type of a picture, by how the file begins; undefined for what is none. */
function imageType(bytes: Uint8Array): string | undefined {
  const begins = (offset: number, start: string): boolean =>
    [...start].every((character, place) => bytes[offset + place] === character.charCodeAt(0));
  return PICTURES.find(([, offset, start]) => begins(offset, start))?.[0];
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // `stream` forgives a character that the end of the preview cuts in two.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function hexRows(bytes: Uint8Array): HexRow[] {
  const rows: HexRow[] = [];
  for (let offset = 0; offset < bytes.length; offset += ROW_BYTES) {
    const part = [...bytes.subarray(offset, offset + ROW_BYTES)];
    rows.push({
      offset: offset.toString(16).padStart(8, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    });
  }
  return rows;
}
