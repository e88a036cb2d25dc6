/** The words of a template, as Go's text/template tells them apart. */
import { quoteGo } from '../format/go-quote.ts';

export type Keyword =
  '.' | 'block' | 'break' | 'continue' | 'define' | 'else' | 'end' | 'if' | 'nil' | 'range' | 'template' | 'with';

export type TokenKind =
  | Keyword
  | 'text'
  | 'left-delimiter'
  | 'right-delimiter'
  | 'space'
  | 'bool'
  | 'character'
  | 'character-constant'
  | 'complex'
  | 'number'
  | 'string'
  | 'raw-string'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'pipe'
  | 'assign'
  | 'declare'
  | 'left-paren'
  | 'right-paren'
  | 'error'
  | 'end-of-text';

export interface Token {
  readonly kind: TokenKind;
  /** The word as written; of an error, its message. */
  readonly text: string;
  /** Where it starts, in UTF-16 units of the whole template. */
  readonly position: number;
  /** The line it starts on, from 1. */
  readonly line: number;
}

export const KEYWORDS: ReadonlySet<string> = new Set<Keyword>([
  '.',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);

/** Beyond so many characters a message shows only the start of a word. */
const SHOWN = 10;

/** The token as error messages show it. */
export function tokenText(token: Token): string {
  if (token.kind === 'end-of-text') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (KEYWORDS.has(token.kind)) return `<${token.text}>`;
  if (token.text.length > SHOWN) return `${quoteGo([...token.text].slice(0, SHOWN).join(''))}...`;
  return quoteGo(token.text);
}
