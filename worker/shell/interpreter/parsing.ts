/**
 * Parsing with unbash, and what a shell says of text that does not parse. A shell reads and runs one complete line of
 * commands after another, so what stands before a syntax error still runs: `parseScript` gives such lines one by one.
 */
import { parse, type ParseError, type Statement } from 'unbash';

/** What is wrong with a text, as far as the shells tell it apart. */
export type SyntaxProblem =
  | { readonly kind: 'unterminated-quote'; readonly quote: string }
  | { readonly kind: 'missing-brace' }
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

/** A text, and where its lines begin. */
export class SourceText {
  readonly text: string;
  readonly fromCommandLine: boolean;
  readonly #firstLine: number;
  #lineStarts: readonly number[] | undefined;

  /** `firstLine` is the number of its first line. */
  constructor(text: string, fromCommandLine: boolean, firstLine = 1) {
    this.text = text;
    this.fromCommandLine = fromCommandLine;
    this.#firstLine = firstLine;
  }

  /** Line number of an offset. */
  lineAt(offset: number): number {
    this.#lineStarts ??= [0, ...[...this.text.matchAll(/\n/g)].map((match) => match.index + 1)];
    let low = 0;
    let high = this.#lineStarts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + this.#firstLine;
  }

  /** The text of the line an offset lies in. */
  lineTextAt(offset: number): string {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end === -1 ? undefined : end);
  }
}

/** The commands of one or more whole lines that a shell reads before it runs them. */
export interface ParsedScript {
  readonly statements: readonly Statement[];
  /** The first thing wrong, which the shell meets after `statements`. */
  readonly error?: { readonly problem: SyntaxProblem; readonly offset: number };
}

/** Parses a text. Statements on the line of an error, or behind it, are left out. */
export function parseScript(source: string): ParsedScript {
  const script = parse(source);
  const [first] = script.errors ?? [];
  if (first === undefined) return { statements: script.commands };
  const errors = (script.errors ?? []).filter((error) => error.pos === first.pos);
  const before = script.commands.filter(
    (statement) => statement.end <= first.pos && statement.end < lineGroupStart(source, script.commands, first.pos),
  );
  return { statements: before, error: { problem: problemOf(source, first, errors), offset: first.pos } };
}

/** Where the group of statements begins that a shell reads together with the text at `offset`. */
function lineGroupStart(source: string, statements: readonly Statement[], offset: number): number {
  let start = 0;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i];
    if (statement === undefined || statement.pos > offset) break;
    const previousEnd = statements[i - 1]?.end ?? 0;
    if (source.slice(previousEnd, statement.pos).includes('\n')) start = statement.pos;
    if (statement.end <= offset && source.slice(statement.end, offset).includes('\n'))
      start = Math.max(start, statement.end + 1);
  }
  return start;
}

const CLOSERS: Readonly<Record<string, string>> = {
  if: 'fi',
  for: 'done',
  while: 'done',
  until: 'done',
  case: 'esac',
  select: 'done',
};
const RESERVED = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|\{|\}|!)(?![\w-])/;
const OPERATOR = /^(?:;;&|;;|;&|&&|\|\||<<-|<<|>>|<&|>&|<>|>\||[;&|()<>])/;

function problemOf(source: string, first: ParseError, together: readonly ParseError[]): SyntaxProblem {
  const quote = /^unterminated (double|single) quote/.exec(first.message)?.[1];
  if (quote !== undefined) return { kind: 'unterminated-quote', quote: quote === 'double' ? '"' : "'" };
  if (first.message === 'unterminated parameter expansion') return { kind: 'missing-brace' };
  const expected = expectationOf(together);
  if (first.message === 'unterminated command substitution') return endOfFile(')');
  const rest = source.slice(first.pos).replace(/^(?:[ \t]|\\\n)+/, '');
  if (/^\s*(?:#[^\n]*\s*)*$/.test(rest)) return endOfFile(expected);
  const token = RESERVED.exec(rest)?.[0] ?? OPERATOR.exec(rest)?.[0];
  const withExpected = expected === undefined ? {} : { expected };
  if (rest.startsWith('\n')) return { kind: 'unexpected', token: 'newline', text: 'newline', ...withExpected };
  if (token === undefined)
    return { kind: 'unexpected', token: 'word', text: /^\S+/.exec(rest)?.[0] ?? '', ...withExpected };
  const redirection = /^[<>]/.test(token);
  return { kind: 'unexpected', token: redirection ? 'redirection' : `"${token}"`, text: token, ...withExpected };
}

function endOfFile(expected: string | undefined): SyntaxProblem {
  return { kind: 'unexpected', token: 'end of file', text: '', ...(expected === undefined ? {} : { expected }) };
}

/** What unbash's messages say is missing, in the words of ash. */
function expectationOf(errors: readonly ParseError[]): string | undefined {
  for (const { message } of errors) {
    const closes = /^expected '(.+)' to close '?([^']+)/.exec(message);
    if (closes !== null && !errors.some((error) => error.message === "expected 'do'"))
      return CLOSERS[closes[2] ?? ''] ?? closes[1];
    if (/^expected '(then|do)'/.test(message)) return /'(.+)'/.exec(message)?.[1];
  }
  return undefined;
}

/** ` (expecting "fi")`, or nothing. */
export function describeExpectation(problem: Extract<SyntaxProblem, { kind: 'unexpected' }>): string {
  return problem.expected === undefined ? '' : ` (expecting "${problem.expected}")`;
}
