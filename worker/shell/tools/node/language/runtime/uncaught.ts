/** What Node prints of an error that nobody caught. */
import { isObject } from '../callable.ts';
import { inspect } from '../inspect/inspect.ts';
import type { Thrown, Value } from '../machine.ts';
import type { ParseProblem } from '../compile/program.ts';
import type { Realm } from '../realm.ts';
import { sourceExcerpt } from '../stack-trace.ts';

/** The place of an error that Node itself throws. */
const INTERNAL = 'node:internal/process\n    throw err;\n    ^\n';

export function uncaughtText(realm: Realm, { value, frame, site }: Thrown, version: string): string {
  const isInNode = frame?.callee.unit.name.startsWith('node:') === true;
  const excerpt = frame === undefined || isInNode ? INTERNAL : sourceExcerpt(frame.callee.unit, site);
  if (!isObject(value) || !realm.errors.has(value)) {
    const shown = typeof value === 'string' ? value : inspect(realm, value);
    if (isObject(value)) return `\n${excerpt}${shown}\n\nNode.js ${version}\n`;
    return `\n${excerpt}${shown}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)\n\nNode.js ${version}\n`;
  }
  return `${excerpt}\n${inspect(realm, value)}\n\nNode.js ${version}\n`;
}

/** A rejection without an error, as Node makes one of it. */
export function rejectionText(realm: Realm, reason: Value): string {
  return (
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was ' +
    `not handled with .catch(). The promise rejected with the reason "${typeof reason === 'string' ? reason : inspect(realm, reason)}".`
  );
}

export function parseProblemText({ unit, offset, length, message }: ParseProblem, version: string): string {
  return `${sourceExcerpt(unit, offset, length)}\nSyntaxError: ${message}\n\nNode.js ${version}\n`;
}
