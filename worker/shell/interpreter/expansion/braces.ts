/** Brace expansion (bash): textual, before every other expansion. */

const MAX_RESULTS = 100_000;

/** The words a word's text stands for; just itself when it has no braces to expand. */
export function expandBraces(text: string): string[] {
  const open = findExpandable(text);
  if (open === undefined) return [text];
  const { start, end, parts } = open;
  const before = text.slice(0, start);
  const after = expandBraces(text.slice(end + 1));
  const results: string[] = [];
  for (const part of parts) {
    for (const inner of expandBraces(part)) for (const rest of after) results.push(before + inner + rest);
    if (results.length > MAX_RESULTS) return [text];
  }
  return results;
}

interface Braces {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
}

/** The first brace that has a comma or a sequence inside; `${` does not count. */
function findExpandable(text: string): Braces | undefined {
  for (let start = 0; start < text.length; start = skipQuoted(text, start)) {
    if (text[start] === '$' && text[start + 1] === '{') {
      start = closingBrace(text, start + 1)?.end ?? start + 1;
      continue;
    }
    if (text[start] !== '{') continue;
    const found = closingBrace(text, start);
    if (found === undefined) continue;
    const parts = found.commas.length > 0 ? splitAt(text, start, found) : sequence(text.slice(start + 1, found.end));
    if (parts !== undefined) return { start, end: found.end, parts };
  }
  return undefined;
}

function splitAt(text: string, start: number, { end, commas }: { end: number; commas: readonly number[] }): string[] {
  const cuts = [start, ...commas, end];
  return cuts.slice(1).map((cut, index) => text.slice((cuts[index] ?? 0) + 1, cut));
}

function closingBrace(text: string, open: number): { end: number; commas: number[] } | undefined {
  const commas: number[] = [];
  let depth = 0;
  for (let at = open; at < text.length; at = skipQuoted(text, at)) {
    const character = text[at];
    if (character === '{') depth++;
    else if (character === ',' && depth === 1) commas.push(at);
    else if (character === '}' && --depth === 0) return { end: at, commas };
  }
  return undefined;
}

/** Index of the next character to look at: quotes and what they enclose are passed over. */
function skipQuoted(text: string, at: number): number {
  const character = text[at];
  if (character === '\\') return at + 2;
  if (character !== "'" && character !== '"' && character !== '`') return at + 1;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\' && character !== "'") end++;
    else if (text[end] === character) return end + 1;
  }
  return text.length;
}

/** `1..5`, `a..e`, `01..10..2`. */
function sequence(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (numbers !== null) {
    const [, first = '', last = '', step] = numbers;
    const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
    const width = padded ? Math.max(first.length, last.length) : 0;
    return steps(Number(first), Number(last), Number(step ?? 1)).map((value) => pad(value, width));
  }
  if (letters === null) return undefined;
  const [, first = '', last = '', step] = letters;
  return steps(first.charCodeAt(0), last.charCodeAt(0), Number(step ?? 1)).map((code) => String.fromCharCode(code));
}

function steps(first: number, last: number, step: number): number[] {
  const by = Math.max(1, Math.abs(step)) * (first <= last ? 1 : -1);
  const count = Math.min(Math.floor(Math.abs(last - first) / Math.abs(by)) + 1, MAX_RESULTS);
  return Array.from({ length: count }, (_, index) => first + index * by);
}

function pad(value: number, width: number): string {
  const sign = value < 0 ? '-' : '';
  return sign + String(Math.abs(value)).padStart(width - sign.length, '0');
}
