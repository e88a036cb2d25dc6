/** Syntax errors as ash, dash and bash tell them apart, made from what unbash reports. */
import type { ParseError } from 'unbash';

/** What is wrong with a text, as far as the shells tell it apart. */
export type SyntaxProblem =
  | { readonly kind: 'unterminated-quote'; readonly quote: string }
  | {
      readonly kind:
        | 'unterminated-backquote'
        | 'unterminated-substitution'
        | 'unterminated-arithmetic'
        | 'missing-brace'
        | 'loop-variable';
    }
  | {
      readonly kind: 'unexpected';
      /** As ash and dash show it: `"fi"`, `end of file`, `newline`, `word`, `redirection`. */
      readonly token: string;
      /** The token itself. */
      readonly text: string;
      /** What closes the construct that is open; undefined when no single token would do. */
      readonly expected?: string;
    }
  | { readonly kind: 'other'; readonly message: string };

/** A problem with its offset in the text. */
export interface PlacedProblem {
  readonly problem: SyntaxProblem;
  readonly offset: number;
}

const CLOSERS: Readonly<Record<string, string>> = {
  if: 'fi',
  for: 'done',
  while: 'done',
  until: 'done',
  case: ';;',
  select: 'done',
};
const RESERVED = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|\{|\}|!)(?![\w-])/;
const OPERATOR = /^(?:;;&|;;|;&|&&|\|\||<<-|<<|>>|<&|>&|<>|>\||[;&|()<>])/;

/** A parser's error as the shells would see it. `together` are all errors at its place. */
export function problemOf(source: string, first: ParseError, together: readonly ParseError[]): SyntaxProblem {
  const { message } = first;
  const quote = /^unterminated (double|single) quote/.exec(message)?.[1];
  if (quote !== undefined) return { kind: 'unterminated-quote', quote: quote === 'double' ? '"' : "'" };
  if (message === 'unterminated parameter expansion') return { kind: 'missing-brace' };
  if (message === 'unterminated arithmetic expansion') return { kind: 'unterminated-arithmetic' };
  if (message === 'unterminated backtick') return { kind: 'unterminated-backquote' };
  if (message === 'unterminated command substitution') return { kind: 'unterminated-substitution' };
  const expected = expectationOf(together);
  const withExpected = expected === undefined ? {} : { expected };
  const isEmptyAtEnd = message === 'expected command in brace group' && /^\{\s*$/.test(source.slice(first.pos));
  const rest = isEmptyAtEnd ? '' : source.slice(first.pos).replace(/^(?:[ \t]|\\\n)+/, '');
  if (/^\s*(?:#[^\n]*\s*)*$/.test(rest)) {
    return {
      kind: 'unexpected',
      token: 'end of file',
      text: message === 'expected redirect target' ? 'newline' : '',
      ...withExpected,
    };
  }
  if (rest.startsWith('\n')) return { kind: 'unexpected', token: 'newline', text: 'newline', ...withExpected };
  const taken = /^expected '(?:in|do)'/.test(message) && !RESERVED.test(rest);
  // unbash has taken the word that was not expected.
  if (taken)
    return {
      kind: 'unexpected',
      token: 'word',
      text: /(\S+)\s*$/.exec(source.slice(0, first.pos))?.[1] ?? '',
      ...withExpected,
    };
  const token = RESERVED.exec(rest)?.[0] ?? OPERATOR.exec(rest)?.[0];
  if (token === undefined)
    return { kind: 'unexpected', token: 'word', text: /^[^\s;&|<>()]+/.exec(rest)?.[0] ?? '', ...withExpected };
  return {
    kind: 'unexpected',
    token: /^[<>]/.test(token) ? 'redirection' : `"${token}"`,
    text: token,
    ...withExpected,
  };
}

/** What unbash's messages say is missing, in the words of ash. */
function expectationOf(errors: readonly ParseError[]): string | undefined {
  for (const { message } of errors) {
    const closes = /^expected '(.+)' to close '?([^']+)/.exec(message);
    if (closes !== null && !errors.some((error) => error.message === "expected 'do'"))
      return CLOSERS[closes[2] ?? ''] ?? closes[1];
    if (/^expected '(?:then|do|in)'/.test(message)) return /'(\w+)'/.exec(message)?.[1];
  }
  return undefined;
}

/** ` (expecting "fi")`, or nothing. */
export function describeExpectation(problem: Extract<SyntaxProblem, { kind: 'unexpected' }>): string {
  return problem.expected === undefined ? '' : ` (expecting "${problem.expected}")`;
}
