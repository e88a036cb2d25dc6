/** BusyBox's shell, as in the images of busybox and Alpine. */
import { strerror, type Errno } from '../../kernel/errno.ts';
import type { SourceKind } from '../source-text.ts';
import { describeExpectation, type SyntaxProblem } from '../syntax-problems.ts';
import { almquistQuoted } from '../quoting.ts';
import type { Dialect, MessageOrigin } from './dialect.ts';

/** A script given by `-c` is counted from line 0. */
const lineOf = (line: number, source: SourceKind): number => (source === 'command' ? line - 1 : line);

export const ash: Dialect = {
  name: 'ash',
  features: { substrings: true, ansiQuotes: true, ampersandRedirect: true, processSubstitution: true },
  prefix({ shellName, line, command, source }: MessageOrigin) {
    const place = command ?? (source === 'file' ? shellName : undefined);
    if (place === undefined) return `${shellName}: `;
    return `${shellName}: ${place === shellName ? '' : `${place}: `}line ${lineOf(line, source)}: `;
  },
  lineNumber: (line, source) => String(lineOf(line, source)),
  invocationError: (name, message) => `${name}: ${message}`,
  messages: {
    notFound: (name) => `${name}: not found`,
    notExecutable: (name, errno) => `${name}: ${errno === 'ENOENT' ? 'not found' : strerror(errno)}`,
    cannotOpen: (path, errno, creating) =>
      creating
        ? `can't create ${path}: ${errno === 'ENOENT' || errno === 'ENOTDIR' ? 'nonexistent directory' : reason(errno)}`
        : `can't open ${path}: ${errno === 'ENOENT' ? 'no such file' : reason(errno)}`,
    badDescriptor: (text, onto) => `dup2(${text},${onto}): Bad file descriptor`,
    readOnly: (name) => `${name}: is read only`,
    unset: (name) => `${name}: parameter not set`,
    divisionByZero: () => 'divide by zero',
    arithmeticSyntax: () => 'arithmetic syntax error',
    badNumber: (text) => `Illegal number: ${text}`,
    badSubstitution: () => 'syntax error: bad substitution',
    syntax: (problem) => `syntax error: ${describe(problem)}`,
    syntaxReport: (error) => [error.message],
  },
  statuses: { error: 2, unset: 2, redirection: 1, usage: 2 },
  strictSpecialBuiltins: true,
  multibyte: true,
  optionOrder: 'ubaCvxcsnmiIfe',
  quoteTraced: quoteIfNeeded,
};

function reason(errno: Errno): string {
  return strerror(errno);
}

function describe(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'unterminated-quote':
      return 'unterminated quoted string';
    case 'unterminated-backquote':
      return 'EOF in backquote substitution';
    case 'missing-brace':
      return "missing '}'";
    case 'loop-variable':
      return 'bad for loop variable';
    case 'unterminated-arithmetic':
      return "missing '))'";
    case 'unterminated-substitution':
      return 'unexpected end of file (expecting ")")';
    case 'unexpected':
      return `unexpected ${problem.token}${describeExpectation(problem)}`;
    case 'other':
      return problem.message;
  }
}

/** Quotes as ash's `set -x` does: everything but plain characters; an empty word stays empty. */
function quoteIfNeeded(word: string): string {
  return word === '' || word === ']' || /^[\w@+:,./^-]+$/.test(word) ? word : almquistQuoted(word);
}
