/** GNU bash 5, not in POSIX mode. */
import { strerror } from '../../kernel/errno.ts';
import { encodeText } from '../../text.ts';
import type { SyntaxProblem } from '../syntax-problems.ts';
import { ansiQuotedBytes, singleQuoted } from '../quoting.ts';
import type { Dialect } from './dialect.ts';

export const bash: Dialect = {
  name: 'bash',
  features: {
    arrays: true,
    braceExpansion: true,
    processSubstitution: true,
    conditionalCommand: true,
    arithmeticCommand: true,
    substrings: true,
    bashParameters: true,
    ansiQuotes: true,
    hereStrings: true,
    extendedGlobs: true,
    ampersandRedirect: true,
    shortCircuit: true,
    arithmeticNounset: true,
  },
  prefix: ({ shellName, file, line, command }) =>
    `${file ?? shellName}: line ${line}: ${command === undefined ? '' : `${command}: `}`,
  invocationError: (name, message) => `${name}: ${message}`,
  lineNumber: (line) => String(line),
  messages: {
    notFound: (name) => (name.includes('/') ? `${name}: No such file or directory` : `${name}: command not found`),
    notExecutable: (name, errno, directory) => `${name}: ${directory ? 'Is a directory' : strerror(errno)}`,
    cannotOpen: (path, errno) => `${path}: ${strerror(errno)}`,
    badDescriptor: (text) => `${text}: Bad file descriptor`,
    readOnly: (name) => `${name}: readonly variable`,
    unset: (name) => `${name}: unbound variable`,
    divisionByZero: (expression) =>
      `${expression}: division by 0 (error token is "${/[^/%]*$/.exec(expression)?.[0] ?? ''}")`,
    arithmeticSyntax: (expression, detail) => `${expression}: ${detail}`,
    badNumber: (text) => `${text}: numeric argument required`,
    badSubstitution: (text) => `${text}: bad substitution`,
    syntax: describe,
    syntaxReport: (error) =>
      error.message.startsWith('syntax error near') ? [error.message, `\`${error.sourceLine}'`] : [error.message],
  },
  statuses: { error: 1, unset: 127, redirection: 1, usage: 1 },
  strictSpecialBuiltins: false,
  multibyte: true,
  optionOrder: 'abefhmnuvxBCEHPTcsi',
  quoteTraced: quoteIfNeeded,
};

function describe(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'unterminated-quote':
      return `unexpected EOF while looking for matching \`${problem.quote}'`;
    case 'unterminated-backquote':
      return "unexpected EOF while looking for matching ``'";
    case 'unterminated-substitution':
    case 'unterminated-arithmetic':
      return "unexpected EOF while looking for matching `)'";
    case 'missing-brace':
      return "unexpected EOF while looking for matching `}'";
    case 'loop-variable':
      return 'syntax error: bad for loop variable';
    case 'unexpected':
      if (problem.token === 'end of file' && problem.text !== 'newline') return 'syntax error: unexpected end of file';
      return `syntax error near unexpected token \`${problem.text}'`;
    case 'other':
      return `syntax error: ${problem.message}`;
  }
}

/** Quotes as bash's `set -x` does: words with special characters, and the empty one. */
function quoteIfNeeded(word: string): string {
  if (word === "'") return "\\'";
  // Without a locale, what is not ASCII is not printable.
  const plainBytes = encodeText(word).every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10);
  if (!plainBytes) return ansiQuotedBytes(word);
  const special = word === '' || /[\s'"\\|&;()<>!{}*[\]?^$`]|^[#~]|[=:]~/.test(word);
  return special ? singleQuoted(word) : word;
}
