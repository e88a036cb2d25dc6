/** The language of `expr` (POSIX, with the string functions of GNU and busybox): numbers are 64 bits wide. */
import type { Expression, Worker } from '../regex/expression.ts';
import { ExpressionSyntaxError, regularExpressionOf } from './regular-expression.ts';

/** Thrown for an expression that has no value; the message is busybox's. */
export class ExprError extends Error {
  override readonly name = 'ExprError';
  /** What GNU's expr says, quoting words by `quote`. */
  readonly gnuMessage: (quote: (word: string) => string) => string;

  constructor(message: string, gnuMessage: ExprError['gnuMessage'] = () => message) {
    super(message);
    this.gnuMessage = gnuMessage;
  }
}

type Value = string | bigint;

const BITS = 64;

/** Binary operators by how tightly they bind, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

/** The value of an expression given word by word. Throws {@link ExprError}. */
export function evaluateExpression(words: readonly string[], worker: Worker): Promise<Value> {
  return new Evaluator(words, worker).whole();
}

class Evaluator {
  readonly #words: readonly string[];
  readonly #worker: Worker;
  #at = 0;

  constructor(words: readonly string[], worker: Worker) {
    this.#words = words;
    this.#worker = worker;
  }

  async whole(): Promise<Value> {
    const value = await this.#level(0);
    const extra = this.#words[this.#at];
    if (extra !== undefined) throw syntaxError((quote) => `unexpected argument ${quote(extra)}`);
    return value;
  }

  async #level(level: number): Promise<Value> {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#primary();
    let left = await this.#level(level + 1);
    for (;;) {
      const operator = this.#words[this.#at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#at++;
      left = await this.#apply(operator, left, await this.#level(level + 1));
    }
  }

  #apply(operator: string, left: Value, right: Value): Value | Promise<Value> {
    return operator === ':' ? match(String(left), String(right), this.#worker) : apply(operator, left, right);
  }

  async #primary(): Promise<Value> {
    const word = this.#take();
    switch (word) {
      case '(': {
        const value = await this.#level(0);
        const last = this.#words[this.#at - 1] ?? '';
        const close = this.#words[this.#at++];
        if (close === undefined) throw syntaxError((quote) => `expecting ')' after ${quote(last)}`);
        if (close !== ')') throw syntaxError((quote) => `expecting ')' instead of ${quote(close)}`);
        return value;
      }
      case ')':
        throw syntaxError(() => "unexpected ')'");
      case 'quote':
        return this.#take();
      case 'length':
        return BigInt([...String(await this.#primary())].length);
      case 'match':
        return match(String(await this.#primary()), String(await this.#primary()), this.#worker);
      case 'index':
        return index(String(await this.#primary()), String(await this.#primary()));
      case 'substr':
        return substring(String(await this.#primary()), await this.#primary(), await this.#primary());
      default:
        return word;
    }
  }

  #take(): string {
    const word = this.#words[this.#at++];
    const last = this.#words.at(-1) ?? '';
    if (word === undefined) throw syntaxError((quote) => `missing argument after ${quote(last)}`);
    return word;
  }
}

function syntaxError(what: ExprError['gnuMessage']): ExprError {
  return new ExprError('syntax error', (quote) => `syntax error: ${what(quote)}`);
}

/** The number a value is; undefined when it is none. */
function numberOf(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return /^[-+]?\d+$/.test(value) ? BigInt.asIntN(BITS, BigInt(value.replace(/^\+/, ''))) : undefined;
}

function isNull(value: Value): boolean {
  return value === '' || numberOf(value) === 0n;
}

function apply(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '|':
      return isNull(left) ? right : left;
    case '&':
      return isNull(left) || isNull(right) ? 0n : left;
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(operator, left, right);
    default:
      return compare(operator, left, right) ? 1n : 0n;
  }
}

function calculate(operator: '+' | '-' | '*' | '/' | '%', left: Value, right: Value): bigint {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) throw new ExprError('non-numeric argument', () => 'non-integer argument');
  if ((operator === '/' || operator === '%') && b === 0n) throw new ExprError('division by zero');
  const results = { '+': () => a + b, '-': () => a - b, '*': () => a * b, '/': () => a / b, '%': () => a % b };
  return BigInt.asIntN(BITS, results[operator]());
}

/** Compares as numbers where both are, else as text. */
function compare(operator: string, left: Value, right: Value): boolean {
  const a = numberOf(left);
  const b = numberOf(right);
  const order = a !== undefined && b !== undefined ? orderOf(a, b) : orderOf(String(left), String(right));
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return (order === 0) !== (operator === '!=');
  }
}

function orderOf<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a basic expression matches at the start of a text: the text of its first group, or how long the match is. */
async function match(text: string, pattern: string, worker: Worker): Promise<Value> {
  let expression: Expression;
  try {
    expression = regularExpressionOf(`^${pattern.replace(/^\^/, '')}`, { extended: false });
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw new ExprError(error.message);
    throw error;
  }
  const found = await expression.search(text, worker);
  if (/\\\(/.test(pattern)) return found?.[1] ?? '';
  return BigInt([...(found?.[0] ?? '')].length);
}

function index(text: string, characters: string): bigint {
  return BigInt([...text].findIndex((character) => characters.includes(character)) + 1);
}

function substring(text: string, position: Value, length: Value): string {
  const start = Number(numberOf(position) ?? 0n);
  const count = Number(numberOf(length) ?? 0n);
  if (start <= 0 || count <= 0) return '';
  return [...text].slice(start - 1, start - 1 + count).join('');
}
