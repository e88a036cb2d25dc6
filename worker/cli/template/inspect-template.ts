/** `--format` of the inspect commands (docker/cli `inspect.TemplateInspector`). */
import { isEngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Template } from './execution.ts';
import { typedValue, untypedValue } from './go-json.ts';
import type { StructType } from './go-type.ts';
import { execute } from './walk.ts';

/**
 * The template's text for one object, without the newline that Docker adds. It sees the object as the client's type has it;
 * where that fails it is tried once more on the bare JSON, in which a missing member is an error. `docker volume inspect`
 * has no bare JSON at hand (`bare` false). Throws `invalid-argument` with Go's message, to which Docker puts
 * `template parsing error: `.
 */
export function executeOnObject(template: Template, type: StructType, object: JsonValue, bare = true): string {
  try {
    return execute(template, typedValue(type, object));
  } catch (error) {
    if (!bare || !isEngineError(error, 'invalid-argument')) throw error;
    return execute(template, untypedValue(object), 'error');
  }
}
