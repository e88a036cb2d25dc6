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
  text = withClassName(text, name);
  if (!text.includes('\n    at ') && !text.startsWith('[')) text = `[${text}]`;
  if (inspector.indentation > 0) text = text.replaceAll('\n', `\n${' '.repeat(inspector.indentation)}`);
  const rest = keys.filter((key) => !isTold(error, key, text));
  const hidden = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key) && !rest.includes(key));
  return { whole: text, rest: [...rest, ...hidden] };
}

/** A stack was written when the error was made: it begins with the name of its class, where it does not tell that otherwise. */
function withClassName(text: string, name: string | undefined): string {
  if (name === undefined || name === 'Error' || text.includes(name)) return text;
  return text.replace(/^[A-Za-z]*Error(?=:|\n|$)/, name);
}

/** `name`, `message` and `stack` are in the text already. */
function isTold(error: Obj, key: PropertyKey, text: string): boolean {
  if (key !== 'name' && key !== 'message' && key !== 'stack') return false;
  const value = error[key];
  return isObject(value) || text.includes(String(value));
}
