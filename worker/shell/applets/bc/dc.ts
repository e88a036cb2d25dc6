/** dc: a calculator in reverse Polish notation */
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions } from '../options.ts';
import {
  add,
  compare,
  decimal,
  DecimalError,
  digitCount,
  divide,
  integerOf,
  multiply,
  negate,
  parseDecimal,
  power,
  remainder,
  squareRoot,
  subtract,
  writeDecimal,
  ZERO,
  type Decimal,
} from './decimal.ts';

type Value = Decimal | string;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0, '>': (order) => order > 0, '=': (order) => order === 0,
  '!<': (order) => order >= 0, '!>': (order) => order <= 0, '!=': (order) => order !== 0,
}; // prettier-ignore

const TOKEN = /\s+|#[^\n]*|(_?(?:[\dA-F]+\.?[\dA-F]*|\.[\dA-F]+))|(!?[<>=]|[sSlL:;])(.)|(.)/sy;

export const dc: Applet = {
  names: ['dc'],
  summary: 'Tiny RPN calculator',
  usage: '[-x] [-eSCRIPT]... [-fFILE]... [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'xe:f:', { expression: 'e', file: 'f' });
    const machine = new DcMachine(context);
    const texts: string[] = [];
    for (const { option, value = '' } of options.given) {
      if (option === 'e') texts.push(value);
      else if (option === 'f') texts.push(await readFile(context, value));
    }
    for (const path of options.operands) texts.push(await readFile(context, path));
    if (texts.length === 0) texts.push(await context.stdin().text());
    for (const text of texts) if (await machine.run(text)) break;
    return machine.failed && context.flavour === 'busybox' ? 1 : 0;
  },
};

async function readFile(context: AppletContext, path: string): Promise<string> {
  const input = await context.open(path);
  const text = await input.text();
  input.close();
  return text;
}

class DcMachine {
  readonly #context: AppletContext;
  readonly #stack: Value[] = [];
  readonly #registers = new Map<string, Value[]>();
  readonly #arrays = new Map<string, Map<string, Value>>();
  #scale = 0;
  #inputBase = 10;
  #outputBase = 10;
  failed = false;

  constructor(context: AppletContext) {
    this.#context = context;
  }

  /** Runs a text; true when the program is to end. */
  async run(text: string): Promise<boolean> {
    for (let at = 0; at < text.length;) {
      const pause = this.#context.checkpoint();
      if (pause !== undefined) await pause;
      if (text[at] === '[') {
        const end = closing(text, at);
        this.#stack.push(text.slice(at + 1, end));
        at = end + 1;
        continue;
      }
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null) break;
      at += match[0].length;
      try {
        if (await this.#token(match)) return true;
      } catch (error) {
        if (!(error instanceof DecimalError)) throw error;
        this.failed = true;
        await this.#context.complain(error.message);
      }
    }
    return false;
  }

  async #token([, number, operation, register = '', command]: RegExpExecArray): Promise<boolean> {
    if (number !== undefined) {
      const value = parseDecimal(number.replace('_', ''), this.#inputBase);
      this.#stack.push(number.startsWith('_') ? negate(value) : value);
    } else if (operation !== undefined) return this.#withRegister(operation, register);
    else if (command !== undefined) return this.#command(command);
    return false;
  }

  #pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) throw new DecimalError('stack has too few elements');
    return value;
  }

  #number(): Decimal {
    const value = this.#pop();
    if (typeof value === 'string') throw new DecimalError('non-numeric value');
    return value;
  }

  async #withRegister(operation: string, name: string): Promise<boolean> {
    const values = this.#registers.get(name) ?? [];
    const comparison = COMPARISONS[operation];
    if (comparison !== undefined) {
      const [top, below] = [this.#number(), this.#number()];
      const macro = values.at(-1);
      return comparison(compare(top, below)) && typeof macro === 'string' ? this.run(macro) : false;
    }
    switch (operation) {
      case 's':
        this.#registers.set(name, [...values.slice(0, -1), this.#pop()]);
        break;
      case 'S':
        this.#registers.set(name, [...values, this.#pop()]);
        break;
      case 'l':
        this.#stack.push(values.at(-1) ?? ZERO);
        break;
      case 'L': {
        const value = values.pop();
        if (value === undefined) throw new DecimalError('stack has too few elements');
        this.#stack.push(value);
        break;
      }
      case ':': {
        const index = integerOf(this.#number()).toString();
        const array = this.#arrays.get(name) ?? new Map<string, Value>();
        this.#arrays.set(name, array.set(index, this.#pop()));
        break;
      }
      default:
        this.#stack.push(this.#arrays.get(name)?.get(integerOf(this.#number()).toString()) ?? ZERO);
    }
    return false;
  }

  async #command(command: string): Promise<boolean> {
    const binary = this.#binary(command);
    if (binary !== undefined) {
      const [right, left] = [this.#number(), this.#number()];
      this.#stack.push(...binary(left, right));
      return false;
    }
    switch (command) {
      case 'p':
        await this.#print(this.#stack.at(-1), '\n');
        break;
      case 'n':
        await this.#print(this.#pop(), '');
        break;
      case 'P':
        await this.#print(this.#pop(), '');
        break;
      case 'f':
        for (const value of [...this.#stack].reverse()) await this.#print(value, '\n');
        break;
      case 'c':
        this.#stack.length = 0;
        break;
      case 'd': {
        const value = this.#pop();
        this.#stack.push(value, value);
        break;
      }
      case 'r': {
        const [top, below] = [this.#pop(), this.#pop()];
        this.#stack.push(top, below);
        break;
      }
      case 'v':
        this.#stack.push(squareRoot(this.#number(), this.#scale));
        break;
      case 'k':
        this.#scale = Number(integerOf(this.#number()));
        break;
      case 'i':
        this.#inputBase = Number(integerOf(this.#number()));
        break;
      case 'o':
        this.#outputBase = Number(integerOf(this.#number()));
        break;
      case 'K':
      case 'I':
      case 'O':
        this.#stack.push(decimal({ K: this.#scale, I: this.#inputBase, O: this.#outputBase }[command]));
        break;
      case 'z':
        this.#stack.push(decimal(this.#stack.length));
        break;
      case 'Z': {
        const value = this.#pop();
        this.#stack.push(decimal(typeof value === 'string' ? value.length : digitCount(value)));
        break;
      }
      case 'X': {
        const value = this.#pop();
        this.#stack.push(decimal(typeof value === 'string' ? 0 : value.scale));
        break;
      }
      case 'x': {
        const value = this.#pop();
        if (typeof value === 'string') return this.run(value);
        this.#stack.push(value);
        break;
      }
      case 'q':
        return true;
      default:
        throw new DecimalError(`bad character '${command}'`);
    }
    return false;
  }

  #binary(command: string): ((left: Decimal, right: Decimal) => Decimal[]) | undefined {
    switch (command) {
      case '+':
        return (left, right) => [add(left, right)];
      case '-':
        return (left, right) => [subtract(left, right)];
      case '*':
        return (left, right) => [multiply(left, right, this.#scale)];
      case '/':
        return (left, right) => [divide(left, right, this.#scale)];
      case '%':
        return (left, right) => [remainder(left, right, this.#scale)];
      case '^':
        return (left, right) => [power(left, right, this.#scale)];
      case '~':
        return (left, right) => [divide(left, right, this.#scale), remainder(left, right, this.#scale)];
      default:
        return undefined;
    }
  }

  async #print(value: Value | undefined, end: string): Promise<void> {
    if (value === undefined) throw new DecimalError('stack has too few elements');
    await this.#context.out.write((typeof value === 'string' ? value : writeDecimal(value, this.#outputBase)) + end);
  }
}

/** Where the bracket opened here is closed. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return at;
  }
  return text.length;
}
