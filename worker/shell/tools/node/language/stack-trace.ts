/** Where a program is, as Node tells it: lines and columns, stack traces. */
import type { Obj } from './callable.ts';
import type { Frame, SourceUnit } from './machine.ts';

/** As many calls as Node tells. */
const MAX_FRAMES = 10;

const lineStarts = new WeakMap<SourceUnit, readonly number[]>();

/** Line and column of an offset, both from 1. */
export function positionIn(unit: SourceUnit, offset: number): { readonly line: number; readonly column: number } {
  let starts = lineStarts.get(unit);
  if (starts === undefined) {
    starts = [0, ...Array.from(unit.text.matchAll(/\n/g), ({ index }) => index + 1)];
    lineStarts.set(unit, starts);
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** `Name: message` and the calls below; what `stack` of an error says. */
export function captureStack(error: Obj, frame: Frame | undefined): string {
  const lines = [headOf(error)];
  for (let at = frame; at !== undefined && lines.length <= MAX_FRAMES; at = at.parent) {
    const { unit, label } = at.callee;
    const { line, column } = positionIn(unit, at.site);
    const place = `${unit.name}:${line}:${column}`;
    lines.push(label === '' ? `    at ${place}` : `    at ${label} (${place})`);
  }
  return lines.join('\n');
}

/** The first call that is none of a constructor: those of an error's own class are no part of its stack. */
export function belowConstructors(frame: Frame | undefined): Frame | undefined {
  let at = frame;
  while (at?.callee.label.startsWith('new ') === true) at = at.parent;
  return at;
}

/** `Error: message`, as `toString` of an error has it. */
export function headOf(error: Obj): string {
  const { name = 'Error', message = '' } = error;
  const [called, said] = [String(name), String(message)];
  return said === '' ? called : called === '' ? said : `${called}: ${said}`;
}

/** The line of the source with a caret below, as Node prints it above an error that nobody caught. */
export function sourceExcerpt(unit: SourceUnit, offset: number, length = 1): string {
  const { line, column } = positionIn(unit, offset);
  const text = unit.text.split('\n')[line - 1] ?? '';
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${unit.name}:${line}\n${text}\n${indent}${'^'.repeat(length)}\n`;
}
