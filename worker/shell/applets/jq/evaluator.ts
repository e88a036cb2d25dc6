/**
 * Runs jq programs: a filter is a generator of outputs. Each output carries the path it was reached by, where paths are wanted
 * (`path(f)`, assignments), so that one walk of the tree serves both.
 */
import type { Definition, Node, Pattern } from './ast.ts';
import { assign } from './assignment.ts';
import { makeObject, makeText } from './construction.ts';
import { bindPattern, namesOf } from './destructuring.ts';
import { formatText } from './formats.ts';
import { isArray, isObject, isTruthy, JqError, typeOf, type Json } from './json.ts';
import { OPERATORS } from './operators.ts';
import { collect, each, forEach, mapped, PAUSE, type Pause, type Steps } from './pauses.ts';
import { indexValue, shortText, sliceValue } from './paths.ts';
import { Break, findLabel, ROOT, UndefinedFunction, type Scope } from './scope.ts';

/** Undefined where paths are not wanted. */
type Path = readonly Json[] | undefined;
export interface Output {
  readonly value: Json;
  readonly path: Path;
}
export type Outputs = Steps<Output>;

/** A builtin of values alone: it gets the input and one value of each argument. */
export type PlainBuiltin = (input: Json, ...args: readonly Json[]) => Json;
/** A builtin that runs its arguments itself. */
export type FilterBuiltin = (evaluator: Evaluator, args: readonly Node[], scope: Scope, input: Output) => Outputs;

export interface Builtins {
  readonly plain: ReadonlyMap<string, PlainBuiltin>;
  readonly filters: ReadonlyMap<string, FilterBuiltin>;
  readonly definitions: ReadonlyMap<string, Definition>;
}

export class Evaluator {
  readonly #builtins: Builtins;
  readonly #step: () => boolean;
  readonly globals: ReadonlyMap<string, Json>;

  /** `step` is called for each operation, and says when it is time to pause; `globals` are the values of `$name` known from the start. */
  constructor(builtins: Builtins, globals: ReadonlyMap<string, Json>, step: () => boolean) {
    this.#builtins = builtins;
    this.globals = globals;
    this.#step = step;
  }

  /** The values a filter gives. */
  values(node: Node, scope: Scope, value: Json): Steps<Json> {
    return mapped(this.run(node, scope, { value, path: undefined }), (output) => output.value);
  }

  paths(node: Node, scope: Scope, value: Json): Steps<readonly Json[]> {
    return mapped(this.run(node, scope, { value, path: [] }), ({ path }) => path ?? []);
  }

  /** The numbers from one up, or down, to another, which is left out. */
  *counted(from: number, to: number, step: number): Steps<number> {
    if (step === 0) return;
    for (let at = from; step > 0 ? at < to : at > to; at += step) {
      if (this.#step()) yield PAUSE;
      yield at;
    }
  }

  *run(node: Node, scope: Scope, input: Output): Outputs {
    if (this.#step()) yield PAUSE;
    switch (node.kind) {
      case 'identity':
        yield input;
        return;
      case 'recurse':
        yield* recurse(input);
        return;
      case 'literal':
        yield made(node.value, input);
        return;
      case 'index':
      case 'slice':
      case 'iterate':
        yield* this.#access(node, scope, input);
        return;
      case 'pipe':
        yield* each(this.run(node.left, scope, input), (output) => this.run(node.right, scope, output));
        return;
      case 'comma':
        yield* this.run(node.left, scope, input);
        yield* this.run(node.right, scope, input);
        return;
      case 'if':
        yield* each(this.values(node.test, scope, input.value), (test) =>
          this.run(isTruthy(test) ? node.yes : node.no, scope, input),
        );
        return;
      case 'try':
        yield* this.#try(node, scope, input);
        return;
      case 'alternative':
        yield* this.#alternative(node.left, node.right, scope, input);
        return;
      case 'bind':
        yield* this.#bindAll(node, scope, input);
        return;
      case 'reduce':
        yield* this.#reduce(node, scope, input);
        return;
      case 'foreach':
        yield* this.#foreach(node, scope, input);
        return;
      case 'label':
        yield* this.#label(node.name, node.body, scope, input);
        return;
      case 'break':
        throw new Break(findLabel(node.name, scope));
      case 'define':
        yield* this.run(node.body, { kind: 'function', definition: node.definition, outer: scope }, input);
        return;
      case 'call':
        yield* this.#call(node, scope, input);
        return;
      case 'assign':
        yield* mapped(assign(this, node, scope, input.value), (value) => made(value, input));
        return;
      default:
        yield* mapped(this.#compute(node, scope, input.value), (value) => made(value, input));
    }
  }

  /** What has no path of its own. */
  *#compute(node: Node, scope: Scope, input: Json): Steps<Json> {
    switch (node.kind) {
      case 'variable':
        yield this.#variable(node.name, scope);
        return;
      case 'format':
        yield formatText(node.format, input);
        return;
      case 'text':
        yield* makeText(this, node, scope, input, 0, '');
        return;
      case 'array':
        yield node.items === undefined ? [] : yield* collect(this.values(node.items, scope, input));
        return;
      case 'object':
        yield* makeObject(this, node.entries, scope, input);
        return;
      case 'negate':
        yield* mapped(this.values(node.of, scope, input), (value) => {
          if (typeof value !== 'number') throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be negated`);
          return -value;
        });
        return;
      case 'and':
      case 'or':
        yield* each(this.values(node.left, scope, input), (left): Iterable<Json | Pause> => {
          if (isTruthy(left) === (node.kind === 'or')) return [node.kind === 'or'];
          return mapped(this.values(node.right, scope, input), isTruthy);
        });
        return;
      case 'operator': {
        const operate = OPERATORS[node.operator];
        if (operate === undefined) return;
        yield* each(this.values(node.right, scope, input), (right) =>
          mapped(this.values(node.left, scope, input), (left) => operate(left, right)),
        );
        return;
      }
      default:
    }
  }

  #access(node: Node & { kind: 'index' | 'slice' | 'iterate' }, scope: Scope, input: Output): Outputs {
    return each(this.run(node.of, scope, input), ({ value, path }): Iterable<Output | Pause> => {
      if (node.kind === 'iterate') return children({ value, path });
      if (node.kind === 'index')
        return mapped(this.values(node.key, scope, input.value), (key) => ({
          value: indexValue(value, key),
          path: path && [...path, key],
        }));
      const bounds = (bound: Node | undefined): Iterable<Json | Pause> =>
        bound === undefined ? [null] : this.values(bound, scope, input.value);
      return each(bounds(node.to), (to) =>
        mapped(bounds(node.from), (from) => {
          const key: Json = new Map([
            ['start', from],
            ['end', to],
          ]);
          return { value: sliceValue(value, from, to), path: path && [...path, key] };
        }),
      );
    });
  }

  *#try({ body, handler }: Node & { kind: 'try' }, scope: Scope, input: Output): Outputs {
    const outputs = this.run(body, scope, input);
    for (;;) {
      let next: IteratorResult<Output | Pause, void>;
      try {
        next = outputs.next();
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        if (handler !== undefined) yield* this.run(handler, scope, made(error.value, input));
        return;
      }
      if (next.done === true) return;
      // what the rest of the program does with an output is not tried
      yield next.value;
    }
  }

  *#alternative(left: Node, right: Node, scope: Scope, input: Output): Outputs {
    let found = false;
    try {
      for (const output of this.run(left, scope, input)) {
        if (output !== PAUSE && !isTruthy(output.value)) continue;
        found ||= output !== PAUSE;
        yield output;
      }
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
    }
    if (!found) yield* this.run(right, scope, input);
  }

  *#bindAll({ source, patterns, body }: Node & { kind: 'bind' }, scope: Scope, input: Output): Outputs {
    const names = patterns.length > 1 ? patterns.flatMap(namesOf) : [];
    const base = names.reduce<Scope>((outer, name) => ({ kind: 'variable', name, value: null, outer }), scope);
    yield* each(this.values(source, scope, input.value), (value) =>
      this.#bindFirst(patterns, value, base, body, input),
    );
  }

  /** Binds the first of the patterns with which the body does not fail. */
  *#bindFirst(patterns: readonly Pattern[], value: Json, base: Scope, body: Node, input: Output): Outputs {
    for (const [i, pattern] of patterns.entries()) {
      try {
        yield* each(bindPattern(this, pattern, value, base, input.value), (inner) => this.run(body, inner, input));
        return;
      } catch (error) {
        if (!(error instanceof JqError) || i === patterns.length - 1) throw error;
      }
    }
  }

  /** The scopes for each value of `source`, bound to a pattern. */
  #bindings(node: Node & { kind: 'reduce' | 'foreach' }, scope: Scope, input: Json): Steps<Scope> {
    return each(this.values(node.source, scope, input), (item) => bindPattern(this, node.pattern, item, scope, input));
  }

  #reduce(node: Node & { kind: 'reduce' }, scope: Scope, input: Output): Outputs {
    return each(this.run(node.start, scope, input), (start) => this.#reduceFrom(node, scope, input, start));
  }

  *#reduceFrom(node: Node & { kind: 'reduce' }, scope: Scope, input: Output, start: Output): Outputs {
    let state: Output | undefined = start;
    for (const inner of this.#bindings(node, scope, input.value)) {
      if (inner === PAUSE) {
        yield PAUSE;
        continue;
      }
      const before: Output = state ?? made(null, input);
      let next: Output | undefined;
      yield* forEach(this.run(node.update, inner, before), (output) => {
        next = output;
      });
      state = next;
    }
    yield state ?? made(null, input);
  }

  #foreach(node: Node & { kind: 'foreach' }, scope: Scope, input: Output): Outputs {
    return each(this.run(node.start, scope, input), (start) => {
      let state = start;
      return each(this.#bindings(node, scope, input.value), (inner) =>
        each(this.run(node.update, inner, state), (output) => {
          state = output;
          return this.run(node.extract, inner, output);
        }),
      );
    });
  }

  *#label(name: string, body: Node, scope: Scope, input: Output): Outputs {
    const token = {};
    try {
      yield* this.run(body, { kind: 'label', name, token, outer: scope }, input);
    } catch (error) {
      if (!(error instanceof Break) || error.token !== token) throw error;
    }
  }

  *#call({ name, args }: Node & { kind: 'call' }, scope: Scope, input: Output): Outputs {
    for (let at = scope; at.kind !== 'root'; at = at.outer) {
      if (at.kind === 'filter' && at.name === name && args.length === 0) {
        yield* this.run(at.body, at.scope, input);
        return;
      }
      const parameters = at.kind === 'function' && at.definition.name === name ? at.definition.parameters : undefined;
      if (at.kind !== 'function' || parameters?.length !== args.length) continue;
      yield* this.#apply(at.definition, at, args, scope, input);
      return;
    }
    const key = `${name}/${args.length}`;
    const filter = this.#builtins.filters.get(key);
    const plain = this.#builtins.plain.get(key);
    const definition = this.#builtins.definitions.get(key);
    if (filter !== undefined) yield* filter(this, args, scope, input);
    else if (plain !== undefined) yield* this.#applyPlain(plain, args, [], scope, input);
    else if (definition !== undefined) yield* this.#apply(definition, ROOT, args, scope, input);
    else throw new UndefinedFunction(key);
  }

  *#applyPlain(
    plain: PlainBuiltin,
    args: readonly Node[],
    given: readonly Json[],
    scope: Scope,
    input: Output,
  ): Outputs {
    const last = args.at(-1);
    if (last === undefined) {
      yield made(plain(input.value, ...given), input);
      return;
    }
    yield* each(this.values(last, scope, input.value), (value) =>
      this.#applyPlain(plain, args.slice(0, -1), [value, ...given], scope, input),
    );
  }

  /** Runs a function with its parameters bound one after the other: values in turn, filters as they are. */
  *#apply(
    { parameters, body }: Definition,
    defined: Scope,
    args: readonly Node[],
    caller: Scope,
    input: Output,
    position = 0,
  ): Outputs {
    const parameter = parameters[position];
    const argument = args[position];
    if (parameter === undefined || argument === undefined) {
      yield* this.run(body, defined, input);
      return;
    }
    const rest = (outer: Scope): Outputs =>
      this.#apply({ name: '', parameters, body }, outer, args, caller, input, position + 1);
    if (!parameter.startsWith('$')) {
      yield* rest({ kind: 'filter', name: parameter, body: argument, scope: caller, outer: defined });
      return;
    }
    const name = parameter.slice(1);
    yield* each(this.values(argument, caller, input.value), (value) => {
      const bound: Scope = { kind: 'variable', name, value, outer: defined };
      return rest({ kind: 'filter', name, body: { kind: 'literal', value }, scope: ROOT, outer: bound });
    });
  }

  #variable(name: string, scope: Scope): Json {
    for (let at = scope; at.kind !== 'root'; at = at.outer)
      if (at.kind === 'variable' && at.name === name) return at.value;
    const value = this.globals.get(name);
    if (value === undefined) throw new UndefinedFunction(`$${name}`);
    return value;
  }
}

/** A value that was made, not reached: it has no path. */
function made(value: Json, { path }: Output): Output {
  return { value, path: path && [] };
}

function* children({ value, path }: Output): Outputs {
  if (isArray(value)) {
    for (const [i, item] of value.entries()) yield { value: item, path: path && [...path, i] };
  } else if (isObject(value)) {
    for (const [key, item] of value) yield { value: item, path: path && [...path, key] };
  } else {
    throw new JqError(`Cannot iterate over ${typeOf(value)}${value === null ? '' : ` (${shortText(value)})`}`);
  }
}

function* recurse(input: Output): Outputs {
  yield input;
  if (isArray(input.value) || isObject(input.value)) yield* each(children(input), recurse);
}
