/** What each name of a program is: a variable or an array, and where it is kept. Arrays are told by how they are used. */
import { AwkError, type Expression, type Program, type Rule, type Statement } from './ast.ts';
import { walk } from './traversal.ts';

/** Variables the language gives a meaning, in the order of their slots. */
export const SPECIAL_VARIABLES = [
  'NF', 'NR', 'FNR', 'FS', 'OFS', 'ORS', 'RS', 'FILENAME', 'SUBSEP', 'RSTART', 'RLENGTH', 'CONVFMT', 'OFMT', 'IGNORECASE', 'ERRNO',
  'ARGC',
] as const; // prettier-ignore
export type SpecialVariable = (typeof SPECIAL_VARIABLES)[number];
export const SPECIAL_ARRAYS = ['ARGV', 'ENVIRON'] as const;

/** The slot of a special variable. */
export function specialSlot(name: SpecialVariable): number {
  return SPECIAL_VARIABLES.indexOf(name);
}

export interface Place {
  readonly scope: 'global' | 'local';
  readonly slot: number;
}

/** The names of a function, or of the rules. */
export interface Scope {
  variable(name: string): Place;
  array(name: string): Place;
  isArray(name: string): boolean;
}

export class Names {
  readonly #program: Program;
  readonly #variables = new Map<string, number>(SPECIAL_VARIABLES.map((name, slot) => [name, slot]));
  readonly #arrays = new Map<string, number>(SPECIAL_ARRAYS.map((name, slot) => [name, slot]));
  /** Names used as arrays: of the rules under the empty name, of functions under theirs. */
  readonly #usedAsArrays = new Map<string, Set<string>>();

  constructor(program: Program) {
    this.#program = program;
    this.#usedAsArrays.set('', new Set(SPECIAL_ARRAYS));
    for (const name of program.functions.keys()) this.#usedAsArrays.set(name, new Set());
    while (this.#findArrays());
  }

  get variableCount(): number {
    return this.#variables.size;
  }

  get arrayCount(): number {
    return this.#arrays.size;
  }

  /** The slot of a global variable, made when there is none. */
  globalVariable(name: string): number {
    return slotIn(this.#variables, name);
  }

  globalArray(name: string): number {
    return slotIn(this.#arrays, name);
  }

  /** True where parameter `position` of a function is an array. */
  takesArray(functionName: string, position: number): boolean {
    const parameter = this.#program.functions.get(functionName)?.parameters[position];
    return parameter !== undefined && this.#usedAsArrays.get(functionName)?.has(parameter) === true;
  }

  /** The scope of a function; of the rules without a name. */
  scope(functionName = ''): Scope {
    const parameters = this.#program.functions.get(functionName)?.parameters ?? [];
    const place = (name: string, global: (name: string) => number): Place => {
      const slot = parameters.indexOf(name);
      return slot === -1 ? { scope: 'global', slot: global(name) } : { scope: 'local', slot };
    };
    return {
      variable: (name) => place(name, (global) => this.globalVariable(global)),
      array: (name) => place(name, (global) => this.globalArray(global)),
      isArray: (name) => this.#usedAsArrays.get(parameters.includes(name) ? functionName : '')?.has(name) === true,
    };
  }

  /** One pass over the program; true when it found a name to be an array that was not known as one. */
  #findArrays(): boolean {
    let found = false;
    for (const { name: scope, parameters, bodies } of this.#bodies()) {
      const mark = (name: string): void => {
        const names = this.#usedAsArrays.get(parameters.includes(name) ? scope : '');
        if (names === undefined || names.has(name)) return;
        names.add(name);
        found = true;
      };
      for (const body of bodies) {
        walk(
          body,
          (expression) => this.#markArrays(expression, mark),
          (statement) => {
            if (statement.kind === 'each' || statement.kind === 'delete') mark(statement.array);
          },
        );
      }
    }
    return found;
  }

  /** What is written in each scope. */
  #bodies(): { name: string; parameters: readonly string[]; bodies: readonly Statement[] }[] {
    const { rules, functions } = this.#program;
    const conditionsOf = ({ pattern }: Rule): readonly Expression[] => {
      if (pattern.kind === 'test') return [pattern.test];
      return pattern.kind === 'range' ? [pattern.first, pattern.last] : [];
    };
    const inRules = rules.flatMap((rule): Statement[] => [
      ...conditionsOf(rule).map((value): Statement => ({ kind: 'expression', value })),
      ...(rule.body === undefined ? [] : [rule.body]),
    ]);
    return [
      ...[...functions.values()].map(({ name, parameters, body }) => ({ name, parameters, bodies: [body] })),
      { name: '', parameters: [], bodies: inRules },
    ];
  }

  #markArrays(expression: Expression, mark: (name: string) => void): void {
    if (expression.kind === 'element' || expression.kind === 'membership') mark(expression.array);
    if (expression.kind === 'builtin') {
      const positions = ARRAY_ARGUMENTS[expression.name] ?? [];
      for (const position of positions) markIfName(expression.args[position], mark);
    }
    if (expression.kind !== 'call') return;
    if (!this.#program.functions.has(expression.name))
      throw new AwkError('Call to undefined function', expression.line);
    expression.args.forEach((argument, position) => {
      if (this.takesArray(expression.name, position)) markIfName(argument, mark);
    });
  }
}

/** Arguments of builtins that are arrays. */
const ARRAY_ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  split: [1],
  asort: [0, 1],
  asorti: [0, 1],
  match: [2],
};

function markIfName(argument: Expression | undefined, mark: (name: string) => void): void {
  if (argument?.kind === 'variable') mark(argument.name);
}

function slotIn(slots: Map<string, number>, name: string): number {
  const known = slots.get(name);
  if (known !== undefined) return known;
  slots.set(name, slots.size);
  return slots.size - 1;
}
