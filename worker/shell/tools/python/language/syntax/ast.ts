/** The abstract syntax of Python 3.12, as far as it is run. Names follow the grammar's own. */
import type { Value } from '../objects/values.ts';

/** Where something is written: lines count from 1, columns (in characters) from 0. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Node {
  readonly at: Span;
}

export type UnaryOperator = '-' | '+' | '~' | 'not';
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export interface Constant extends Node {
  readonly kind: 'constant';
  readonly value: Value;
}
/** An f-string. */
export interface JoinedText extends Node {
  readonly kind: 'joined';
  readonly parts: readonly (string | FormattedValue)[];
}
export interface FormattedValue {
  readonly value: Expression;
  readonly conversion: 'r' | 's' | 'a' | undefined;
  readonly format: JoinedText | undefined;
}
export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}
export interface Sequence extends Node {
  readonly kind: 'tuple' | 'list' | 'set';
  readonly items: readonly Expression[];
}
export interface DictDisplay extends Node {
  readonly kind: 'dict';
  /** Without a key: `**value`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Logical extends Node {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly values: readonly Expression[];
}
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly left: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly right: Expression }[];
}
/** Without a name: `**value`. */
export interface KeywordArgument {
  readonly name: string | undefined;
  readonly value: Expression;
}
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly positional: readonly Expression[];
  readonly keywords: readonly KeywordArgument[];
}
export interface AttributeExpression extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface Subscript extends Node {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: Expression;
}
export interface SliceExpression extends Node {
  readonly kind: 'slice';
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface Starred extends Node {
  readonly kind: 'starred';
  readonly value: Expression;
}
export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Parameter {
  readonly name: string;
  readonly default: Expression | undefined;
  readonly annotation: Expression | undefined;
}
export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly rest: Parameter | undefined;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords: Parameter | undefined;
}
export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly parameters: Parameters;
  readonly body: Expression;
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly source: Expression;
  readonly conditions: readonly Expression[];
}
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expression;
  /** Of a dict: `element` is the key. */
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export interface Yield extends Node {
  readonly kind: 'yield';
  readonly value: Expression | undefined;
}
export interface YieldFrom extends Node {
  readonly kind: 'yield from' | 'await';
  readonly value: Expression;
}
export interface NamedExpression extends Node {
  readonly kind: 'walrus';
  readonly name: string;
  readonly value: Expression;
}

export type Expression =
  | Constant
  | JoinedText
  | Name
  | Sequence
  | DictDisplay
  | Unary
  | Binary
  | Logical
  | Comparison
  | CallExpression
  | AttributeExpression
  | Subscript
  | SliceExpression
  | Starred
  | Conditional
  | Lambda
  | Comprehension
  | Yield
  | YieldFrom
  | NamedExpression;

export type Pattern =
  | ({ readonly kind: 'value'; readonly value: Expression } & Node)
  | ({ readonly kind: 'capture'; readonly name: string | undefined } & Node)
  | ({ readonly kind: 'as'; readonly pattern: Pattern; readonly name: string } & Node)
  | ({ readonly kind: 'or'; readonly patterns: readonly Pattern[] } & Node)
  | ({ readonly kind: 'sequence'; readonly patterns: readonly Pattern[] } & Node)
  | ({ readonly kind: 'star'; readonly name: string | undefined } & Node)
  | ({
      readonly kind: 'mapping';
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest: string | undefined;
    } & Node)
  | ({
      readonly kind: 'class';
      readonly callee: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
    } & Node);

export interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
}

export interface ExceptHandler extends Node {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: readonly Statement[];
}

export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly returns: Expression | undefined;
  readonly isAsync: boolean;
}
export interface ClassDefinition extends Node {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly keywords: readonly KeywordArgument[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
export interface WithItem {
  readonly context: Expression;
  readonly target: Expression | undefined;
}
export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}

export type Statement =
  | ({ readonly kind: 'expression'; readonly value: Expression } & Node)
  | ({ readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression } & Node)
  | ({
      readonly kind: 'augmented';
      readonly target: Expression;
      readonly operator: BinaryOperator;
      readonly value: Expression;
    } & Node)
  | ({
      readonly kind: 'annotated';
      readonly target: Expression;
      readonly annotation: Expression;
      readonly value: Expression | undefined;
    } & Node)
  | ({ readonly kind: 'return'; readonly value: Expression | undefined } & Node)
  | ({ readonly kind: 'delete'; readonly targets: readonly Expression[] } & Node)
  | ({ readonly kind: 'raise'; readonly value: Expression | undefined; readonly cause: Expression | undefined } & Node)
  | ({ readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] } & Node)
  | ({ readonly kind: 'pass' | 'break' | 'continue' } & Node)
  | ({
      readonly kind: 'if';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & Node)
  | ({
      readonly kind: 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & Node)
  | ({
      readonly kind: 'for';
      readonly target: Expression;
      readonly source: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & Node)
  | ({
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly ExceptHandler[];
      readonly otherwise: readonly Statement[];
      readonly final: readonly Statement[];
    } & Node)
  | ({
      readonly kind: 'with';
      readonly items: readonly WithItem[];
      readonly body: readonly Statement[];
      readonly isAsync: boolean;
    } & Node)
  | FunctionDefinition
  | ClassDefinition
  | ({ readonly kind: 'import'; readonly names: readonly ImportedName[] } & Node)
  | ({
      readonly kind: 'import from';
      readonly module: string;
      /** Number of leading dots. */
      readonly level: number;
      /** `*` alone stands for all. */
      readonly names: readonly ImportedName[];
    } & Node)
  | ({ readonly kind: 'assert'; readonly test: Expression; readonly message: Expression | undefined } & Node)
  | ({ readonly kind: 'match'; readonly subject: Expression; readonly cases: readonly MatchCase[] } & Node);
