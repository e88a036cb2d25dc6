/** The builtins that run their arguments themselves, keep paths, or reach outside the program. */
import type { FilterBuiltin } from './evaluator.ts';
import { JqError, isArray, type Json } from './json.ts';
import { collect, forEach, mapped, type Pause } from './pauses.ts';
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
        if (message === undefined) return;
        yield* forEach(evaluator.values(message, scope, value), (shown) => {
          throw new JqError(shown);
        });
      },
    ],
    [
      'path/1',
      function* (evaluator, [filter], scope, input) {
        if (filter === undefined) return;
        yield* mapped(evaluator.paths(filter, scope, input.value), (path) => ({ value: path, path: input.path && [] }));
      },
    ],
    [
      'getpath/1',
      function* (evaluator, [path], scope, input) {
        if (path === undefined) return;
        yield* mapped(evaluator.values(path, scope, input.value), (keys) => {
          if (!isArray(keys)) throw new JqError('Path must be specified as an array');
          return { value: getPath(input.value, keys), path: input.path && [...input.path, ...keys] };
        });
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
        if (status === undefined) return;
        yield* forEach(evaluator.values(status, scope, value), (code) => {
          throw new Halt(Number(code), value);
        });
      },
    ],
  ]);
}

function rangeBuiltins(): [string, FilterBuiltin][] {
  const range: FilterBuiltin = function* (evaluator, args, scope, { value, path }) {
    const [first, second, third] = args;
    const zero: readonly Json[] = [0];
    const one: readonly Json[] = [1];
    const valuesOf = function* (node: typeof first, missing: readonly Json[]): Generator<Pause, readonly Json[]> {
      return node === undefined ? missing : yield* collect(evaluator.values(node, scope, value));
    };
    const given = yield* valuesOf(first, zero);
    const [froms, ends] = second === undefined ? [zero, given] : [given, yield* valuesOf(second, zero)];
    for (const from of froms) {
      for (const end of ends) {
        for (const step of yield* valuesOf(third, one)) {
          if (typeof from !== 'number' || typeof end !== 'number' || typeof step !== 'number')
            throw new JqError('Range bounds must be numeric');
          yield* mapped(evaluator.counted(from, end, step), (at) => ({ value: at, path: path && [] }));
        }
      }
    }
  };
  return ['range/1', 'range/2', 'range/3'].map((key) => [key, range]);
}
