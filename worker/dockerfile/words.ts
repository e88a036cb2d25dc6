/** Splitting an instruction's text into words that keep their quotes (BuildKit's `parseWords`, and its split at blanks). */
import { isSpace } from './go-space.ts';

const BLANKS = /[\t\v\f\r ]+/;

/** Splits at blanks, quotes or not. A text that is empty has no words. */
export function splitAtBlanks(text: string): readonly string[] {
  return text === '' ? [] : text.split(BLANKS);
}

/** Splits off the first word: all behind the blanks that follow is the second part, undefined where no blanks are. */
export function cutAtBlanks(text: string): readonly [string, string | undefined] {
  const match = BLANKS.exec(text);
  if (match === null) return [text, undefined];
  return [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

/** Splits at blanks outside quotes. Quotes and escapes stay; an escape at the very end is dropped. */
export function splitWords(text: string, escape: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let quoted = false;
  const finish = (): void => {
    if (quoted || word !== '') words.push(word);
    word = '';
    quoted = false;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote === '' && isSpace(text.charCodeAt(i))) {
      finish();
      continue;
    }
    if (char === escape && quote !== "'") {
      const next = text.codePointAt(i + 1);
      if (next === undefined) continue;
      const escaped = String.fromCodePoint(next);
      word += char + escaped;
      i += escaped.length;
      continue;
    }
    if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) {
      quote = char;
      quoted = true;
    }
    word += char;
  }
  finish();
  return words;
}
