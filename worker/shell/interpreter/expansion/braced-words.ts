/** Brace expansion of parsed words. */
import { parse, type Word, type WordPart } from 'unbash';
import { ShellError } from '../failures.ts';
import { expandBraces } from './braces.ts';

const braced = new WeakMap<Word, readonly Word[]>();

/** The words brace expansion makes of one. */
export function bracedWords(word: Word): readonly Word[] {
  if (word.parts === undefined || !hasBraces(word.parts)) return [word];
  const known = braced.get(word);
  if (known !== undefined) return known;
  const words = expandBraces(word.text).flatMap((text) => (text === '' ? [] : [wordOf(text)]));
  braced.set(word, words);
  return words;
}

function hasBraces(parts: readonly WordPart[]): boolean {
  return parts.some(
    (part) => part.type === 'BraceExpansion' || (part.type === 'ExtendedGlob' && part.text.includes('{')),
  );
}

/** One word parsed from its text. */
function wordOf(text: string): Word {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  if (word?.type !== 'Word') throw new ShellError(`${text}: bad word`);
  return word;
}
