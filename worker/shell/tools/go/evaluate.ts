/**
 * What a Go program prints, as far as can be told from its source without running it: calls of `fmt.Println` and its like with
 * constant arguments, variables set to constants, calls of functions without parameters. What is not understood is
 * counted, so that nobody takes the result for more than it is.
 */
import { formatPrintf } from '../../applets/printf-format.ts';
import type { GoToken } from './lexer.ts';
import type { GoFile } from './source.ts';

export interface Evaluation {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Statements of `main` that were left out. */
  readonly skipped: number;
}

type Value = string | number | boolean;

/** Calls followed into functions at most. */
const MAX_DEPTH = 20;

/** `linked` are the variables that `-ldflags "-X main.name=value"` sets. */
export function evaluateMain(files: readonly GoFile[], linked: ReadonlyMap<string, string> = new Map()): Evaluation {
  const evaluator = new Evaluator(files, linked);
  evaluator.run('main', 0);
  return evaluator;
}

class Evaluator implements Evaluation {
  stdout = '';
  stderr = '';
  exitCode = 0;
  skipped = 0;
  readonly #functions = new Map<string, readonly GoToken[]>();
  readonly #values = new Map<string, Value>();
  #exited = false;

  constructor(files: readonly GoFile[], linked: ReadonlyMap<string, string>) {
    for (const file of files) for (const [name, body] of file.functions) this.#functions.set(name, body);
    for (const file of files) for (const declaration of file.declarations) this.#declare(declaration);
    for (const [name, value] of linked) this.#values.set(name, value);
  }

  run(name: string, depth: number): void {
    const body = this.#functions.get(name);
    if (body === undefined || depth > MAX_DEPTH) {
      this.skipped++;
      return;
    }
    for (const statement of statementsOf(body)) {
      if (this.#exited || statement[0]?.text === 'return') return;
      if (!this.#statement(statement, depth)) this.skipped++;
    }
  }

  #statement(tokens: readonly GoToken[], depth: number): boolean {
    const text = (index: number): string => tokens[index]?.text ?? '';
    if (text(0) === 'var' || text(0) === 'const') return this.#declare(tokens.slice(1));
    if (tokens[0]?.kind === 'name' && (text(1) === ':=' || text(1) === '=')) {
      const value = this.#expression(tokens.slice(2));
      if (value === undefined) this.#values.delete(text(0));
      else this.#values.set(text(0), value);
      return value !== undefined;
    }
    const call = callOf(tokens);
    if (call === undefined) return false;
    if (call.args.length === 0 && this.#functions.has(call.name)) {
      this.run(call.name, depth + 1);
      return true;
    }
    const values = call.args.map((argument) => this.#expression(argument));
    return values.every((value) => value !== undefined) && this.#call(call.name, values);
  }

  #declare(tokens: readonly GoToken[]): boolean {
    const equals = tokens.findIndex((token) => token.text === '=');
    const name = tokens[0];
    if (name?.kind !== 'name' || equals === -1 || equals > 2) return false;
    const value = this.#expression(tokens.slice(equals + 1));
    if (value !== undefined) this.#values.set(name.text, value);
    return value !== undefined;
  }

  #call(name: string, args: readonly Value[]): boolean {
    switch (name) {
      case 'fmt.Println':
        this.stdout += `${args.map(show).join(' ')}\n`;
        return true;
      case 'fmt.Print':
        this.stdout += args.map(show).join('');
        return true;
      case 'fmt.Printf':
        this.stdout += format(args);
        return true;
      case 'println':
        this.stderr += `${args.map(show).join(' ')}\n`;
        return true;
      case 'print':
        this.stderr += args.map(show).join('');
        return true;
      case 'os.Exit':
        this.exitCode = Number(args[0]) & 0xff;
        this.#exited = true;
        return true;
      default:
        return false;
    }
  }

  /** A constant expression: literals, known names, `+` of strings, arithmetic of integers, fmt.Sprintf. */
  #expression(tokens: readonly GoToken[]): Value | undefined {
    const [first, ...rest] = tokens;
    if (first === undefined) return undefined;
    if (rest.length === 0) return this.#operand(first);
    const split = splitOutside(tokens, ['+', '-']) ?? splitOutside(tokens, ['*', '/', '%']);
    if (split !== undefined) {
      const left = this.#expression(split.left);
      const right = this.#expression(split.right);
      return left === undefined || right === undefined ? undefined : combine(left, split.operator, right);
    }
    if (first.text === '(' && tokens.at(-1)?.text === ')') return this.#expression(tokens.slice(1, -1));
    const call = callOf(tokens);
    const args = call?.args.map((argument) => this.#expression(argument));
    if (call?.name === 'fmt.Sprintf' && args?.every((value) => value !== undefined) === true) return format(args);
    if (call?.name === 'len' && typeof args?.[0] === 'string') return new TextEncoder().encode(args[0]).byteLength;
    return undefined;
  }

  #operand(token: GoToken): Value | undefined {
    if (token.kind === 'string') return token.text.startsWith("'") ? token.value.codePointAt(0) : token.value;
    if (token.kind === 'number') return Number(token.text.replaceAll('_', ''));
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    return this.#values.get(token.text);
  }
}

/** Statements of a body: split at semicolons outside of all brackets. */
function statementsOf(body: readonly GoToken[]): GoToken[][] {
  return splitAt(body, ';').filter((statement) => statement.length > 0);
}

function splitAt(tokens: readonly GoToken[], separator: string): GoToken[][] {
  const parts: GoToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'operator' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'operator' && ')]}'.includes(token.text)) depth--;
    if (depth === 0 && token.text === separator && token.kind === 'operator') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The last of some operators outside of brackets, with what stands on its sides. */
function splitOutside(
  tokens: readonly GoToken[],
  operators: readonly string[],
): { left: readonly GoToken[]; operator: string; right: readonly GoToken[] } | undefined {
  let depth = 0;
  for (let index = tokens.length - 1; index > 0; index--) {
    const token = tokens[index];
    if (token?.kind !== 'operator') continue;
    if (')]}'.includes(token.text)) depth++;
    if ('([{'.includes(token.text)) depth--;
    if (depth === 0 && operators.includes(token.text))
      return { left: tokens.slice(0, index), operator: token.text, right: tokens.slice(index + 1) };
  }
  return undefined;
}

/** `name(…)` or `package.Name(…)` and nothing else. */
function callOf(tokens: readonly GoToken[]): { name: string; args: GoToken[][] } | undefined {
  const open = tokens.findIndex((token) => token.text === '(');
  if (open < 1 || tokens.at(-1)?.text !== ')') return undefined;
  const name = tokens.slice(0, open).map((token) => token.text).join(''); // prettier-ignore
  const args = splitAt(tokens.slice(open + 1, -1), ',').filter((argument) => argument.length > 0);
  return /^[\w.]+$/.test(name) ? { name, args } : undefined;
}

function combine(left: Value, operator: string, right: Value): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string') return operator === '+' ? left + right : undefined;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  const integers = Number.isInteger(left) && Number.isInteger(right);
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : integers ? Math.trunc(left / right) : left / right;
    default:
      return right === 0 || !integers ? undefined : left % right;
  }
}

function show(value: Value): string {
  return String(value);
}

function format([template = '', ...values]: readonly Value[]): string {
  const text = String(template)
    .replace(/%([-+# 0]*\d*(?:\.\d+)?)v/g, '%$1s')
    .replace(/%t/g, '%s')
    .replaceAll('\\', '\\\\');
  const quoted = text.replace(/%q/g, '"%s"');
  return formatPrintf(quoted, values.map(show), 'gnu').text;
}
