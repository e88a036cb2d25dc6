/** `inspect` of any kind of object: as indented JSON, as JSON in a line, or through a template. */
import { isEngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { CliError } from './command.ts';
import type { CliContext } from './context.ts';
import { encodeGoJson, typedValue } from './template/go-json.ts';
import type { Template } from './template/execution.ts';
import type { StructType } from './template/go-type.ts';
import { executeOnObject } from './template/inspect-template.ts';
import { parseTemplate } from './template/template.ts';

/** An object, with the type templates see it as. */
export interface InspectedObject {
  readonly type: StructType;
  readonly object: JsonValue;
}

/** Status for a template that does not parse. */
const TEMPLATE_STATUS = 64;

/**
 * Looks names up and prints what was found; then tells of what was not, with status 1. `find` rejects with what the engine
 * says of a name, or with a {@link CliError}.
 */
export async function inspectObjects(
  context: CliContext,
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<InspectedObject>,
): Promise<number> {
  const template = format === '' || format === 'json' ? undefined : inspectTemplate(format);
  const found: InspectedObject[] = [];
  const problems: string[] = [];
  let text = '';
  for (const name of names) {
    try {
      const object = await find(name);
      if (template !== undefined) text += `${executeTemplate(template, object)}\n`;
      found.push(object);
    } catch (error) {
      problems.push(problemText(error));
    }
  }
  if (template !== undefined) await context.shell.out.write(text === '' ? '\n' : text);
  else await context.shell.out.write(format === 'json' ? jsonLine(found) : indentedJson(found));
  if (problems.length > 0) throw new CliError(problems.join('\n'));
  return 0;
}

function inspectTemplate(format: string): Template {
  try {
    return parseTemplate(format);
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`template parsing error: ${error.message}`, TEMPLATE_STATUS);
  }
}

function executeTemplate(template: Template, { type, object }: InspectedObject): string {
  try {
    return executeOnObject(template, type, object);
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`template parsing error: ${error.message}`);
  }
}

function problemText(error: unknown): string {
  if (error instanceof CliError) return error.message;
  if (!isEngineError(error) || error.code === 'internal' || error.code === 'cancelled') throw error;
  return `Error response from daemon: ${error.message}`;
}

function jsonLine(found: readonly InspectedObject[]): string {
  return `[${found.map(({ type, object }) => encodeGoJson(typedValue(type, object), true)).join(',')}]\n`;
}

/** Go's indenting keeps empty lists and maps on one line, as JSON.stringify does. */
function indentedJson(found: readonly InspectedObject[]): string {
  return `${JSON.stringify(
    found.map(({ object }) => object),
    undefined,
    4,
  )}\n`;
}
