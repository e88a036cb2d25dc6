/** Upper and lower case, lines and tabs of texts, as Python has them. */

export function titled(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());
}

export function capitalised(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

export function swapCase(text: string): string {
  return [...text].map((sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join('');
}

export function isTitle(text: string): boolean {
  return /\p{L}/u.test(text) && titled(text) === text;
}

export function splitLines(text: string, keepsEnds: boolean): string[] {
  const lines =
    text.match(
      // eslint-disable-next-line no-control-regex -- these characters are what is meant
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  // eslint-disable-next-line no-control-regex -- these characters are what is meant
  return keepsEnds ? lines : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

export function expandTabs(text: string, size: number): string {
  let column = 0;
  let out = '';
  for (const sign of text) {
    if (sign === '\t') {
      const blanks = size <= 0 ? 0 : size - (column % size);
      out += ' '.repeat(blanks);
      column += blanks;
    } else {
      out += sign;
      column = sign === '\n' || sign === '\r' ? 0 : column + 1;
    }
  }
  return out;
}
