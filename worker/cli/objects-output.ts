/** `--format` of commands that tell of one thing alone (`info`, `version`). */
import { isEngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { CliError } from './command.ts';
import { untypedValue } from './template/go-json.ts';
import { parseTemplate } from './template/template.ts';
import { execute } from './template/walk.ts';

const TEMPLATE_STATUS = 64;

/** The text of a template for an object, with a newline. */
export function formatObject(format: string, object: JsonValue): string {
  try {
    return `${execute(parseTemplate(format === 'json' ? '{{json .}}' : format), untypedValue(object))}\n`;
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`template parsing error: ${error.message}`, TEMPLATE_STATUS);
  }
}
