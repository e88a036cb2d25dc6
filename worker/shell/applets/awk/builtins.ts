/** The builtin functions that compute. Those that wait are in waiting-builtins.ts. */
import { formatTime } from '../time-format.ts';
import type { Expression } from './ast.ts';
import { AwkError } from './ast.ts';
import { isTarget } from './expression-parser.ts';
import type { ExpressionCompiler } from './expressions.ts';
import { mathematical } from './mathematics.ts';
import { BIT_OPERATIONS, NUMBER_FUNCTIONS } from './number-functions.ts';
import { substitute } from './regex.ts';
import type { Runtime } from './runtime.ts';
import { fieldSeparator, regexSeparator, splitText, type FieldSeparator } from './separators.ts';
import { formatValues } from './sprintf.ts';
import { InputText, numberOfText, toNumber, type AwkArray, type Value } from './values.ts';

type Call = Expression & { kind: 'builtin' };
type Compile = (compiler: ExpressionCompiler, call: Call) => () => Value;

/** A function of numbers alone is given by its table; the others compile their arguments as they want them. */
export function compileBuiltin(compiler: ExpressionCompiler, call: Call): () => Value {
  const ofNumber = NUMBER_FUNCTIONS[call.name];
  if (ofNumber !== undefined) {
    const [first, second] = numbers(compiler, call);
    const compute = call.name === 'int' ? ofNumber : mathematical(compiler.runtime.mathematics, call.line, ofNumber);
    return () => compute(first(), second());
  }
  const ofBits = BIT_OPERATIONS[call.name];
  if (ofBits !== undefined) {
    const [first, second] = numbers(compiler, call);
    return () => ofBits(first(), second());
  }
  const compile = COMPILERS[call.name];
  if (compile === undefined) throw new AwkError('Call to undefined function', call.line);
  return compile(compiler, call);
}

function numbers(compiler: ExpressionCompiler, { args }: Call): [first: () => number, second: () => number] {
  const argument = (position: number): (() => number) => {
    const expression = args[position];
    return expression === undefined ? () => 0 : compiler.number(expression);
  };
  return [argument(0), argument(1)];
}

/** The text of an argument; that of the record for a subject left out. */
function subject(compiler: ExpressionCompiler, expression: Expression | undefined): () => string {
  const { record } = compiler.runtime;
  return expression === undefined ? () => record.text : compiler.text(expression);
}

function textArgument(compiler: ExpressionCompiler, { args, line }: Call, position: number): () => string {
  const expression = args[position];
  if (expression === undefined) throw new AwkError('Too few arguments', line);
  return compiler.text(expression);
}

function patternArgument(compiler: ExpressionCompiler, { args, line }: Call, position: number): () => string {
  const expression = args[position];
  if (expression === undefined) throw new AwkError('Too few arguments', line);
  return compiler.pattern(expression);
}

function arrayArgument(compiler: ExpressionCompiler, { args, line }: Call, position: number): () => AwkArray {
  const expression = args[position];
  if (expression?.kind !== 'variable') throw new AwkError('Too few arguments', line);
  return compiler.array(expression.name);
}

const COMPILERS: Readonly<Record<string, Compile>> = {
  length: (compiler, { args }) => {
    const [first] = args;
    if (first?.kind === 'variable' && compiler.scope.isArray(first.name)) {
      const array = compiler.array(first.name);
      return () => array().size;
    }
    const text = subject(compiler, first);
    return () => text().length;
  },
  substr: compileSubstring,
  index: (compiler, call) => {
    const [text, part] = [textArgument(compiler, call, 0), textArgument(compiler, call, 1)];
    return () => {
      const [within, wanted] = [text(), part()];
      return wanted === '' ? 0 : within.indexOf(wanted) + 1;
    };
  },
  tolower: (compiler, call) => {
    const text = textArgument(compiler, call, 0);
    return () => text().replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  },
  toupper: (compiler, call) => {
    const text = textArgument(compiler, call, 0);
    return () => text().replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  },
  sprintf: (compiler, { args, line }) => {
    const { runtime } = compiler;
    const [format = () => '', ...values] = args.map((argument) => compiler.value(argument));
    const text = (value: Value): string => runtime.toText(value);
    return () =>
      formatValues(
        text(format()),
        values.map((value) => value()),
        text,
        line,
      );
  },
  match: compileMatch,
  split: compileSplit,
  sub: (compiler, call) => compileSubstitution(compiler, call, 1),
  gsub: (compiler, call) => compileSubstitution(compiler, call, 'all'),
  gensub: compileGensub,
  rand:
    ({ runtime }) =>
    () =>
      runtime.random.next(),
  srand: (compiler, { args }) => {
    const { random, context } = compiler.runtime;
    const [first] = args;
    const seed = first === undefined ? () => nowSeconds(context.process.kernel.clock.nowMs()) : compiler.number(first);
    return () => {
      const before = random.seed;
      random.setSeed(Math.trunc(seed()));
      return before;
    };
  },
  systime:
    ({ runtime }) =>
    () =>
      nowSeconds(runtime.context.process.kernel.clock.nowMs()),
  strftime: (compiler, { args }) => {
    const [format, time] = args;
    const text = format === undefined ? () => '%c' : compiler.text(format);
    const { clock } = compiler.runtime.context.process.kernel;
    const seconds = time === undefined ? () => nowSeconds(clock.nowMs()) : compiler.number(time);
    return () => formatTime(text(), Math.trunc(seconds()) * 1000);
  },
  mktime: (compiler, call) => {
    const text = textArgument(compiler, call, 0);
    return () => {
      const [year, month, day, hour, minute, second] = text().trim().split(/\s+/).map(Number);
      const time = Date.UTC(year ?? NaN, (month ?? NaN) - 1, day, hour, minute, second);
      return Number.isNaN(time) ? -1 : time / 1000;
    };
  },
  strtonum: (compiler, call) => {
    const text = textArgument(compiler, call, 0);
    return () => {
      const shown = text().trim();
      return /^0[0-7]+$/.test(shown) ? parseInt(shown, 8) : numberOfText(shown);
    };
  },
  asort: (compiler, call) => compileSort(compiler, call, (array) => [...array.values()]),
  asorti: (compiler, call) => compileSort(compiler, call, (array) => [...array.keys()]),
};

function nowSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** busybox moves a start ahead of the text to its beginning; POSIX counts the characters that are not there. */
function compileSubstring(compiler: ExpressionCompiler, call: Call): () => string {
  const [, from, count] = call.args;
  const text = textArgument(compiler, call, 0);
  const start = from === undefined ? () => 1 : compiler.number(from);
  const length = count === undefined ? () => Infinity : compiler.number(count);
  if (compiler.runtime.context.flavour === 'busybox') {
    return () => {
      const whole = text();
      const first = Math.max(0, Math.trunc(start() - 1));
      return whole.slice(first, first + Math.max(0, Math.trunc(length())));
    };
  }
  return () => {
    const whole = text();
    const first = Math.round(start());
    const end = first + Math.round(length());
    return whole.slice(Math.max(0, first - 1), Math.max(0, end - 1));
  };
}

function compileMatch(compiler: ExpressionCompiler, call: Call): () => number {
  const { runtime } = compiler;
  const [text, pattern] = [textArgument(compiler, call, 0), patternArgument(compiler, call, 1)];
  const groups = call.args.length > 2 ? arrayArgument(compiler, call, 2) : undefined;
  return () => {
    const subjectText = text();
    const match = runtime.regexes.get(pattern()).find(subjectText);
    const start = match === undefined ? 0 : match.index + 1;
    runtime.set('RSTART', start);
    runtime.set('RLENGTH', match === undefined ? -1 : match[0].length);
    const array = groups?.();
    array?.clear();
    for (let i = 0; i < (match?.length ?? 0); i++) {
      const group = match?.[i];
      if (group !== undefined) array?.set(String(i), new InputText(group));
    }
    return start;
  };
}

function compileSplit(compiler: ExpressionCompiler, call: Call): () => number {
  const [text, array] = [textArgument(compiler, call, 0), arrayArgument(compiler, call, 1)];
  const separator = splitSeparator(compiler, call.args[2]);
  return () => {
    const pieces = splitText(text(), separator());
    const elements = array();
    elements.clear();
    pieces.forEach((piece, i) => elements.set(String(i + 1), new InputText(piece)));
    return pieces.length;
  };
}

function splitSeparator(compiler: ExpressionCompiler, expression: Expression | undefined): () => FieldSeparator {
  const { runtime } = compiler;
  if (expression === undefined) return () => runtime.fieldSeparator;
  if (expression.kind === 'regex') return () => regexSeparator(expression.source, runtime.regexes);
  const text = compiler.text(expression);
  return () => fieldSeparator(text(), runtime.regexes);
}

function compileSubstitution(compiler: ExpressionCompiler, call: Call, which: 1 | 'all'): () => number {
  const { runtime } = compiler;
  const [pattern, replacement] = [patternArgument(compiler, call, 0), textArgument(compiler, call, 1)];
  const third = call.args[2];
  const subjectOf = third ?? { kind: 'field', index: { kind: 'number', value: 0 }, line: call.line };
  const target = isTarget(subjectOf) ? compiler.target(subjectOf) : undefined;
  const text = compiler.text(subjectOf);
  return () => {
    const regex = runtime.regexes.get(pattern());
    const by = replacement();
    const at = target?.locate() ?? '';
    const before = target === undefined ? text() : runtime.toText(target.read(at));
    const result = substitute(before, regex, by, { which, groups: false });
    if (result.count > 0) target?.write(at, result.text);
    return result.count;
  };
}

function compileGensub(compiler: ExpressionCompiler, call: Call): () => string {
  const { runtime } = compiler;
  const [pattern, replacement] = [patternArgument(compiler, call, 0), textArgument(compiler, call, 1)];
  const how = textArgument(compiler, call, 2);
  const text = subject(compiler, call.args[3]);
  return () => {
    const regex = runtime.regexes.get(pattern());
    const chosen = how();
    const which = /^[gG]/.test(chosen) ? 'all' : Math.max(1, Math.trunc(numberOfText(chosen)));
    return substitute(text(), regex, replacement(), { which, groups: true }).text;
  };
}

/** `asort` and `asorti`: values or keys in order, numbered from 1, in the array itself or a second one. */
function compileSort(
  compiler: ExpressionCompiler,
  call: Call,
  itemsOf: (array: AwkArray) => readonly Value[],
): () => number {
  const { runtime } = compiler;
  const source = arrayArgument(compiler, call, 0);
  const destination = call.args.length > 1 ? arrayArgument(compiler, call, 1) : source;
  return () => {
    const items = itemsOf(source()).toSorted((a, b) => compareForSort(a, b, runtime));
    const array = destination();
    array.clear();
    items.forEach((item, i) => array.set(String(i + 1), item));
    return items.length;
  };
}

/** Numbers come before text. */
function compareForSort(left: Value, right: Value, runtime: Runtime): number {
  const isNumber = (value: Value): boolean =>
    typeof value === 'number' || (typeof value === 'object' && value.number !== undefined);
  if (isNumber(left) && isNumber(right)) return toNumber(left) - toNumber(right);
  if (isNumber(left) !== isNumber(right)) return isNumber(left) ? -1 : 1;
  const [a, b] = [runtime.toText(left), runtime.toText(right)];
  return a < b ? -1 : a === b ? 0 : 1;
}
