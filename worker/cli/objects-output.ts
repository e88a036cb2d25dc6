/** `--format` of commands that tell of one thing alone (`info`, `version`). */
import { isEngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { CliError } from './command.ts';
import { typedValue } from './template/go-json.ts';
import { ANY, structField, structType } from './template/go-type.ts';
import { parseTemplate } from './template/template.ts';
import { execute } from './template/walk.ts';

const TEMPLATE_STATUS = 64;

/** What a template knows of the object besides its content: its Go type, and how errors call the template. */
interface ObjectKind {
  readonly typeName: string;
  readonly templateName?: string;
}

/** The text of a template for an object, with a newline. Throws {@link CliError} for a template that cannot be used. */
export function formatObject(
  format: string,
  object: Readonly<Record<string, JsonValue>>,
  { typeName, templateName }: ObjectKind,
): string {
  const type = structType(
    typeName,
    Object.keys(object).map((name) => structField(name, ANY)),
  );
  const text = format === 'json' ? '{{json .}}' : format;
  const template = told(TEMPLATE_STATUS, 'template parsing error: ', () =>
    parseTemplate(text, templateName === undefined ? {} : { name: templateName }),
  );
  return told(1, '\n', () => `${execute(template, typedValue(type, object))}\n`);
}

function told<R>(status: number, prefix: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`${prefix}${error.message}`, status);
  }
}
