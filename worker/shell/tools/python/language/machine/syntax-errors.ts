/** A text that is no Python, as the exception a program gets. */
import { Tuple } from '../objects/containers.ts';
import { raised, type Raised } from '../objects/exceptions.ts';
import type { SyntaxProblem } from '../syntax/syntax-problem.ts';

export function syntaxError(problem: SyntaxProblem, file: string, source: string): Raised {
  const { line, column, endLine, endColumn } = problem.at;
  const text = source.split('\n')[line - 1] ?? '';
  const place = new Tuple([file, line, column + 1, `${text}\n`, endLine, endColumn + 1]);
  const error = raised(problem.type, problem.message, place);
  const { attributes } = error.exception;
  attributes.set('msg', problem.message);
  attributes.set('filename', file);
  attributes.set('lineno', line);
  attributes.set('offset', column + 1);
  attributes.set('text', `${text}\n`);
  attributes.set('end_lineno', endLine);
  attributes.set('end_offset', endColumn + 1);
  return error;
}
