/** `RUN --device=…`: a CDI device name and whether it must be there (BuildKit's `instructions/commands_rundevice.go`). */
import { EngineError } from '../base/errors.ts';
import { csvFields } from './csv-fields.ts';
import { parseBoolean } from './go-scalars.ts';
import { withSuggestion } from './suggestion.ts';

export interface Device {
  readonly name: string;
  readonly required: boolean;
}

/** Reads a device. The first field that is no option is the name. Throws `dockerfile` for fields that mean nothing. */
export function parseDevice(text: string): Device {
  let name = '';
  let required = false;
  for (const field of fieldsOf(text)) {
    const [key = '', ...parts] = field.split('=');
    const value = parts.length === 0 ? undefined : parts.join('=');
    switch (key.toLowerCase()) {
      case 'required':
        required = readRequired(key, value);
        break;
      case 'name':
        if (value !== undefined && name !== '') throw failure(`device name already set to ${name}`);
        name = value ?? firstName(name, field);
        break;
      default:
        if (name !== '' && value !== undefined) {
          throw failure(withSuggestion(`unexpected key '${key}' in '${field}'`, key, ['name', 'required']));
        }
        name = firstName(name, field);
    }
  }
  return { name, required };
}

function firstName(name: string, field: string): string {
  if (name !== '') throw failure(`invalid field '${field}' must be a key=value pair`);
  return field;
}

function readRequired(key: string, value: string | undefined): boolean {
  const required = value === undefined ? true : parseBoolean(value);
  if (required === undefined) throw failure(`invalid value for ${key}: ${value ?? ''}`);
  return required;
}

function fieldsOf(text: string): readonly string[] {
  try {
    return csvFields(text);
  } catch (error) {
    throw failure(`failed to parse csv devices: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failure(message: string): EngineError {
  return new EngineError('dockerfile', message);
}
