/** The builtins that run their arguments themselves, keep paths, or reach outside the program. */
import type { FilterBuiltin } from './evaluator.ts';
import { JqError, isArray, type Json } from './json.ts';
import { getPath } from './paths.ts';

/** What builtins need of the program that runs them. */
export interface JqInputs {
  /** The next input; undefined at the end. */
  next(): Json | undefined;
  /** Writes to standard error. */
  debug(text: string): void;
  nowSeconds(): number;
}

/** Thrown by `halt` and `halt_error`. */
export class Halt extends Error {
  override readonly name = 'Halt';
  readonly status: number;
  /** What is told on standard error. */
  readonly value: Json | undefined;

  constructor(status: number, value?: Json) {
    super('halt');
    this.status = status;
    this.value = value;
  }
}

export function createFilterBuiltins(
  inputs: JqInputs,
  write: (value: Json) => string,
): ReadonlyMap<string, FilterBuiltin> {
  return new Map<string, FilterBuiltin>([
    ['empty/0', function* () {}],
    [
      'error/0',
      // eslint-disable-next-line require-yield -- a filter that only fails
      function* (_, __, ___, { value }) {
        throw new JqError(value);
      },
    ],
    [
      'error/1',
      function* (evaluator, [message], scope, { value }) {
        if (message !== undefined)
          for (const shown of evaluator.values(message, scope, value)) throw new JqError(shown);
        yield* [];
      },
    ],
    [
      'path/1',
      function* (evaluator, [filter], scope, input) {
        if (filter === undefined) return;
        for (const path of evaluator.paths(filter, scope, input.value)) yield { value: path, path: input.path && [] };
      },
    ],
    [
      'getpath/1',
      function* (evaluator, [path], scope, input) {
        if (path === undefined) return;
        for (const keys of evaluator.values(path, scope, input.value)) {
          if (!isArray(keys)) throw new JqError('Path must be specified as an array');
          yield { value: getPath(input.value, keys), path: input.path && [...input.path, ...keys] };
        }
      },
    ],
    ['recurse/0', (evaluator, _, scope, input) => evaluator.run({ kind: 'recurse' }, scope, input)],
    ...rangeBuiltins(),
    [
      'input/0',
      function* (_, __, ___, { path }) {
        const value = inputs.next();
        if (value === undefined) throw new JqError('No more inputs');
        yield { value, path: path && [] };
      },
    ],
    [
      'inputs/0',
      function* (_, __, ___, { path }) {
        for (let value = inputs.next(); value !== undefined; value = inputs.next()) yield { value, path: path && [] };
      },
    ],
    [
      'debug/0',
      function* (_, __, ___, input) {
        inputs.debug(`["DEBUG:",${write(input.value)}]\n`);
        yield input;
      },
    ],
    [
      'stderr/0',
      function* (_, __, ___, input) {
        inputs.debug(write(input.value));
        yield input;
      },
    ],
    [
      'now/0',
      function* (_, __, ___, { path }) {
        yield { value: inputs.nowSeconds(), path: path && [] };
      },
    ],
    [
      'halt/0',
      // eslint-disable-next-line require-yield -- it ends the program
      function* () {
        throw new Halt(0);
      },
    ],
    [
      'halt_error/1',
      function* (evaluator, [status], scope, { value }) {
        if (status !== undefined)
          for (const code of evaluator.values(status, scope, value)) throw new Halt(Number(code), value);
        yield* [];
      },
    ],
  ]);
}

function rangeBuiltins(): [string, FilterBuiltin][] {
  const range: FilterBuiltin = function* (evaluator, args, scope, { value, path }) {
    const [first, second, third] = args;
    const zero: readonly Json[] = [0];
    const one: readonly Json[] = [1];
    const valuesOf = (node: typeof first, missing: readonly Json[]): readonly Json[] =>
      node === undefined ? missing : [...evaluator.values(node, scope, value)];
    const [froms, ends] =
      second === undefined ? [zero, valuesOf(first, zero)] : [valuesOf(first, zero), valuesOf(second, zero)];
    for (const from of froms) {
      for (const end of ends) {
        for (const step of valuesOf(third, one)) {
          if (typeof from !== 'number' || typeof end !== 'number' || typeof step !== 'number')
            throw new JqError('Range bounds must be numeric');
          if (step > 0) for (let at = from; at < end; at += step) yield { value: at, path: path && [] };
          else if (step < 0) for (let at = from; at > end; at += step) yield { value: at, path: path && [] };
        }
      }
    }
  };
  return ['range/1', 'range/2', 'range/3'].map((key) => [key, range]);
}
