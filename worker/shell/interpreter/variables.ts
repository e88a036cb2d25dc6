/** Shell variables: values, arrays (bash), attributes, and the dynamic scope of `local`. */

/** One variable. Unset but declared (`local x`, `export x`) is a variable without value and elements. */
export interface Variable {
  readonly value?: string;
  /** Elements of an indexed or associative array by subscript; indexed ones have decimal subscripts. */
  readonly elements?: ReadonlyMap<string, string>;
  readonly associative?: boolean;
  readonly exported?: boolean;
  readonly readOnly?: boolean;
  /** `declare -i`: assignments are evaluated as arithmetic. */
  readonly integer?: boolean;
  /** `declare -n`: the variable this one stands for. */
  readonly reference?: string;
  /** `declare -l`, `declare -u`. */
  readonly letterCase?: 'lower' | 'upper';
}

/** References to references are followed this far. */
const MAX_REFERENCES = 10;

/** Thrown for an assignment to a read-only variable. */
export class ReadOnlyVariableError extends Error {
  override readonly name = 'ReadOnlyVariableError';
  readonly variable: string;

  constructor(variable: string) {
    super(`${variable} is read-only`);
    this.variable = variable;
  }
}

export class Variables {
  readonly #variables: Map<string, Variable>;
  /** What `local` covered, innermost function last. */
  readonly #frames: Map<string, Variable | undefined>[];
  /** Arrays that nobody else sees, which may be changed in place. */
  #ownElements = new WeakSet<ReadonlyMap<string, string>>();

  private constructor(variables: Map<string, Variable>, frames: Map<string, Variable | undefined>[]) {
    this.#variables = variables;
    this.#frames = frames;
  }

  /** Exported variables with the values of an environment. Names that are no identifiers are left out. */
  static fromEnvironment(environment: ReadonlyMap<string, string>): Variables {
    const variables = new Map<string, Variable>();
    for (const [name, value] of environment) if (isName(name)) variables.set(name, { value, exported: true });
    return new Variables(variables, []);
  }

  /** A subshell's copy. */
  fork(): Variables {
    this.#ownElements = new WeakSet();
    return new Variables(
      new Map(this.#variables),
      this.#frames.map((frame) => new Map(frame)),
    );
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(this.#referent(name));
  }

  /** The same for {@link restore}: what it gives does not change any more. */
  snapshot(name: string): Variable | undefined {
    const variable = this.#variables.get(name);
    if (variable?.elements !== undefined) this.#ownElements.delete(variable.elements);
    return variable;
  }

  /** The value of a scalar, or of an array's element 0. */
  get(name: string): string | undefined {
    const variable = this.find(name);
    return variable?.elements === undefined ? variable?.value : variable.elements.get('0');
  }

  /** Sets the value, keeping attributes; of an array, element 0. Throws {@link ReadOnlyVariableError}. */
  set(name: string, value: string): void {
    const target = this.#referent(name);
    const before = this.#writable(target);
    if (before === undefined || isPlain(before)) this.#variables.set(target, { value });
    else if (before.elements !== undefined) this.setElement(target, '0', value);
    else this.#variables.set(target, { ...before, value: cased(before, value) });
  }

  setElement(name: string, subscript: string, value: string): void {
    const target = this.#referent(name);
    const before = this.#writable(target);
    const text = before === undefined ? value : cased(before, value);
    const own = before?.elements !== undefined && this.#ownElements.has(before.elements) ? before.elements : undefined;
    const elements = own instanceof Map ? (own as Map<string, string>) : new Map(elementsOf(before));
    const ordered = before?.associative === true || elements.has(subscript) || Number(subscript) > lastKey(elements);
    elements.set(subscript, text);
    this.#store(target, before, ordered ? elements : inOrder(elements));
  }

  setElements(name: string, elements: ReadonlyMap<string, string>): void {
    const target = this.#referent(name);
    const before = this.#writable(target);
    this.#store(target, before, before?.associative === true ? new Map(elements) : inOrder(elements));
  }

  /** Adds attributes, making the variable where there is none. */
  declare(name: string, attributes: Omit<Variable, 'value'>): void {
    const target = attributes.reference === undefined ? this.#referent(name) : name;
    this.#variables.set(target, { ...this.#variables.get(target), ...attributes });
  }

  /** Takes attributes away. */
  withdraw(name: string, attributes: readonly ('exported' | 'integer' | 'letterCase')[]): void {
    const before = this.#variables.get(name);
    if (before === undefined) return;
    const gone: ReadonlySet<string> = new Set(attributes);
    this.#variables.set(name, Object.fromEntries(Object.entries(before).filter(([key]) => !gone.has(key))));
  }

  unset(name: string): void {
    const target = this.#referent(name);
    if (this.#writable(target) !== undefined) this.#variables.delete(target);
  }

  unsetElement(name: string, subscript: string): void {
    const elements = new Map(this.#writable(this.#referent(name))?.elements);
    if (elements.delete(subscript)) this.setElements(name, elements);
  }

  names(): string[] {
    return [...this.#variables.keys()].sort();
  }

  /** Puts back what {@link find} gave before, attributes and all. */
  restore(name: string, variable: Variable | undefined): void {
    if (variable === undefined) this.#variables.delete(name);
    else this.#variables.set(name, variable);
  }

  /** What a program started now sees. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const [name, variable] of this.#variables) {
      if (variable.exported === true && variable.value !== undefined) environment.set(name, variable.value);
    }
    return environment;
  }

  enterFunction(): void {
    this.#frames.push(new Map());
  }

  /** Ends the scope of the innermost function's local variables. */
  leaveFunction(): void {
    for (const [name, variable] of this.#frames.pop() ?? []) this.restore(name, variable);
  }

  /** Makes `name` local to the innermost function; false outside of one. `inherit` keeps its value (as ash does). */
  makeLocal(name: string, inherit: boolean): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return false;
    if (frame.has(name)) return true;
    const outer = this.snapshot(name);
    if (outer?.readOnly === true) throw new ReadOnlyVariableError(name);
    frame.set(name, outer);
    if (!inherit) this.restore(name, outer?.exported === true ? { exported: true } : {});
    return true;
  }

  /** What a reference names (`declare -n`); undefined for what is none. */
  referenceOf(name: string): string | undefined {
    return this.#variables.get(name)?.reference;
  }

  /** The variable a reference stands for (`declare -n`). */
  #referent(name: string): string {
    if (this.#variables.get(name)?.reference === undefined) return name;
    let target = name;
    for (let depth = 0; depth < MAX_REFERENCES; depth++) {
      const reference = this.#variables.get(target)?.reference;
      if (reference === undefined) return target;
      target = reference;
    }
    return target;
  }

  #store(name: string, before: Variable | undefined, elements: Map<string, string>): void {
    this.#ownElements.add(elements);
    const attributes = before === undefined ? [] : Object.entries(before).filter(([key]) => key !== 'value');
    this.#variables.set(name, { ...Object.fromEntries(attributes), elements });
  }

  #writable(name: string): Variable | undefined {
    const variable = this.#variables.get(name);
    if (variable?.readOnly === true) throw new ReadOnlyVariableError(name);
    return variable;
  }
}

/** True for what may name a variable. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** It has nothing but a value. */
function isPlain(variable: Variable): boolean {
  for (const key in variable) if (key !== 'value') return false;
  return true;
}

function cased(variable: Variable, value: string): string {
  if (variable.letterCase === undefined) return value;
  return variable.letterCase === 'lower' ? value.toLowerCase() : value.toUpperCase();
}

function elementsOf(variable: Variable | undefined): Iterable<readonly [string, string]> {
  return variable?.elements ?? (variable?.value === undefined ? [] : [['0', variable.value]]);
}

function lastKey(elements: ReadonlyMap<string, string>): number {
  // Subscripts are in order, and arrays mostly without gaps: their count tells the last.
  const dense = elements.size === 0 ? -1 : elements.size - 1;
  return elements.has(String(dense)) || dense === -1 ? dense : Math.max(...Array.from(elements.keys(), Number));
}

function inOrder(elements: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...elements].sort(([a], [b]) => Number(a) - Number(b)));
}
