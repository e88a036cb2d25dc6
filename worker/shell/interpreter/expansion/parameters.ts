/** Parameter expansion (XCU 2.6.2, and bash's additions): `$x`, `${x:-…}`, `${x#…}`, `${x/…}`, `${x:1:2}`, `${x[@]}` … */
import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import type { Expansion } from './expansion.ts';
import { changeCase, removeMatch, replaceMatches, swapCase, transform } from './parameter-operations.ts';
import type { Sink } from './sinks.ts';
import { ReplacementSink, TextSink } from './sinks.ts';
import { expandArithmeticText, expandWordParts } from './parts.ts';
import { expandToPattern, expandToText } from './words.ts';

/** What a parameter holds: one value, or a list (`$@`, `${a[*]}`). */
type Value =
  | { readonly kind: 'one'; readonly value: string | undefined }
  | {
      readonly kind: 'many';
      readonly values: readonly string[];
      readonly star: boolean;
      /** Of an array, where slices count by them. */
      readonly subscripts?: readonly number[];
    };

const one = (value: string | undefined): Value => ({ kind: 'one', value });

/** `$name`, the commonest case, without operations. */
export function expandSimpleParameter(shell: Shell, name: string, sink: Sink, quoted: boolean): void {
  const value = lookUp(shell, name);
  emit(
    shell,
    value.kind === 'one' && value.value === undefined ? one(requireSet(shell, name, value.value)) : value,
    sink,
    quoted,
  );
}

/** `${…}` in all its forms. */
export function* expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  sink: Sink,
  quoted: boolean,
): Expansion<void> {
  const { operation } = part;
  if (operation !== undefined) requireSupported(shell, part, operation);
  if (part.prefix === '!' && shell.dialect.features.bashParameters === true) {
    yield* expandIndirect(shell, part, sink, quoted);
    return;
  }
  if (part.prefix === '!' || (part.index !== undefined && shell.dialect.features.arrays !== true))
    throw badSubstitution(shell, part);
  const value = yield* valueOf(shell, part.parameter, part.index);
  if (part.prefix === '#') {
    if (operation !== undefined) throw badSubstitution(shell, part);
    emit(shell, one(String(lengthOf(shell, part, value))), sink, quoted);
    return;
  }
  yield* expandValue(shell, nameOf(part), part, value, sink, quoted);
}

function* expandValue(
  shell: Shell,
  name: string,
  part: ParameterExpansionPart,
  value: Value,
  sink: Sink,
  quoted: boolean,
): Expansion<void> {
  const { operation } = part;
  if (operation?.type === 'Default') {
    yield* expandDefault(shell, name, operation, value, sink, quoted);
    return;
  }
  const set = value.kind === 'one' ? one(requireSet(shell, name, value.value)) : value;
  emit(shell, operation === undefined ? set : yield* apply(shell, name, operation, set), sink, quoted);
}

/** `${!name}`, `${!name[@]}`, `${!prefix*}`. */
function* expandIndirect(shell: Shell, part: ParameterExpansionPart, sink: Sink, quoted: boolean): Expansion<void> {
  const { parameter, index, operation } = part;
  if (operation?.type === 'Names') {
    const values = shell.variables.names().filter((name) => name.startsWith(parameter));
    emit(shell, { kind: 'many', values, star: operation.operator === '*' }, sink, quoted);
    return;
  }
  if (index?.text === '@' || index?.text === '*') {
    const values = [...shell.elementsOf(parameter).keys()];
    emit(shell, { kind: 'many', values, star: index.text === '*' }, sink, quoted);
    return;
  }
  const reference = index === undefined ? shell.variables.referenceOf(parameter) : undefined;
  if (reference !== undefined) {
    emit(shell, one(reference), sink, quoted);
    return;
  }
  const through = yield* valueOf(shell, parameter, index);
  const target = through.kind === 'one' ? through.value : through.values.join(' ');
  if (target === undefined) throw new ShellError(`${parameter}: invalid indirect expansion`);
  const match = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.+)\])?$/.exec(target);
  if (match?.[1] === undefined) throw new ShellError(`${target}: invalid variable name`);
  const value = match[2] === undefined ? lookUp(shell, match[1]) : elementOf(shell, match[1], match[2]);
  yield* expandValue(shell, target, part, value, sink, quoted);
}

function nameOf(part: ParameterExpansionPart): string {
  return part.index === undefined ? part.parameter : `${part.parameter}[${part.index.text}]`;
}

function* valueOf(shell: Shell, name: string, index: Word | undefined): Expansion<Value> {
  if (index === undefined) return lookUp(shell, name);
  if (index.text === '@' || index.text === '*') return elementOf(shell, name, index.text);
  if (shell.variables.find(name)?.associative === true)
    return elementOf(shell, name, yield* expandToText(shell, index));
  return elementOf(shell, name, yield* expandArithmeticText(shell, index.text));
}

function elementOf(shell: Shell, name: string, subscript: string): Value {
  if (subscript === '@' || subscript === '*') {
    const elements = shell.elementsOf(name);
    const indexed = shell.variables.find(name)?.associative !== true;
    return {
      kind: 'many',
      values: [...elements.values()],
      star: subscript === '*',
      ...(indexed ? { subscripts: Array.from(elements.keys(), Number) } : {}),
    };
  }
  return one(shell.get(name, subscript));
}

/** The value of a parameter by name, special and positional ones included. */
function lookUp(shell: Shell, name: string): Value {
  if (name === '@' || name === '*') return { kind: 'many', values: shell.positional, star: name === '*' };
  return one(shell.parameter(name));
}

function requireSet(shell: Shell, name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  if (!shell.options.has('nounset')) return '';
  const shown = shell.dialect.name === 'bash' && /^\d/.test(name) ? `$${name}` : name;
  throw new ShellError(shell.dialect.messages.unset(shown), unsetStatus(shell));
}

/** bash ends a script given by -c with another status than a file, unless `set -e` ends it. */
function unsetStatus(shell: Shell): number {
  const isMain = shell.fromCommandLine && shell.subshellDepth === 0;
  const plain = shell.dialect.name !== 'bash' || (isMain && !shell.options.has('errexit'));
  return plain ? shell.dialect.statuses.unset : 1;
}

function emit(shell: Shell, value: Value, sink: Sink, quoted: boolean): void {
  if (value.kind === 'one') {
    if (quoted) sink.quoted(value.value ?? '');
    else if (value.value !== undefined && value.value !== '') sink.split(value.value);
    return;
  }
  if (value.star && (quoted || sink instanceof TextSink)) {
    sink.quoted(value.values.join(shell.fieldSeparators.slice(0, 1)));
    return;
  }
  value.values.forEach((text, index) => {
    if (index > 0) sink.breakField();
    if (quoted) sink.quoted(text);
    else sink.split(text);
  });
}

function lengthOf(shell: Shell, part: ParameterExpansionPart, value: Value): number {
  if (value.kind === 'many') return value.values.length;
  return shell.lengthOf(requireSet(shell, nameOf(part), value.value));
}

function requireSupported(shell: Shell, part: ParameterExpansionPart, operation: ParameterOperation): void {
  const { features } = shell.dialect;
  const supported = {
    Default: true,
    Remove: true,
    Replace: features.substrings,
    Slice: features.substrings,
    CaseModification: features.bashParameters,
    Transform: features.bashParameters,
    Names: features.bashParameters,
    // what unbash does not know of bash's operations is the change of case
    Unknown: features.bashParameters === true && /^~~?/.test(operation.operator),
  }[operation.type];
  if (supported !== true) throw badSubstitution(shell, part);
}

function badSubstitution(shell: Shell, part: ParameterExpansionPart): ShellError {
  return new ShellError(shell.dialect.messages.badSubstitution(part.text));
}

/** `:-`, `:=`, `:?`, `:+` and their forms without a colon. */
function* expandDefault(
  shell: Shell,
  name: string,
  operation: Extract<ParameterOperation, { type: 'Default' }>,
  value: Value,
  sink: Sink,
  quoted: boolean,
): Expansion<void> {
  const { operator, operand } = operation;
  const action = operator.at(-1) ?? '';
  const present = isPresent(value, operator.startsWith(':'));
  if (action === '+') {
    if (present) yield* expandOperand(shell, operand, sink, quoted);
    else if (quoted) sink.quoted('');
    return;
  }
  if (present) {
    emit(shell, value, sink, quoted);
    return;
  }
  if (action === '-') {
    yield* expandOperand(shell, operand, sink, quoted);
    return;
  }
  if (action === '=') {
    if (!/^[A-Za-z_]/.test(name)) throw new ShellError(shell.dialect.messages.badSubstitution(`\${${name}}`));
    const text = yield* operandText(shell, operand, quoted);
    shell.assign(name, text);
    emit(shell, one(text), sink, quoted);
    return;
  }
  const message = yield* operandText(shell, operand, quoted);
  const nullOrUnset = shell.dialect.name === 'bash' ? 'parameter null or not set' : 'parameter not set or null';
  const fallback = operator === ':?' ? nullOrUnset : 'parameter not set';
  throw new ShellError(`${name}: ${message === '' ? fallback : message}`, unsetStatus(shell));
}

function isPresent(value: Value, notNull: boolean): boolean {
  if (value.kind === 'many') return value.values.length > 0 && !(notNull && value.values.join(' ') === '');
  return value.value !== undefined && !(notNull && value.value === '');
}

function* operandText(shell: Shell, operand: Word, quoted: boolean): Expansion<string> {
  const sink = new TextSink();
  yield* expandWordParts(shell, operand, sink, quoted);
  return sink.value;
}

/** The word of `${x:-word}`: outside of quotes its plain text is split, as if an expansion had given it. */
function* expandOperand(shell: Shell, operand: Word, sink: Sink, quoted: boolean): Expansion<void> {
  if (quoted) {
    yield* expandWordParts(shell, operand, sink, true);
    return;
  }
  if (operand.parts === undefined && operand.text === operand.value && !operand.text.startsWith('~')) {
    sink.split(operand.value);
    return;
  }
  yield* expandWordParts(shell, operand, splittingLiterals(sink), false);
}

/** A sink that splits what is plain text in the script; text with quotes or backslashes in it stays whole. */
function splittingLiterals(sink: Sink): Sink {
  return {
    quoted: (text) => sink.quoted(text),
    literal(value, text) {
      if (value === text) sink.split(value);
      else sink.literal(value, text);
    },
    pattern: (text) => sink.pattern(text),
    split: (text) => sink.split(text),
    breakField: () => sink.breakField(),
  };
}

/** The operations that make another value of a value; of a list, element by element. */
function* apply(shell: Shell, name: string, operation: ParameterOperation, value: Value): Expansion<Value> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandToPattern(shell, operation.operand);
      return each(value, (text) => removeMatch(text, operation.operator, pattern, shell.extendedGlobs));
    }
    case 'Replace':
      return yield* replace(shell, operation, value);
    case 'Slice':
      return yield* slice(shell, operation, value);
    case 'CaseModification': {
      const pattern = operation.operand === undefined ? '?' : yield* expandToPattern(shell, operation.operand);
      return each(value, (text) => changeCase(text, operation.operator, pattern === '' ? '?' : pattern));
    }
    case 'Transform': {
      const kind = yield* expandToText(shell, operation.operand);
      return each(value, (text) => transform(shell, name, kind, text));
    }
    case 'Unknown':
      return each(value, (text) => swapCase(text, operation.operator === '~~'));
    case 'Default':
    case 'Names':
      return value;
  }
}

function* replace(
  shell: Shell,
  operation: Extract<ParameterOperation, { type: 'Replace' }>,
  value: Value,
): Expansion<Value> {
  const pattern = yield* expandToPattern(shell, operation.pattern);
  const sink = new ReplacementSink(shell.dialect.name === 'bash');
  yield* expandWordParts(shell, operation.replacement, sink, false);
  // Only bash anchors patterns by `#` and `%`; ash takes them for what they are.
  const anchored = shell.dialect.name === 'bash' || operation.operator.length === 1 || operation.operator === '//';
  const [operator, whole] = anchored
    ? [operation.operator, pattern]
    : (['/', operation.operator.slice(1) + pattern] as const);
  return each(value, (text) =>
    replaceMatches(text, operator, whole, (match) => sink.textFor(match), shell.extendedGlobs),
  );
}

function each(value: Value, change: (text: string) => string): Value {
  if (value.kind === 'one') return one(change(value.value ?? ''));
  return { ...value, values: value.values.map(change) };
}

function* slice(
  shell: Shell,
  operation: Extract<ParameterOperation, { type: 'Slice' }>,
  value: Value,
): Expansion<Value> {
  const offset = Number(evaluateArithmetic(yield* expandArithmeticText(shell, operation.offset.text), shell));
  const length =
    operation.length === undefined
      ? undefined
      : Number(evaluateArithmetic(yield* expandArithmeticText(shell, operation.length.text), shell));
  if (value.kind === 'one') {
    const text = value.value ?? '';
    return one(text.slice(...sliceBounds(shell, text.length, offset, length)));
  }
  if (length !== undefined && length < 0) throw new ShellError(`${length}: substring expression < 0`);
  const { subscripts } = value;
  if (subscripts !== undefined) {
    const least = offset < 0 ? (subscripts.at(-1) ?? -1) + 1 + offset : offset;
    const first = least < 0 ? -1 : subscripts.findIndex((subscript) => subscript >= least);
    const values = first === -1 ? [] : value.values.slice(first, length === undefined ? undefined : first + length);
    return { kind: 'many', values, star: value.star };
  }
  // The positional parameters count from 1; offset 0 brings $0 along.
  const items = value.values === shell.positional ? [shell.name, ...value.values] : value.values;
  const from = offset < 0 ? items.length + offset : offset;
  if (from < 0) return { ...value, values: [] };
  const start = value.values === shell.positional && operation.offset.text === '' ? 1 : from;
  return { ...value, values: items.slice(start, length === undefined ? undefined : start + length) };
}

function sliceBounds(shell: Shell, size: number, offset: number, length: number | undefined): [number, number] {
  const start = offset < 0 ? size + offset : Math.min(offset, size);
  if (start < 0) return [0, 0];
  if (length === undefined) return [start, size];
  if (length >= 0) return [start, start + length];
  const end = size + length;
  if (end < start && shell.dialect.name === 'bash') throw new ShellError(`${length}: substring expression < 0`);
  return [start, Math.max(start, end)];
}
