/** Arithmetic expressions (XCU 2.6.4 with the operators of C, as the shells have them), parsed from text. */

export type ArithmeticNode =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'variable'; readonly name: string; readonly subscript?: string }
  | { readonly kind: 'unary'; readonly operator: '+' | '-' | '!' | '~'; readonly operand: ArithmeticNode }
  | { readonly kind: 'step'; readonly by: 1n | -1n; readonly prefix: boolean; readonly target: VariableNode }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: ArithmeticNode; readonly right: ArithmeticNode }
  | { readonly kind: 'assign'; readonly operator: BinaryOperator | undefined; readonly target: VariableNode; readonly value: ArithmeticNode }
  | { readonly kind: 'choice'; readonly test: ArithmeticNode; readonly yes: ArithmeticNode; readonly no: ArithmeticNode }; // prettier-ignore

export type VariableNode = Extract<ArithmeticNode, { kind: 'variable' }>;

/** Operators by precedence, lowest first; `**` (bash, ash) is handled apart: it binds to the right. */
const LEVELS = [
  [','],
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;

export type BinaryOperator = (typeof LEVELS)[number][number] | '**';

const ASSIGNMENTS = ['=', '*=', '/=', '%=', '+=', '-=', '<<=', '>>=', '&=', '^=', '|='] as const;
const TOKEN =
  /\s*(?:(\d+#[\w@]+|\d\w*)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|\|\||&&|[=!<>]=|<<|>>|[*/%+\-&^|]=|[-+*/%<>!~&|^?:=,()[\]]))/y;

/** Thrown for text that is no expression. */
export class ArithmeticSyntaxError extends Error {
  override readonly name = 'ArithmeticSyntaxError';
  /** What was needed at `rest`. */
  readonly expected: 'operand' | 'end' | 'closing' | 'colon' | 'number';
  /** The text from where it went wrong. */
  readonly rest: string;

  constructor(expected: ArithmeticSyntaxError['expected'], rest: string) {
    super(`expected ${expected}`);
    this.expected = expected;
    this.rest = rest;
  }
}

const cache = new Map<string, ArithmeticNode | undefined>();
const MAX_CACHED = 1000;

/** The tree of an expression; undefined for an empty one (which is 0). Without `increments`, `++` is two signs and there is no comma (dash). */
export function parseArithmetic(text: string, increments: boolean): ArithmeticNode | undefined {
  const key = increments ? text : `\0${text}`;
  if (cache.has(key)) return cache.get(key);
  const tree = new Parser(text, increments).parse();
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, tree);
  return tree;
}

class Parser {
  readonly #text: string;
  readonly #increments: boolean;
  #at = 0;
  #number: string | undefined;
  #name: string | undefined;
  #operator: string | undefined;
  #start = 0;
  /** Where the token before the current one begins: at the end of the text that one is to blame. */
  #previousStart = 0;
  #depth = 0;

  constructor(text: string, increments: boolean) {
    this.#text = text;
    this.#increments = increments;
    this.#advance();
  }

  parse(): ArithmeticNode | undefined {
    if (this.#text.trim() === '') return undefined;
    const tree = this.#level(0);
    if (!this.#ended) throw this.#error('end');
    return tree;
  }

  get #ended(): boolean {
    return this.#number === undefined && this.#name === undefined && this.#operator === undefined;
  }

  #error(expected: ArithmeticSyntaxError['expected']): ArithmeticSyntaxError {
    return new ArithmeticSyntaxError(expected, this.#text.slice(this.#ended ? this.#previousStart : this.#start));
  }

  #advance(): void {
    this.#previousStart = this.#start;
    this.#start = this.#at;
    this.#number = this.#name = this.#operator = undefined;
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      if (this.#text.slice(this.#at).trim() !== '') throw this.#error('operand');
      return;
    }
    [, this.#number, this.#name, this.#operator] = match;
    this.#start = this.#at + match[0].length - match[0].trimStart().length;
    this.#at = TOKEN.lastIndex;
    if (!this.#increments) this.#splitSigns();
  }

  /** Takes the first character of `++` or `--` for a token of its own. */
  #splitSigns(): void {
    if (this.#operator !== '++' && this.#operator !== '--') return;
    this.#operator = this.#operator.slice(0, 1);
    this.#at--;
  }

  #accept(operator: string): boolean {
    if (this.#operator !== operator) return false;
    this.#advance();
    return true;
  }

  #level(level: number): ArithmeticNode {
    if (level === 1) return this.#assignment();
    return this.#binary(level);
  }

  #binary(level: number): ArithmeticNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#power();
    let left = this.#level(level + 1);
    if (operators[0] === ',' && !this.#increments) return left;
    for (;;) {
      // Behind what is no variable `++` is a sign, and another.
      if (operators[0] === '+') this.#splitSigns();
      const operator = operators.find((one) => one === this.#operator);
      if (operator === undefined) return left;
      this.#advance();
      left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
    }
  }

  #assignment(): ArithmeticNode {
    const left = this.#choice();
    const operator = ASSIGNMENTS.find((one) => one === this.#operator);
    if (operator === undefined || left.kind !== 'variable') return left;
    this.#advance();
    const value = this.#assignment();
    return { kind: 'assign', operator: operator === '=' ? undefined : binaryOf(operator), target: left, value };
  }

  #choice(): ArithmeticNode {
    const test = this.#binary(1);
    if (!this.#accept('?')) return test;
    const yes = this.#level(0);
    if (!this.#accept(':')) throw this.#error('colon');
    return { kind: 'choice', test, yes, no: this.#assignment() };
  }

  #power(): ArithmeticNode {
    const left = this.#unary();
    if (!this.#accept('**')) return left;
    return { kind: 'binary', operator: '**', left, right: this.#power() };
  }

  #unary(): ArithmeticNode {
    if (++this.#depth > 500) throw this.#error('operand');
    try {
      return this.#unaryWithin();
    } finally {
      this.#depth--;
    }
  }

  #unaryWithin(): ArithmeticNode {
    for (const operator of ['+', '-', '!', '~'] as const) {
      if (this.#accept(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    }
    for (const operator of ['++', '--'] as const) {
      if (!this.#accept(operator)) continue;
      const operand = this.#unary();
      if (operand.kind === 'variable')
        return { kind: 'step', by: operator === '++' ? 1n : -1n, prefix: true, target: operand };
      const sign = operator === '++' ? '+' : '-';
      return { kind: 'unary', operator: sign, operand: { kind: 'unary', operator: sign, operand } };
    }
    return this.#postfix();
  }

  #postfix(): ArithmeticNode {
    const operand = this.#primary();
    if (operand.kind !== 'variable') return operand;
    if (this.#accept('++')) return { kind: 'step', by: 1n, prefix: false, target: operand };
    if (this.#accept('--')) return { kind: 'step', by: -1n, prefix: false, target: operand };
    return operand;
  }

  #primary(): ArithmeticNode {
    if (this.#number !== undefined) {
      const value = numberOf(this.#number);
      if (value === undefined) throw this.#error('number');
      this.#advance();
      return { kind: 'number', value };
    }
    if (this.#name !== undefined) return this.#variable(this.#name);
    if (!this.#accept('(')) throw this.#error('operand');
    const inner = this.#level(0);
    if (!this.#accept(')')) throw this.#error('closing');
    return inner;
  }

  #variable(name: string): ArithmeticNode {
    if (this.#text[this.#at] !== '[') {
      this.#advance();
      return { kind: 'variable', name };
    }
    let depth = 0;
    let end = this.#at;
    for (; end < this.#text.length; end++) {
      if (this.#text[end] === '[') depth++;
      else if (this.#text[end] === ']' && --depth === 0) break;
    }
    if (end === this.#text.length) throw this.#error('closing');
    const subscript = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    this.#advance();
    return { kind: 'variable', name, subscript };
  }
}

function binaryOf(assignment: (typeof ASSIGNMENTS)[number]): BinaryOperator | undefined {
  const operator = assignment.slice(0, -1);
  return LEVELS.flat().find((one) => one === operator);
}

/** A number as C writes it, or `base#digits`; undefined when a digit does not belong. */
export function numberOf(text: string): bigint | undefined {
  const hash = text.indexOf('#');
  if (hash !== -1) return digitsInBase(text.slice(hash + 1), Number(text.slice(0, hash)));
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return BigInt.asIntN(64, BigInt(text));
  if (/^0\d/.test(text)) return digitsInBase(text, 8);
  return /^\d+$/.test(text) ? BigInt.asIntN(64, BigInt(text)) : undefined;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

function digitsInBase(text: string, base: number): bigint | undefined {
  if (base < 2 || base > 64) return undefined;
  let value = 0n;
  for (const character of base <= 36 ? text.toLowerCase() : text) {
    const digit = DIGITS.indexOf(character);
    if (digit === -1 || digit >= base) return undefined;
    value = value * BigInt(base) + BigInt(digit);
  }
  return BigInt.asIntN(64, value);
}
