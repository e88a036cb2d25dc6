/** The Debian Almquist shell: /bin/sh of Debian and Ubuntu. */
import { strerror, type Errno } from '../../kernel/errno.ts';
import { describeExpectation, type SyntaxProblem } from '../syntax-problems.ts';
import type { Dialect } from './dialect.ts';

export const dash: Dialect = {
  name: 'dash',
  features: { shortCircuit: true, substitutionInheritsErrexit: true },
  prefix: ({ shellName, line, command }) => `${shellName}: ${line}: ${command === undefined ? '' : `${command}: `}`,
  lineNumber: () => '',
  invocationError: (name, message) => `${name}: 0: ${message}`,
  messages: {
    notFound: (name) => `${name}: not found`,
    notExecutable: (name, errno) => `${name}: ${errno === 'ENOENT' ? 'not found' : strerror(errno)}`,
    cannotOpen: (path, errno, creating) =>
      creating ? `cannot create ${path}: ${createReason(errno)}` : `cannot open ${path}: ${openReason(errno)}`,
    badDescriptor: (text) => `${text}: Bad file descriptor`,
    readOnly: (name) => `${name}: is read only`,
    unset: (name) => `${name}: parameter not set`,
    divisionByZero: (expression) => `arithmetic expression: division by zero: "${expression}"`,
    arithmeticSyntax: (expression, detail) => `arithmetic expression: ${detail}: "${expression}"`,
    badNumber: (text) => `Illegal number: ${text}`,
    badSubstitution: () => 'Bad substitution',
    syntax: (problem) => `Syntax error: ${describe(problem)}`,
    syntaxReport: (error) => [error.message],
  },
  statuses: { error: 2, unset: 2, redirection: 2, usage: 2 },
  strictSpecialBuiltins: true,
  multibyte: false,
  optionOrder: 'ubaCvxsnmiIfe',
  quoteTraced: (word) => word,
};

function createReason(errno: Errno): string {
  return errno === 'ENOENT' || errno === 'ENOTDIR' ? 'Directory nonexistent' : strerror(errno);
}

function openReason(errno: Errno): string {
  return errno === 'ENOENT' || errno === 'ENOTDIR' ? 'No such file' : strerror(errno);
}

function describe(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'unterminated-quote':
      return 'Unterminated quoted string';
    case 'unterminated-backquote':
      return 'EOF in backquote substitution';
    case 'missing-brace':
      return "Missing '}'";
    case 'loop-variable':
      return 'Bad for loop variable';
    case 'unterminated-arithmetic':
      return "Missing '))'";
    case 'unterminated-substitution':
      return 'end of file unexpected (expecting ")")';
    case 'unexpected':
      return `${problem.token} unexpected${describeExpectation(problem)}`;
    case 'other':
      return problem.message;
  }
}
