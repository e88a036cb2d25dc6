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
  /** `declare -l`, `declare -u`. */
  readonly letterCase?: 'lower' | 'upper';
}

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
    return new Variables(
      new Map(this.#variables),
      this.#frames.map((frame) => new Map(frame)),
    );
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  /** The value of a scalar, or of an array's element 0. */
  get(name: string): string | undefined {
    const variable = this.#variables.get(name);
    return variable?.elements === undefined ? variable?.value : variable.elements.get('0');
  }

  /** Sets the value, keeping attributes; of an array, element 0. Throws {@link ReadOnlyVariableError}. */
  set(name: string, value: string): void {
    const before = this.#writable(name);
    if (before?.elements !== undefined) this.setElement(name, '0', value);
    else this.#variables.set(name, before === undefined ? { value } : { ...before, value: cased(before, value) });
  }

  setElement(name: string, subscript: string, value: string): void {
    const before = this.#writable(name);
    const elements = new Map(before?.elements ?? (before?.value === undefined ? [] : [['0', before.value]]));
    elements.set(subscript, before === undefined ? value : cased(before, value));
    this.#variables.set(
      name,
      withoutValue({ ...before, elements: before?.associative === true ? elements : inOrder(elements) }),
    );
  }

  setElements(name: string, elements: ReadonlyMap<string, string>): void {
    const before = this.#writable(name);
    this.#variables.set(
      name,
      withoutValue({ ...before, elements: before?.associative === true ? elements : inOrder(elements) }),
    );
  }

  /** Adds attributes, making the variable where there is none. */
  declare(name: string, attributes: Omit<Variable, 'value'>): void {
    this.#variables.set(name, { ...this.#variables.get(name), ...attributes });
  }

  /** Takes attributes away. */
  withdraw(name: string, attributes: readonly ('exported' | 'integer' | 'letterCase')[]): void {
    const before = this.#variables.get(name);
    if (before === undefined) return;
    const gone: ReadonlySet<string> = new Set(attributes);
    this.#variables.set(name, Object.fromEntries(Object.entries(before).filter(([key]) => !gone.has(key))));
  }

  unset(name: string): void {
    if (this.#writable(name) !== undefined) this.#variables.delete(name);
  }

  unsetElement(name: string, subscript: string): void {
    const elements = new Map(this.#writable(name)?.elements);
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
    const outer = this.#variables.get(name);
    if (outer?.readOnly === true) throw new ReadOnlyVariableError(name);
    frame.set(name, outer);
    if (!inherit) this.restore(name, outer?.exported === true ? { exported: true } : {});
    return true;
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

function cased(variable: Variable, value: string): string {
  if (variable.letterCase === undefined) return value;
  return variable.letterCase === 'lower' ? value.toLowerCase() : value.toUpperCase();
}

function inOrder(elements: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...elements].sort(([a], [b]) => Number(a) - Number(b)));
}

function withoutValue(variable: Variable): Variable {
  const { value: _replaced, ...rest } = variable;
  return rest;
}
