/** What `as` takes apart: patterns of arrays and objects. */
import type { Pattern } from './ast.ts';
import type { Evaluator } from './evaluator.ts';
import { isArray, JqError, typeOf, type Json } from './json.ts';
import { each, type Steps } from './pauses.ts';
import { indexValue } from './paths.ts';
import type { Scope } from './scope.ts';

/** The scopes in which a pattern's names hold what they match. */
export function* bindPattern(
  evaluator: Evaluator,
  pattern: Pattern,
  value: Json,
  scope: Scope,
  input: Json,
): Steps<Scope> {
  if (pattern.kind === 'variable') {
    yield { kind: 'variable', name: pattern.name, value, outer: scope };
    return;
  }
  if (pattern.kind === 'array') {
    if (value !== null && !isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
    yield* bindEach(
      evaluator,
      pattern.items.map((item, i) => ({ pattern: item, value: value?.[i] ?? null })),
      scope,
      input,
    );
    return;
  }
  yield* bindEntries(evaluator, pattern.entries, value, scope, input);
}

function* bindEach(
  evaluator: Evaluator,
  parts: readonly { readonly pattern: Pattern; readonly value: Json }[],
  scope: Scope,
  input: Json,
): Steps<Scope> {
  const [first, ...others] = parts;
  if (first === undefined) yield scope;
  else
    yield* each(bindPattern(evaluator, first.pattern, first.value, scope, input), (inner) =>
      bindEach(evaluator, others, inner, input),
    );
}

function* bindEntries(
  evaluator: Evaluator,
  entries: (Pattern & { kind: 'object' })['entries'],
  value: Json,
  scope: Scope,
  input: Json,
): Steps<Scope> {
  const [first, ...others] = entries;
  if (first === undefined) {
    yield scope;
    return;
  }
  yield* each(evaluator.values(first.key, scope, input), (key) => {
    const part = indexValue(value, key);
    const named: Scope =
      first.name === undefined ? scope : { kind: 'variable', name: first.name, value: part, outer: scope };
    const inners = first.value === undefined ? [named] : bindPattern(evaluator, first.value, part, named, input);
    return each(inners, (inner) => bindEntries(evaluator, others, value, inner, input));
  });
}

/** The variables of a pattern. */
export function namesOf(pattern: Pattern): string[] {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(namesOf);
  return pattern.entries.flatMap(({ name, value }) => [
    ...(name === undefined ? [] : [name]),
    ...(value === undefined ? [] : namesOf(value)),
  ]);
}
