/** Puts the instructions of one code object together. */
import { hashKey, type HashKey } from '../objects/hashing.ts';
import { Float } from '../objects/containers.ts';
import type { Value } from '../objects/values.ts';
import type { Statement } from '../syntax/ast.ts';
import type { Code, CodeParameters, CodeSpan, Instruction } from './code.ts';
import type { Scope, ScopeTable } from './scopes.ts';

/** A place in the code that jumps lead to, known once it is reached. */
export interface Label {
  at: number;
  readonly jumps: number[];
}

/** What must be undone when control leaves a piece of code before its end. */
export type Enclosing =
  | { readonly kind: 'loop'; readonly again: Label; readonly end: Label; readonly hasIterator: boolean }
  | { readonly kind: 'try' }
  | { readonly kind: 'finally'; readonly body: readonly Statement[] }
  | { readonly kind: 'with' }
  | { readonly kind: 'handler'; readonly name: string | undefined };

export interface UnitDescription {
  readonly name: string;
  readonly qualifiedName: string;
  readonly firstLine: number;
  readonly kind: Code['kind'];
  readonly parameters: CodeParameters;
  readonly isCoroutine: boolean;
  readonly doc: string | undefined;
}

export class Unit {
  readonly scope: Scope;
  readonly scopes: ScopeTable;
  readonly file: string;
  readonly description: UnitDescription;
  /** From the outermost to the innermost. */
  enclosing: readonly Enclosing[] = [];
  /** The class whose private names (`__x`) are spelled with it. */
  readonly className: string | undefined;
  readonly #handlers: Instruction[] = [];
  readonly #operands: number[] = [];
  readonly #spans: CodeSpan[] = [];
  readonly #constants: Value[] = [];
  readonly #constantIndex = new Map<HashKey, number>();
  readonly #names: string[] = [];
  readonly #nameIndex = new Map<string, number>();
  readonly #inner: Code[] = [];
  readonly #locals: string[];
  readonly #cells: string[];
  readonly #free: string[];
  #span: CodeSpan;

  constructor(
    scope: Scope,
    scopes: ScopeTable,
    file: string,
    description: UnitDescription,
    className: string | undefined,
  ) {
    this.scope = scope;
    this.scopes = scopes;
    this.file = file;
    this.description = description;
    this.className = className;
    const { firstLine: line, parameters } = description;
    this.#span = { line, column: 0, endLine: line, endColumn: 0 };
    this.#cells = [...scope.cells];
    this.#free = [...scope.free];
    const own = [...scope.bound].filter(
      (name) =>
        !parameters.names.includes(name) && !scope.cells.has(name) && !scope.globals.has(name) && !scope.free.has(name),
    );
    this.#locals = scope.kind === 'function' ? [...parameters.names, ...own] : [];
  }

  /** From now on, instructions belong to this place in the program. */
  at(span: CodeSpan): void {
    this.#span = span;
  }

  get span(): CodeSpan {
    return this.#span;
  }

  emit(instruction: Instruction, operand = 0): void {
    this.#handlers.push(instruction);
    this.#operands.push(operand);
    this.#spans.push(this.#span);
  }

  /** Runs `emit` for another place, and comes back. */
  emitAt(span: CodeSpan, instruction: Instruction, operand = 0): void {
    const before = this.#span;
    this.#span = span;
    this.emit(instruction, operand);
    this.#span = before;
  }

  label(): Label {
    return { at: -1, jumps: [] };
  }

  jump(instruction: Instruction, label: Label): void {
    if (label.at === -1) label.jumps.push(this.#handlers.length);
    this.emit(instruction, label.at);
  }

  place(label: Label): void {
    label.at = this.#handlers.length;
    for (const jump of label.jumps) this.#operands[jump] = label.at;
  }

  constant(value: Value): number {
    // 1, 1.0 and True are equal, and yet constants of their own
    const key = typeof value === 'number' || typeof value === 'string' ? hashKey(value) : undefined;
    const known = key === undefined ? undefined : this.#constantIndex.get(key);
    if (known !== undefined) return known;
    const index = this.#constants.push(value) - 1;
    if (key !== undefined && !(value instanceof Float)) this.#constantIndex.set(key, index);
    return index;
  }

  name(name: string): number {
    const known = this.#nameIndex.get(name);
    if (known !== undefined) return known;
    const index = this.#names.push(name) - 1;
    this.#nameIndex.set(name, index);
    return index;
  }

  inner(code: Code): number {
    return this.#inner.push(code) - 1;
  }

  /** `__name` inside of a class is `_Class__name`. */
  mangled(name: string): string {
    if (this.className === undefined || !name.startsWith('__') || name.endsWith('__')) return name;
    const owner = this.className.replace(/^_+/, '');
    return owner === '' ? name : `_${owner}${name}`;
  }

  /** Where a name lives. */
  placeOf(name: string): {
    readonly kind: 'local' | 'cell' | 'global' | 'namespace' | 'class cell';
    readonly index: number;
  } {
    const { scope } = this;
    const cell = this.#cells.indexOf(name);
    if (cell !== -1 && scope.kind !== 'class') return { kind: 'cell', index: cell };
    const free = this.#free.indexOf(name);
    if (free !== -1) {
      const index = this.#cells.length + free;
      return { kind: scope.kind === 'class' && !scope.nonlocals.has(name) ? 'class cell' : 'cell', index };
    }
    if (scope.kind === 'function') {
      const local = this.#locals.indexOf(name);
      return local === -1 || scope.globals.has(name)
        ? { kind: 'global', index: this.name(name) }
        : { kind: 'local', index: local };
    }
    return {
      kind: scope.globals.has(name) || scope.kind === 'module' ? 'global' : 'namespace',
      index: this.name(this.mangled(name)),
    };
  }

  /** The cell of a name that an inner function shares, by the function's own list. */
  cellOf(name: string): number {
    const own = this.#cells.indexOf(name);
    return own === -1 ? this.#cells.length + this.#free.indexOf(name) : own;
  }

  get freeNames(): readonly string[] {
    return this.#free;
  }

  finish(): Code {
    const { parameters, ...description } = this.description;
    const cellParameters = parameters.names.flatMap((name, slot) => {
      const cell = this.#cells.indexOf(name);
      return cell === -1 ? [] : [[slot, cell] as const];
    });
    return {
      ...description,
      parameters,
      file: this.file,
      handlers: this.#handlers,
      operands: this.#operands,
      spans: this.#spans,
      constants: this.#constants,
      names: this.#names,
      inner: this.#inner,
      localNames: this.#locals,
      cellNames: this.#cells,
      freeNames: this.#free,
      cellParameters,
      isGenerator: this.scope.isGenerator,
    };
  }
}
