/** GNU bash 5, not in POSIX mode. */
import { strerror } from '../../kernel/errno.ts';
import type { SyntaxProblem } from '../parsing.ts';
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
  },
  prefix: ({ shellName, line, command }) =>
    `${shellName}: line ${line}: ${command === undefined ? '' : `${command}: `}`,
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
    case 'missing-brace':
      return "unexpected EOF while looking for matching `}'";
    case 'unexpected':
      if (problem.token === 'end of file') return 'syntax error: unexpected end of file';
      return `syntax error near unexpected token \`${problem.text}'`;
    case 'other':
      return `syntax error: ${problem.message}`;
  }
}

/** Quotes as bash's `set -x` does: words with special characters, and the empty one. */
function quoteIfNeeded(word: string): string {
  if (/[\u0000-\u001f\u007f]/.test(word) && !/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/.test(word))
    return `$'${escapeAnsi(word)}'`;
  if (word !== '' && /^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function escapeAnsi(word: string): string {
  return word.replace(/[\\'\u0000-\u001f\u007f]/g, (character) => {
    const known: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', "'": "\\'", '\\': '\\\\' };
    return known[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
}
