/** Sets of characters: what one atom of an expression matches. JavaScript itself says what is in them. */

/** Members of the table: all of ASCII. */
export const ASCII = 128;
/** Where {@link CharacterSet.firsts} tells of all other characters. */
export const BEYOND_ASCII = 128;

export class CharacterSet {
  readonly #expression: RegExp;
  readonly #reachesBeyondAscii: boolean;
  readonly #known = new Map<number, boolean>();
  #table: Uint8Array | undefined;

  /** `source` is an expression for one character. */
  constructor(source: string, flags: string) {
    // a newline is in `.` only where the flags say so, and nothing else depends on where the character stands
    this.#expression = new RegExp(`^(?:${source})$`, flags.replace('m', ''));
    this.#reachesBeyondAscii = flags.includes('i') || /[\u0080-\u{10ffff}]|^\.$|^\[\^|\\[WDSsPpux]/su.test(source);
  }

  has(codePoint: number): boolean {
    if (codePoint < ASCII) return (this.#table ?? this.#fillTable())[codePoint] === 1;
    let known = this.#known.get(codePoint);
    if (known === undefined) {
      known = this.#expression.test(String.fromCodePoint(codePoint));
      this.#known.set(codePoint, known);
    }
    return known;
  }

  /** For each character of ASCII, 1 where it is in the set; for all others together, whether one may be. */
  firsts(): Uint8Array {
    const firsts = new Uint8Array(ASCII + 1);
    firsts.set(this.#table ?? this.#fillTable());
    firsts[BEYOND_ASCII] = this.#reachesBeyondAscii ? 1 : 0;
    return firsts;
  }

  #fillTable(): Uint8Array {
    const table = new Uint8Array(ASCII);
    for (let code = 0; code < ASCII; code++) table[code] = this.#expression.test(String.fromCharCode(code)) ? 1 : 0;
    this.#table = table;
    return table;
  }
}
