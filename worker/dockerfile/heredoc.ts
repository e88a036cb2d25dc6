/** Heredocs: `<<NAME` words that take the lines below an instruction as text (BuildKit's parser, `heredocFromMatch`). */
import type { HeredocFile } from './ast.ts';
import { expandWord, expandWords, type ExpandOptions } from './shell-words.ts';

/** A heredoc as its word announces it, before its lines are read. */
export type HeredocWord = Omit<HeredocFile, 'content'>;

const WORD = /^(\d*)<<(-?)([^<]*)$/;
const NO_VARIABLES = { lookup: () => undefined, keepUnset: true } satisfies ExpandOptions;

/**
 * The heredoc a word announces, undefined if it announces none. Quotes anywhere in the name say that its text is literal.
 * Throws `dockerfile` for a quote that is not closed.
 */
export function parseHeredocWord(word: string): HeredocWord | undefined {
  const match = WORD.exec(word);
  const [, descriptor = '', dash = '', rest = ''] = match ?? [];
  if (match === null || rest === '') return undefined;
  const [name, second] = expandWords(rest, NO_VARIABLES);
  if (name === undefined || second !== undefined) return undefined;
  const raw = expandWord(rest, { ...NO_VARIABLES, keepQuotes: true }).text;
  return {
    name,
    expand: countQuotes(name) === countQuotes(raw),
    chomp: dash === '-',
    fileDescriptor: descriptor === '' ? 0 : Number(descriptor),
  };
}

/** The heredocs a joined instruction line announces, in order. Throws `dockerfile` as {@link parseHeredocWord} does. */
export function heredocWordsOf(line: string): readonly HeredocWord[] {
  if (!line.includes('<<')) return [];
  return joinDetachedNames(wordsWithQuotes(line))
    .map(parseHeredocWord)
    .filter((heredoc) => heredoc !== undefined);
}

/** Blanks may stand between `<<` and the name; the two are one word then. */
function joinDetachedNames(words: readonly string[]): readonly string[] {
  return words.map((word, i) => (/^\d*<<-?$/.test(word) && i + 1 < words.length ? `${word} ${words[i + 1]!}` : word));
}

/** Words with quotes and escapes left on; a line that does not read as words (an open quote) has none, and so no heredoc. */
function wordsWithQuotes(line: string): readonly string[] {
  try {
    return expandWords(line, { ...NO_VARIABLES, keepQuotes: true, keepEscapes: true });
  } catch {
    return [];
  }
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, '').length;
}

/** As {@link parseHeredocWord}, for words of an instruction whose heredocs were read already: a faulty word is no heredoc. */
export function heredocWord(word: string): HeredocWord | undefined {
  try {
    return parseHeredocWord(word);
  } catch {
    return undefined;
  }
}

/** A heredoc's text as it is used: `<<-` takes the tabs at the start of each line away. */
export function heredocText(heredoc: HeredocFile): string {
  return heredoc.chomp ? heredoc.content.replace(/(^|\n)\t+/g, '$1') : heredoc.content;
}
