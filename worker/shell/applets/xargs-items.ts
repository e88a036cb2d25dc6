/** How `xargs` takes its input apart. */

/** Words with quotes and backslashes, whole lines (-I), or what NULs part (-0). */
export type ItemForm = 'words' | 'lines' | 'nul';

/** The items of a text up to `end`, an item that stands for the end of input; or what is wrong with it. */
export function splitItems(
  text: string,
  form: ItemForm,
  end: string | undefined,
): { readonly items: string[]; readonly problem?: string } {
  if (form === 'nul') {
    const items = text.split('\0');
    if (items.at(-1) === '') items.pop();
    return { items };
  }
  const items: string[] = [];
  const scanner = new ItemScanner(text, form === 'words');
  for (;;) {
    const item = scanner.next();
    if (typeof item === 'object') return { items, problem: item.problem };
    if (item === undefined || (end !== undefined && end !== '' && item === end)) return { items };
    items.push(item);
  }
}

/** Reads item after item. Blanks part words; newlines part lines, whose leading blanks do not count. */
class ItemScanner {
  readonly #text: string;
  readonly #blanksPart: boolean;
  #at = 0;

  constructor(text: string, blanksPart: boolean) {
    this.#text = text;
    this.#blanksPart = blanksPart;
  }

  next(): string | { readonly problem: string } | undefined {
    while (/[ \t\n\v\f\r]/.test(this.#text[this.#at] ?? 'x')) this.#at++;
    if (this.#at >= this.#text.length) return undefined;
    let item = '';
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined || character === '\n' || (this.#blanksPart && /[ \t]/.test(character))) return item;
      if (character === '\\') item += this.#text[this.#at++] ?? '';
      else if (character === '"' || character === "'") {
        const close = this.#text.indexOf(character, this.#at);
        const line = this.#text.slice(this.#at, close === -1 ? undefined : close);
        if (close === -1 || line.includes('\n'))
          return { problem: `unmatched ${character === "'" ? 'single' : 'double'} quote` };
        item += line;
        this.#at = close + 1;
      } else item += character;
    }
  }
}
