/** What `${x…}` can make of a value: removal, replacement, case, and bash's `@` transformations. */
import { unescapeText, type EscapeRules } from '../../applets/escapes.ts';
import { quoteForReuse } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import { UNCHARGED } from '../../regex/expression.ts';
import { matchesPattern, patternExpression } from './patterns.ts';

/** What `$'…'` knows, for `${x@E}`. */
const ANSI_RULES: EscapeRules = {
  octalNeedsZero: false,
  hexadecimal: true,
  escape: true,
  unicode: true,
  stop: false,
  quotes: true,
};

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function removeMatch(
  text: string,
  operator: '#' | '##' | '%' | '%%',
  pattern: string,
  extended: boolean,
): string {
  const shortest = operator.length === 1;
  if (operator.startsWith('#')) {
    const match = patternExpression(pattern, { anchor: 'start', shortest, extended }).find(text, UNCHARGED);
    return match === undefined ? text : text.slice(match[0].length);
  }
  return patternExpression(pattern, { anchor: 'end', shortest, extended }).find(text, UNCHARGED)?.[1] ?? text;
}

/** `${x/p/r}`, `//` for all, `/#` at the start, `/%` at the end. */
export function replaceMatches(
  text: string,
  operator: '/' | '//' | '/#' | '/%',
  pattern: string,
  replacement: (match: string) => string,
  extended: boolean,
): string {
  if (operator === '/#') {
    const match = patternExpression(pattern, { anchor: 'start', extended }).find(text, UNCHARGED);
    return match === undefined ? text : replacement(match[0]) + text.slice(match[0].length);
  }
  if (operator === '/%') {
    const before = patternExpression(pattern, { anchor: 'end', extended }).find(text, UNCHARGED)?.[1];
    return before === undefined ? text : before + replacement(text.slice(before.length));
  }
  if (pattern === '') return text;
  const finder = patternExpression(pattern, { anchor: 'none', extended });
  let out = '';
  let end = 0;
  for (const match of finder.findAll(text, UNCHARGED)) {
    if (match[0] === '') continue;
    out += text.slice(end, match.index) + replacement(match[0]);
    end = match.index + match[0].length;
    if (operator === '/') break;
  }
  return out + text.slice(end);
}

/** `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`: the first, or every, character that matches. */
export function changeCase(text: string, operator: '^' | '^^' | ',' | ',,', pattern: string): string {
  const change = (character: string): string => {
    if (!matchesPattern(character, pattern)) return character;
    return operator.startsWith('^') ? character.toUpperCase() : character.toLowerCase();
  };
  const [first = '', ...rest] = text;
  return change(first) + (operator.length === 2 ? rest.map(change) : rest).join('');
}

/** `${x~}`, `${x~~}`: the first, or every, letter in the other case. */
export function swapCase(text: string, every: boolean): string {
  const swap = (letter: string): string =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return every ? Array.from(text, swap).join('') : text.replace(/^./su, swap);
}

/** `${x@Q}` and the like. */
export function transform(shell: Shell, name: string, kind: string, text: string): string {
  switch (kind) {
    case 'Q':
      return quoteForReuse(text);
    case 'U':
      return text.toUpperCase();
    case 'u':
      return changeCase(text, '^', '?');
    case 'L':
      return text.toLowerCase();
    case 'E':
      return unescapeText(text, ANSI_RULES).text;
    case 'A':
      return assignmentStatement(shell, name, text);
    case 'a':
      return attributeLetters(shell, name);
    default:
      return text;
  }
}

function attributeLetters(shell: Shell, name: string): string {
  const variable = shell.variables.find(name.replace(/\[.*$/, ''));
  const array = variable?.elements === undefined ? '' : variable.associative === true ? 'A' : 'a';
  const flags = [
    variable?.integer === true && 'i',
    variable?.readOnly === true && 'r',
    variable?.exported === true && 'x',
  ];
  return array + flags.filter(Boolean).join('');
}

/** The statement that makes the variable again. */
function assignmentStatement(shell: Shell, name: string, text: string): string {
  const letters = attributeLetters(shell, name);
  return `${letters === '' ? '' : `declare -${letters} `}${name}=${quoteForReuse(text)}`;
}
