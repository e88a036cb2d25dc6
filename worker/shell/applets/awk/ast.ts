/** The tree of an awk program (XCU awk, with the functions of busybox and gawk). */

/** Something that can be assigned to. */
export type Target =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly array: string; readonly index: readonly Expression[] }
  | { readonly kind: 'field'; readonly index: Expression; readonly line: number };

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type ComparisonOperator = '<' | '<=' | '==' | '!=' | '>' | '>=';

export type Expression =
  | Target
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | {
      readonly kind: 'assign';
      readonly target: Target;
      readonly operator: ArithmeticOperator | '';
      readonly value: Expression;
      readonly line: number;
    }
  | { readonly kind: 'increment'; readonly target: Target; readonly step: 1 | -1; readonly prefix: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '!'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly line: number;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'concatenation'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'match'; readonly negated: boolean; readonly text: Expression; readonly pattern: Expression }
  | { readonly kind: 'logical'; readonly operator: '&&' | '||'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'membership'; readonly index: readonly Expression[]; readonly array: string }
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | {
      readonly kind: 'getline';
      readonly from: 'input' | 'file' | 'command';
      readonly source?: Expression;
      readonly target?: Target;
    }
  /** A value computed by an earlier statement; see lowering.ts. */
  | { readonly kind: 'temporary'; readonly slot: number };

/** Where `print` writes to. */
export interface Redirection {
  readonly mode: '>' | '>>' | '|';
  readonly to: Expression;
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'print' | 'printf';
      readonly values: readonly Expression[];
      readonly redirection?: Redirection;
      readonly line: number;
    }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no?: Statement }
  /** `before` runs ahead of each test; for loops that test behind the body, `testLast`. */
  | {
      readonly kind: 'loop';
      readonly before: readonly Statement[];
      readonly test?: Expression;
      readonly step?: Statement;
      readonly body: Statement;
      readonly testLast: boolean;
    }
  | { readonly kind: 'each'; readonly target: Target; readonly array: string; readonly body: Statement }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit' | 'return'; readonly value?: Expression }
  | { readonly kind: 'delete'; readonly array: string; readonly index?: readonly Expression[] }
  /** Keeps a value for later; what may have to wait is only ever evaluated here. */
  | { readonly kind: 'keep'; readonly slot: number; readonly value: Expression };

export interface Rule {
  readonly pattern:
    | { readonly kind: 'begin' | 'end' | 'always' }
    | { readonly kind: 'test'; readonly test: Expression }
    | { readonly kind: 'range'; readonly first: Expression; readonly last: Expression };
  /** Absent: the record is printed. */
  readonly body?: Statement;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface Program {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

/** A program that cannot be read, or went wrong: ends awk with status 1. */
export class AwkError extends Error {
  override readonly name = 'AwkError';
  /** Undefined where the message names no line. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}
