/** What `echo` prints, in the ways of the programs of this name. */
import { unescapeText, type EscapeRules } from './escapes.ts';

const RULES: EscapeRules = {
  octalNeedsZero: true,
  hexadecimal: true,
  escape: true,
  unicode: false,
  stop: true,
  quotes: false,
};

/** The text for some words. busybox, coreutils and bash know -n, -e and -E; dash knows -n, and always reads escapes. */
export function echoText(words: readonly string[], kind: 'busybox' | 'bash' | 'gnu' | 'dash'): string {
  let newline = true;
  let escapes = kind === 'dash';
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!(kind === 'dash' ? /^-n$/ : /^-[neE]+$/).test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
    if (kind === 'dash') {
      at++;
      break;
    }
  }
  const text = words.slice(at).join(' ');
  const end = newline ? '\n' : '';
  if (!escapes) return text + end;
  const rules: EscapeRules =
    kind === 'dash'
      ? { ...RULES, octalNeedsZero: 'optional', hexadecimal: false }
      : { ...RULES, unicode: kind === 'bash' };
  const read = unescapeText(text, rules);
  return read.stopped ? read.text : read.text + end;
}
