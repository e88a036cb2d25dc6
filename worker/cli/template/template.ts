/**
 * Go templates (text/template of Go 1.24), for `--format`. Parse once, execute on any number of values:
 *
 *     const template = parseTemplate('{{.ID}}: {{json .Labels}}');
 *     execute(template, value);
 *
 * Left out: complex numbers, and functions as values.
 */
import { BUILTINS } from './builtins.ts';
import { DOCKER_FUNCTIONS } from './docker-functions.ts';
import type { FunctionMap, Template } from './execution.ts';
import { parseLists } from './parser.ts';

interface ParseOptions {
  /** Functions besides Go's own; Docker's unless told otherwise. */
  readonly functions?: FunctionMap;
  /** What messages call the template; Docker's templates have no name. */
  readonly name?: string;
}

/**
 * Parses a template. Throws `invalid-argument` with Go's message, such as `template: :1: unclosed action`, to which Docker
 * puts `template parsing error: `.
 */
export function parseTemplate(text: string, { functions = DOCKER_FUNCTIONS, name = '' }: ParseOptions = {}): Template {
  const known: FunctionMap = new Map([...BUILTINS, ...functions]);
  return { name, text, lists: parseLists(name, text, (called) => known.has(called)), functions: known };
}

/** The same template with other functions of the same names, as for the header of a table. */
export function withFunctions(template: Template, functions: FunctionMap): Template {
  return { ...template, functions: new Map([...template.functions, ...functions]) };
}
