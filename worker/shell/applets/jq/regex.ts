/** `match` and `test`: expressions of Oniguruma, whose common part JavaScript shares. */
import { Expression, UNCHARGED, type Match } from '../../regex/expression.ts';
import { JqError, typeOf, type Json } from './json.ts';
import { shortText } from './paths.ts';

const FLAGS: Readonly<Record<string, string>> = { g: 'g', i: 'i', x: '', s: 's', n: '', l: '', p: 's' };

/** The matches of an expression, as `match` shows them; only whether there is one for `test`. Throws {@link JqError}. */
export function matchText(value: Json, expression: Json, flags: Json, test: boolean): Json {
  if (typeof value !== 'string')
    throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be matched, as it is not a string`);
  const [source, options] = Array.isArray(expression)
    ? [String(expression[0]), expression[1] ?? flags]
    : [expression, flags];
  if (typeof source !== 'string')
    throw new JqError(`${typeOf(expression)} (${shortText(expression)}) cannot be matched, as it is not a string`);
  const letters = typeof options === 'string' ? options : '';
  const regex = compile(source, letters);
  const first = regex.find(value, UNCHARGED);
  if (test) return first !== undefined;
  const once = first === undefined ? [] : [first];
  const matches = letters.includes('g') ? [...regex.findAll(value, UNCHARGED)] : once;
  return matches.filter((match) => !letters.includes('n') || match[0] !== '').map((match) => describe(value, match));
}

function compile(source: string, letters: string): Expression {
  const unknown = [...letters].find((letter) => !(letter in FLAGS));
  if (unknown !== undefined) throw new JqError(`${letters} is not a valid modifier string`);
  const spaced = letters.includes('x')
    ? source.replace(/\\.|\s+|#.*$/gm, (part) => (part.startsWith('\\') ? part : ''))
    : source;
  const translated = spaced
    .replace(/\(\?i\)/g, '')
    .replace(/\\h/g, '[0-9a-fA-F]')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\[\[:(alpha|digit|alnum|upper|lower|space|punct):\]\]/g, (_, name: string) => CLASSES[name] ?? '');
  const insensitive = letters.includes('i') || /\(\?i\)/.test(spaced) ? 'i' : '';
  const flags = `dgu${insensitive}${/[sp]/.test(letters) ? 's' : ''}`;
  try {
    return new Expression(translated, flags);
  } catch {
    try {
      return new Expression(translated, flags.replace('u', ''));
    } catch {
      throw new JqError(`${source} (at offset 0) is not a valid regex`);
    }
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '[A-Za-z]', digit: '[0-9]', alnum: '[A-Za-z0-9]', upper: '[A-Z]', lower: '[a-z]', space: '\\s',
  punct: '[!-/:-@\\[-`{-~]',
}; // prettier-ignore

/** Places count code points. */
function describe(text: string, match: Match): Json {
  const count = (part: string): number => [...part].length;
  const start = match.index;
  const names = Object.keys(match.groups ?? {});
  let nextName = 0;
  const captures = Array.from(match)
    .slice(1)
    .map((group, i): Json => {
      const [from] = match.indices?.[i + 1] ?? [-1];
      const named = names[nextName];
      const isNamed = named !== undefined && match.groups?.[named] === group;
      if (isNamed) nextName++;
      return new Map<string, Json>([
        ['offset', group === undefined ? -1 : count(text.slice(0, from))],
        ['length', group === undefined ? 0 : count(group)],
        ['string', group ?? null],
        ['name', isNamed ? named : null],
      ]);
    });
  return new Map<string, Json>([
    ['offset', count(text.slice(0, start))],
    ['length', count(match[0])],
    ['string', match[0]],
    ['captures', captures],
  ]);
}
