/** Assignments: `a=b`, `a+=b`, `a[1]=b`, `a=(b c)`. */
import type { ArrayValue, Assignment, Word } from 'unbash';
import { evaluateArithmetic } from './expansion/arithmetic.ts';
import type { Expansion } from './expansion/expansion.ts';
import { expandArithmeticText } from './expansion/parts.ts';
import { expandToText, expandToTextAtOnce, expandWords } from './expansion/words.ts';
import type { Shell } from './shell.ts';

/** An assignment after expansion. */
export interface ExpandedAssignment {
  readonly name: string;
  readonly subscript?: string;
  readonly append: boolean;
  /** The text, or for an array its elements: by subscript, or in order. */
  readonly value: string | readonly ArrayElement[];
}

interface ArrayElement {
  readonly subscript: string | undefined;
  readonly value: string;
}

/** The commonest assignment, `a=text`, where nothing has to be run for it; else undefined. */
export function expandAssignmentAtOnce(shell: Shell, node: Assignment): ExpandedAssignment | undefined {
  const { name, value, index } = node;
  if (value.type === 'ArrayValue' || index !== undefined) return undefined;
  const text = expandToTextAtOnce(shell, value, 'after-colons');
  return text === undefined ? undefined : { name, append: node.append === true, value: text };
}

export function* expandAssignment(shell: Shell, node: Assignment): Expansion<ExpandedAssignment> {
  const append = node.append === true;
  const { name, index, value } = node;
  if (value.type === 'ArrayValue') {
    return {
      name,
      append,
      value: yield* expandElements(shell, value, shell.variables.find(name)?.associative === true),
    };
  }
  const text = yield* expandToText(shell, value, 'after-colons');
  if (index === undefined) return { name, append, value: text };
  return { name, append, value: text, subscript: yield* expandSubscript(shell, name, index) };
}

function* expandSubscript(shell: Shell, name: string, index: Word): Expansion<string> {
  if (shell.variables.find(name)?.associative === true) return yield* expandToText(shell, index);
  return yield* expandArithmeticText(shell, index.text);
}

function* expandElements(shell: Shell, array: ArrayValue, associative: boolean): Expansion<ArrayElement[]> {
  const elements: ArrayElement[] = [];
  for (const word of array.elements) {
    const match = /^\[([^\]]*)\]=/.exec(word.text);
    if (match?.[1] === undefined) {
      for (const value of yield* expandWords(shell, [word])) elements.push({ subscript: undefined, value });
      continue;
    }
    const text = yield* expandToText(shell, word);
    const end = text.indexOf(']=');
    const subscript = associative ? text.slice(1, end) : yield* expandArithmeticText(shell, match[1]);
    elements.push({ subscript, value: text.slice(end + 2) });
  }
  return elements;
}

/** Makes an expanded assignment in the shell. */
export function assign(shell: Shell, assignment: ExpandedAssignment): void {
  const { name, subscript, append, value } = assignment;
  if (typeof value !== 'string') {
    assignArray(shell, name, value, append);
    return;
  }
  const before = append
    ? subscript === undefined
      ? shell.variables.get(name)
      : shell.get(name, subscript)
    : undefined;
  const text = append ? appended(shell, name, before ?? '', value) : value;
  if (subscript === undefined) shell.assign(name, text);
  else shell.assignElement(name, subscript, text);
}

function appended(shell: Shell, name: string, before: string, value: string): string {
  return shell.variables.find(name)?.integer === true ? `(${before === '' ? '0' : before})+(${value})` : before + value;
}

/** Replaces, or adds to, an array's elements. */
export function assignArray(shell: Shell, name: string, values: readonly ArrayElement[], append: boolean): void {
  const variable = shell.variables.find(name);
  const before =
    variable?.elements ??
    (variable?.value === undefined ? new Map<string, string>() : new Map([['0', variable.value]]));
  const elements = new Map(append ? before : []);
  let next = append ? Math.max(-1, ...[...elements.keys()].map(Number).filter((key) => !Number.isNaN(key))) + 1 : 0;
  for (const { subscript, value } of values) {
    if (variable?.associative === true) {
      elements.set(subscript ?? value, subscript === undefined ? '' : value);
      continue;
    }
    const index = subscript === undefined ? next : Number(evaluateArithmetic(subscript, shell));
    elements.set(String(index), variable?.integer === true ? String(evaluateArithmetic(value, shell)) : value);
    next = index + 1;
  }
  shell.assignElements(name, elements);
}

/** As `set -x` shows it. */
export function assignmentText(assignment: ExpandedAssignment, quote: (text: string) => string): string {
  const { name, subscript, append, value } = assignment;
  const target = `${name}${subscript === undefined ? '' : `[${subscript}]`}${append ? '+=' : '='}`;
  if (typeof value === 'string') return target + (value === '' ? '' : quote(value));
  const inner = value.map((one) => (one.subscript === undefined ? '' : `[${one.subscript}]=`) + quote(one.value));
  return `${target}(${inner.join(' ')})`;
}
