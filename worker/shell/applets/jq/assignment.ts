/** Assignments: `=`, `|=`, `+=` and the like. */
import type { Node } from './ast.ts';
import type { Evaluator } from './evaluator.ts';
import { isTruthy, type Json } from './json.ts';
import { OPERATORS } from './operators.ts';
import { deletePaths, getPath, updatePath } from './paths.ts';
import { each, forEach, PAUSE, type Pause, type Steps } from './pauses.ts';
import type { Scope } from './scope.ts';

/** What an assignment makes of the input: one result for each value on its right. */
export function* assign(evaluator: Evaluator, node: Node & { kind: 'assign' }, scope: Scope, input: Json): Steps<Json> {
  const { operator, left, right } = node;
  if (operator === '|=') {
    yield yield* update(evaluator, left, right, scope, input);
    return;
  }
  const operate = OPERATORS[operator.slice(0, -1)];
  yield* each(evaluator.values(right, scope, input), (value) =>
    assignValue(evaluator, node, operate, value, scope, input),
  );
}

function* assignValue(
  evaluator: Evaluator,
  { operator, left }: Node & { kind: 'assign' },
  operate: ((left: Json, right: Json) => Json) | undefined,
  value: Json,
  scope: Scope,
  input: Json,
): Steps<Json> {
  let result = input;
  yield* forEach(evaluator.paths(left, scope, input), (path) => {
    result = updatePath(result, path, (before) => {
      if (operator === '//=') return isTruthy(before) ? before : value;
      return operate === undefined ? value : operate(before, value);
    });
  });
  yield result;
}

function* update(
  evaluator: Evaluator,
  left: Node,
  right: Node,
  scope: Scope,
  input: Json,
): Generator<Pause, Json, undefined> {
  let result = input;
  const gone: Json[] = [];
  for (const path of evaluator.paths(left, scope, input)) {
    if (path === PAUSE) {
      yield PAUSE;
      continue;
    }
    const first = yield* firstValue(evaluator, right, scope, getPath(result, path));
    if (first === undefined) gone.push(path);
    else result = updatePath(result, path, () => first);
  }
  return gone.length === 0 ? result : deletePaths(result, gone);
}

function* firstValue(
  evaluator: Evaluator,
  node: Node,
  scope: Scope,
  input: Json,
): Generator<Pause, Json | undefined, undefined> {
  for (const value of evaluator.values(node, scope, input)) {
    if (value !== PAUSE) return value;
    yield PAUSE;
  }
  return undefined;
}
