/** Evaluates arithmetic expressions: 64-bit signed integers that wrap around. */
import { ShellError } from '../failures.ts';
import type { Dialect } from '../dialects/dialect.ts';
import {
  ArithmeticSyntaxError,
  numberOf,
  parseArithmetic,
  type ArithmeticNode,
  type BinaryOperator,
  type VariableNode,
} from './arithmetic-parser.ts';

/** The variables an expression sees. */
export interface ArithmeticScope {
  readonly dialect: Dialect;
  /** The value of a variable or an array element; undefined when unset. Throws under `set -u`. */
  get(name: string, subscript?: string): string | undefined;
  set(name: string, subscript: string | undefined, value: string): void;
}

/** Values of variables that are expressions themselves are followed this deep. */
const MAX_DEPTH = 100;

/** The value of an expression. Throws {@link ShellError} worded by the dialect. */
export function evaluateArithmetic(text: string, scope: ArithmeticScope, depth = 0): bigint {
  try {
    const tree = parseArithmetic(text, scope.dialect.name !== 'dash');
    return tree === undefined ? 0n : new Evaluator(text, scope, depth).value(tree);
  } catch (error) {
    if (!(error instanceof ArithmeticSyntaxError)) throw error;
    throw new ShellError(scope.dialect.messages.arithmeticSyntax(text, describeSyntax(error, scope.dialect)));
  }
}

function describeSyntax(error: ArithmeticSyntaxError, dialect: Dialect): string {
  const token = error.rest.trimStart();
  if (dialect.name === 'dash') {
    if (error.expected === 'end' || error.expected === 'number') return 'expecting EOF';
    if (error.expected === 'closing') return "expecting ')'";
    return error.expected === 'colon' ? "expecting ':'" : 'expecting primary';
  }
  if (error.expected === 'number') return `value too great for base (error token is "${token}")`;
  if (error.expected === 'closing') return `missing \`)' (error token is "${token}")`;
  const what = error.expected === 'operand' ? 'operand expected' : 'invalid arithmetic operator';
  return `syntax error${error.expected === 'end' && /^[\w(]/.test(token) ? ' in expression' : `: ${what}`} (error token is "${token}")`;
}

class Evaluator {
  readonly #text: string;
  readonly #scope: ArithmeticScope;
  readonly #depth: number;

  constructor(text: string, scope: ArithmeticScope, depth: number) {
    this.#text = text;
    this.#scope = scope;
    this.#depth = depth;
  }

  value(node: ArithmeticNode): bigint {
    switch (node.kind) {
      case 'number':
        return node.value;
      case 'variable':
        return this.#variable(node);
      case 'unary':
        return this.#unary(node.operator, this.value(node.operand));
      case 'step': {
        const before = this.#variable(node.target);
        const after = BigInt.asIntN(64, before + node.by);
        this.#assign(node.target, after);
        return node.prefix ? after : before;
      }
      case 'assign': {
        const value = this.value(node.value);
        const result =
          node.operator === undefined ? value : this.#binary(node.operator, this.#variable(node.target), value);
        this.#assign(node.target, result);
        return result;
      }
      case 'choice':
        return this.value(node.test) === 0n ? this.value(node.no) : this.value(node.yes);
      case 'binary':
        if (this.#scope.dialect.features.shortCircuit === true) {
          if (node.operator === '&&') return truth(this.value(node.left) !== 0n && this.value(node.right) !== 0n);
          if (node.operator === '||') return truth(this.value(node.left) !== 0n || this.value(node.right) !== 0n);
        }
        return this.#binary(node.operator, this.value(node.left), this.value(node.right));
    }
  }

  #variable({ name, subscript }: VariableNode): bigint {
    const text = this.#scope.get(name, subscript)?.trim() ?? '';
    if (text === '') return 0n;
    const plain = /^[+-]?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? numberOf(text.replace(/^[+-]/, '')) : undefined;
    if (plain !== undefined) return text.startsWith('-') ? -plain : plain;
    if (this.#scope.dialect.name === 'dash') throw new ShellError(this.#scope.dialect.messages.badNumber(text));
    if (this.#depth >= MAX_DEPTH) throw new ShellError(`${text}: expression recursion level exceeded`);
    return evaluateArithmetic(text, this.#scope, this.#depth + 1);
  }

  #assign({ name, subscript }: VariableNode, value: bigint): void {
    this.#scope.set(name, subscript, String(value));
  }

  #unary(operator: '+' | '-' | '!' | '~', value: bigint): bigint {
    switch (operator) {
      case '+':
        return value;
      case '-':
        return BigInt.asIntN(64, -value);
      case '!':
        return truth(value === 0n);
      case '~':
        return ~value;
    }
  }

  #binary(operator: BinaryOperator, left: bigint, right: bigint): bigint {
    switch (operator) {
      case ',':
        return right;
      case '+':
        return wrap(left + right);
      case '-':
        return wrap(left - right);
      case '*':
        return wrap(left * right);
      case '/':
      case '%':
        if (right === 0n) throw new ShellError(this.#scope.dialect.messages.divisionByZero(this.#text));
        return wrap(operator === '/' ? left / right : left % right);
      case '**':
        return this.#power(left, right);
      case '<<':
        return wrap(left << (right & 63n));
      case '>>':
        return wrap(left >> (right & 63n));
      case '<':
        return truth(left < right);
      case '>':
        return truth(left > right);
      case '<=':
        return truth(left <= right);
      case '>=':
        return truth(left >= right);
      case '==':
        return truth(left === right);
      case '!=':
        return truth(left !== right);
      case '&':
        return left & right;
      case '|':
        return left | right;
      case '^':
        return left ^ right;
      case '&&':
        return truth(left !== 0n && right !== 0n);
      case '||':
        return truth(left !== 0n || right !== 0n);
    }
  }

  /** Modulo 2^64 by repeated squaring: the exponent may be huge. */
  #power(base: bigint, exponent: bigint): bigint {
    if (exponent < 0n) {
      throw new ShellError(this.#scope.dialect.messages.arithmeticSyntax(this.#text, 'exponent less than 0'));
    }
    let result = 1n;
    for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) result = BigInt.asIntN(64, result * square);
      square = BigInt.asIntN(64, square * square);
    }
    return result;
  }
}

/** A value as 64 bits have it. */
function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function truth(value: boolean): bigint {
  return value ? 1n : 0n;
}
