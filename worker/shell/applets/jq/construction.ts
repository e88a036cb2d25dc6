/** What is made of several values: texts with expressions inside, and objects. */
import type { Node } from './ast.ts';
import type { Evaluator } from './evaluator.ts';
import { formatText } from './formats.ts';
import { JqError, writeJson, type Json } from './json.ts';
import { each, type Steps } from './pauses.ts';
import type { Scope } from './scope.ts';

/** Texts with expressions inside: one for each combination of their values. */
export function* makeText(
  evaluator: Evaluator,
  node: Node & { kind: 'text' },
  scope: Scope,
  input: Json,
  position: number,
  text: string,
): Steps<Json> {
  const part = node.parts[position];
  if (part === undefined) yield text;
  else if (typeof part === 'string') yield* makeText(evaluator, node, scope, input, position + 1, text + part);
  else {
    yield* each(evaluator.values(part, scope, input), (value) => {
      const plain = typeof value === 'string' ? value : writeJson(value);
      const shown = node.format === undefined ? plain : formatText(node.format, value);
      return makeText(evaluator, node, scope, input, position + 1, text + shown);
    });
  }
}

/** Objects: one for each combination of the values of their keys and values. */
export function* makeObject(
  evaluator: Evaluator,
  entries: (Node & { kind: 'object' })['entries'],
  scope: Scope,
  input: Json,
  position = 0,
  made: readonly (readonly [string, Json])[] = [],
): Steps<Json> {
  const first = entries[position];
  if (first === undefined) {
    yield new Map(made);
    return;
  }
  yield* each(evaluator.values(first.key, scope, input), (key) => {
    if (typeof key !== 'string') throw new JqError('Object keys must be strings');
    return each(evaluator.values(first.value, scope, input), (value) =>
      makeObject(evaluator, entries, scope, input, position + 1, [...made, [key, value]]),
    );
  });
}
