/** Errors as `util.inspect` shows them: their stack, with what else they carry behind it. */
import { isObject, type Obj } from '../callable.ts';
import { headOf } from '../stack-trace.ts';
import type { Inspector } from './inspect.ts';

/** The text of the error, and which of its properties are shown behind. */
export function errorText(
  inspector: Inspector,
  error: Obj,
  name: string | undefined,
  keys: readonly PropertyKey[],
): { readonly whole: string; readonly rest: readonly PropertyKey[] } {
  const { stack } = error;
  let text = typeof stack === 'string' && stack !== '' ? stack : `[${headOf(error)}]`;
  text = withClassName(text, error, name);
  if (!text.includes('\n    at ') && !text.startsWith('[')) text = `[${text}]`;
  if (inspector.indentation > 0) text = text.replaceAll('\n', `\n${' '.repeat(inspector.indentation)}`);
  const rest = keys.filter((key) => !isTold(error, key, text));
  const hidden = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key) && !rest.includes(key));
  return { whole: text, rest: [...rest, ...hidden] };
}

/** A stack was written when the error was made: the class may have another name than the error. */
function withClassName(text: string, error: Obj, name: string | undefined): string {
  const { name: own = 'Error' } = error;
  if (name === undefined || typeof own !== 'string') return text;
  if (text.startsWith(name) || !text.startsWith(own)) return text;
  return own === 'Error' || !name.includes(own)
    ? text.replace(own, own === 'Error' && name.endsWith('Error') ? name : `${own} [${name}]`)
    : text.replace(own, name);
}

/** `name`, `message` and `stack` are in the text already. */
function isTold(error: Obj, key: PropertyKey, text: string): boolean {
  if (key !== 'name' && key !== 'message' && key !== 'stack') return false;
  const value = error[key];
  return isObject(value) || text.includes(String(value));
}
