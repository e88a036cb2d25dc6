/**
 * A font in which every letter is the same box, for pictures of the page that are the same on every machine: what fonts are
 * installed, and how they are drawn, differs. An OpenType file of the tables that browsers require, nothing else.
 */

const UNITS = 1000;
const ASCENT = 800;
const DESCENT = 200;
const ADVANCE = 560;
/** Left, bottom, right and top of the box. */
const BOX = [50, 0, 510, 520] as const;
const SPACE = 1;
const LETTER = 2;
const BLANKS = [0x20, 0xa0, 0x202f];
/** Characters the page writes: Latin, punctuation, arrows, signs. */
const RANGES = [
  [0x20, 0x17f],
  [0x2000, 0x22ff],
  [0x25a0, 0x25ff],
] as const;

/** A table being written, big-endian. */
class Table {
  readonly #bytes: number[] = [];

  u16(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push((value >> 8) & 0xff, value & 0xff);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value >>> 16, value & 0xffff);
    return this;
  }

  text(text: string): this {
    for (const character of text) this.#bytes.push(character.charCodeAt(0));
    return this;
  }

  zeros(count: number): this {
    this.#bytes.push(...new Array<number>(count).fill(0));
    return this;
  }

  get bytes(): readonly number[] {
    return this.#bytes;
  }
}

/** The font as an address for `@font-face`. */
export function blockFontAddress(): string {
  return `data:font/ttf;base64,${Buffer.from(fontFile()).toString('base64')}`;
}

function fontFile(): readonly number[] {
  const tables: readonly (readonly [string, Table])[] = [
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', glyph()],
    ['head', head()],
    ['hhea', new Table().u32(0x10000).u16(ASCENT, -DESCENT, 0, ADVANCE, 0, 0, ADVANCE, 1, 0, 0, 0, 0, 0, 0, 0, 3)],
    ['hmtx', new Table().u16(ADVANCE, 0, ADVANCE, 0, ADVANCE, BOX[0])],
    ['loca', new Table().u16(0, 0, 0, glyph().bytes.length / 2)],
    ['maxp', new Table().u32(0x10000).u16(3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['name', new Table().u16(0, 1, 18, 3, 1, 0x409, 1, 12, 0).text('\0B\0l\0o\0c\0k\0s')],
    ['post', new Table().u32(0x30000).zeros(28)],
  ];
  const directory = new Table().u32(0x10000).u16(tables.length, 128, 3, tables.length * 16 - 128);
  let offset = 12 + tables.length * 16;
  const contents: number[] = [];
  for (const [tag, { bytes }] of tables) {
    directory.text(tag).u32(checksum(bytes), offset, bytes.length);
    const padding = (4 - (bytes.length % 4)) % 4;
    contents.push(...bytes, ...new Array<number>(padding).fill(0));
    offset += bytes.length + padding;
  }
  return [...directory.bytes, ...contents];
}

function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (let place = 0; place < bytes.length; place += 4) {
    const word = [0, 1, 2, 3].reduce((value, byte) => value * 256 + (bytes[place + byte] ?? 0), 0);
    sum = (sum + word) % 2 ** 32;
  }
  return sum;
}

function head(): Table {
  const version = new Table().u32(0x10000, 0x10000, 0, 0x5f0f3cf5).u16(3, UNITS).zeros(16);
  return version.u16(...BOX, 0, 8, 2, 0, 0);
}

function os2(): Table {
  return new Table()
    .u16(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
    .zeros(10)
    .u32(1, 0, 0, 0)
    .text('NONE')
    .u16(0x40, RANGES[0][0], 0x25ff, ASCENT, -DESCENT, 0, ASCENT, DESCENT)
    .u32(1, 0)
    .u16(500, 700, 0, 0x20, 1);
}

/** One contour of four corners. */
function glyph(): Table {
  const [left, bottom, right, top] = BOX;
  const outline = new Table().u16(1, ...BOX, 3, 0).text('\u0001\u0001\u0001\u0001');
  return outline.u16(left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top);
}

/** Format 4: a segment for each range, its glyphs listed. */
function cmap(): Table {
  const segments = [...RANGES, [0xffff, 0xffff] as const];
  const lengths = RANGES.map(([first, last]) => last - first + 1);
  const glyphs = RANGES.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, place) => (BLANKS.includes(first + place) ? SPACE : LETTER)),
  );
  // from where an offset stands to the first glyph of its range, in bytes
  const offsets = RANGES.map(
    (_, place) => 2 * (segments.length - place + lengths.slice(0, place).reduce((sum, each) => sum + each, 0)),
  );
  const subtable = new Table()
    .u16(0, segments.length * 2, 8, 2, segments.length * 2 - 8)
    .u16(...segments.map(([, last]) => last), 0)
    .u16(...segments.map(([first]) => first))
    .u16(...RANGES.map(() => 0), 1)
    .u16(...offsets, 0)
    .u16(...glyphs);
  return new Table()
    .u16(0, 1, 3, 1)
    .u32(12)
    .u16(4, subtable.bytes.length + 4)
    .u16(...words(subtable.bytes));
}

function words(bytes: readonly number[]): number[] {
  return Array.from(
    { length: bytes.length / 2 },
    (_, place) => (bytes[2 * place] ?? 0) * 256 + (bytes[2 * place + 1] ?? 0),
  );
}
