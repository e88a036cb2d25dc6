/**
 * Runs jq programs: a filter is a generator of outputs. Each output carries the path it was reached by, where paths are wanted
 * (`path(f)`, assignments), so that one walk of the tree serves both.
 */
import type { Definition, Node } from './ast.ts';
import { bindPattern, namesOf } from './destructuring.ts';
import { formatText } from './formats.ts';
import { isArray, isObject, isTruthy, JqError, typeOf, writeJson, type Json } from './json.ts';
import { OPERATORS } from './operators.ts';
import { deletePaths, getPath, indexValue, shortText, sliceValue, updatePath } from './paths.ts';
import { Break, findLabel, ROOT, UndefinedFunction, type Scope } from './scope.ts';

/** Undefined where paths are not wanted. */
type Path = readonly Json[] | undefined;
export interface Output {
  readonly value: Json;
  readonly path: Path;
}
export type Outputs = Generator<Output, void, undefined>;

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
  readonly #step: () => void;
  readonly globals: ReadonlyMap<string, Json>;

  /** `step` is called for each operation; `globals` are the values of `$name` known from the start. */
  constructor(builtins: Builtins, globals: ReadonlyMap<string, Json>, step: () => void) {
    this.#builtins = builtins;
    this.globals = globals;
    this.#step = step;
  }

  /** The values a filter gives. */
  *values(node: Node, scope: Scope, value: Json): Generator<Json, void, undefined> {
    for (const output of this.run(node, scope, { value, path: undefined })) yield output.value;
  }

  *paths(node: Node, scope: Scope, value: Json): Generator<readonly Json[], void, undefined> {
    for (const { path } of this.run(node, scope, { value, path: [] })) if (path !== undefined) yield path;
  }

  *run(node: Node, scope: Scope, input: Output): Outputs {
    this.#step();
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
        for (const output of this.run(node.left, scope, input)) yield* this.run(node.right, scope, output);
        return;
      case 'comma':
        yield* this.run(node.left, scope, input);
        yield* this.run(node.right, scope, input);
        return;
      case 'if':
        for (const test of this.values(node.test, scope, input.value))
          yield* this.run(isTruthy(test) ? node.yes : node.no, scope, input);
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
        for (const value of this.#assign(node, scope, input.value)) yield made(value, input);
        return;
      default:
        for (const value of this.#compute(node, scope, input.value)) yield made(value, input);
    }
  }

  /** What has no path of its own. */
  *#compute(node: Node, scope: Scope, input: Json): Generator<Json, void, undefined> {
    switch (node.kind) {
      case 'variable':
        yield this.#variable(node.name, scope);
        return;
      case 'format':
        yield formatText(node.format, input);
        return;
      case 'text':
        yield* this.#text(node, scope, input, 0, '');
        return;
      case 'array':
        yield node.items === undefined ? [] : [...this.values(node.items, scope, input)];
        return;
      case 'object':
        yield* this.#object(node.entries, scope, input);
        return;
      case 'negate':
        for (const value of this.values(node.of, scope, input)) {
          if (typeof value !== 'number') throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be negated`);
          yield -value;
        }
        return;
      case 'and':
      case 'or':
        for (const left of this.values(node.left, scope, input)) {
          if (isTruthy(left) === (node.kind === 'or')) yield node.kind === 'or';
          else for (const right of this.values(node.right, scope, input)) yield isTruthy(right);
        }
        return;
      case 'operator': {
        const operate = OPERATORS[node.operator];
        for (const right of this.values(node.right, scope, input))
          for (const left of this.values(node.left, scope, input))
            if (operate !== undefined) yield operate(left, right);
        return;
      }
      default:
    }
  }

  *#access(node: Node & { kind: 'index' | 'slice' | 'iterate' }, scope: Scope, input: Output): Outputs {
    for (const { value, path } of this.run(node.of, scope, input)) {
      if (node.kind === 'index') {
        for (const key of this.values(node.key, scope, input.value))
          yield { value: indexValue(value, key), path: path && [...path, key] };
      } else if (node.kind === 'slice') {
        const bounds = (bound: Node | undefined): Iterable<Json> =>
          bound === undefined ? [null] : this.values(bound, scope, input.value);
        for (const to of bounds(node.to)) {
          for (const from of bounds(node.from)) {
            const key: Json = new Map([
              ['start', from],
              ['end', to],
            ]);
            yield { value: sliceValue(value, from, to), path: path && [...path, key] };
          }
        }
      } else {
        yield* children({ value, path });
      }
    }
  }

  *#try({ body, handler }: Node & { kind: 'try' }, scope: Scope, input: Output): Outputs {
    const outputs = this.run(body, scope, input);
    for (;;) {
      let next: IteratorResult<Output, void>;
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
        if (!isTruthy(output.value)) continue;
        found = true;
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
    for (const value of this.values(source, scope, input.value)) {
      for (const [i, pattern] of patterns.entries()) {
        try {
          for (const inner of bindPattern(this, pattern, value, base, input.value)) yield* this.run(body, inner, input);
          break;
        } catch (error) {
          if (!(error instanceof JqError) || i === patterns.length - 1) throw error;
        }
      }
    }
  }

  *#reduce({ source, pattern, start, update }: Node & { kind: 'reduce' }, scope: Scope, input: Output): Outputs {
    for (const first of this.run(start, scope, input)) {
      let state: Output | undefined = first;
      for (const item of this.values(source, scope, input.value)) {
        for (const inner of bindPattern(this, pattern, item, scope, input.value)) {
          let next: Output | undefined;
          for (const output of this.run(update, inner, state ?? made(null, input))) next = output;
          state = next;
        }
      }
      yield state ?? made(null, input);
    }
  }

  *#foreach(node: Node & { kind: 'foreach' }, scope: Scope, input: Output): Outputs {
    for (const first of this.run(node.start, scope, input)) {
      let state = first;
      for (const item of this.values(node.source, scope, input.value)) {
        for (const inner of bindPattern(this, node.pattern, item, scope, input.value)) {
          for (const output of this.run(node.update, inner, state)) {
            state = output;
            yield* this.run(node.extract, inner, output);
          }
        }
      }
    }
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
    for (const value of this.values(last, scope, input.value))
      yield* this.#applyPlain(plain, args.slice(0, -1), [value, ...given], scope, input);
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
    for (const value of this.values(argument, caller, input.value)) {
      const bound: Scope = { kind: 'variable', name, value, outer: defined };
      yield* rest({ kind: 'filter', name, body: { kind: 'literal', value }, scope: ROOT, outer: bound });
    }
  }

  *#assign({ operator, left, right }: Node & { kind: 'assign' }, scope: Scope, input: Json): Generator<Json, void> {
    if (operator === '|=') {
      yield this.#update(left, right, scope, input);
      return;
    }
    const operate = OPERATORS[operator.slice(0, -1)];
    for (const value of this.values(right, scope, input)) {
      let result = input;
      for (const path of this.paths(left, scope, input)) {
        result = updatePath(result, path, (before) => {
          if (operator === '//=') return isTruthy(before) ? before : value;
          return operate === undefined ? value : operate(before, value);
        });
      }
      yield result;
    }
  }

  #update(left: Node, right: Node, scope: Scope, input: Json): Json {
    let result = input;
    const gone: Json[] = [];
    for (const path of this.paths(left, scope, input)) {
      const [first] = this.#firstValue(right, scope, getPath(result, path));
      if (first === undefined) gone.push(path);
      else result = updatePath(result, path, () => first);
    }
    return gone.length === 0 ? result : deletePaths(result, gone);
  }

  #firstValue(node: Node, scope: Scope, input: Json): readonly Json[] {
    for (const value of this.values(node, scope, input)) return [value];
    return [];
  }

  *#text(
    node: Node & { kind: 'text' },
    scope: Scope,
    input: Json,
    position: number,
    text: string,
  ): Generator<Json, void> {
    const part = node.parts[position];
    if (part === undefined) yield text;
    else if (typeof part === 'string') yield* this.#text(node, scope, input, position + 1, text + part);
    else {
      for (const value of this.values(part, scope, input)) {
        const shown =
          node.format === undefined
            ? typeof value === 'string'
              ? value
              : writeJson(value)
            : formatText(node.format, value);
        yield* this.#text(node, scope, input, position + 1, text + shown);
      }
    }
  }

  *#object(
    entries: (Node & { kind: 'object' })['entries'],
    scope: Scope,
    input: Json,
    position = 0,
    made: readonly (readonly [string, Json])[] = [],
  ): Generator<Json, void> {
    const first = entries[position];
    if (first === undefined) {
      yield new Map(made);
      return;
    }
    for (const key of this.values(first.key, scope, input)) {
      if (typeof key !== 'string') throw new JqError('Object keys must be strings');
      for (const value of this.values(first.value, scope, input))
        yield* this.#object(entries, scope, input, position + 1, [...made, [key, value]]);
    }
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
  if (isArray(input.value) || isObject(input.value)) for (const child of children(input)) yield* recurse(child);
}
