/** Format strings of `hexdump -e`: `ITERATIONS/BYTES "TEXT"`, in which directives of printf show the bytes of the input. */
import { characterText } from './od-formats.ts';
import { formatPrintf } from './printf-format.ts';
import { unescapeText } from './escapes.ts';

interface Directive {
  readonly kind: 'address' | 'end-address' | 'character' | 'printable' | 'number' | 'text';
  /** The directive as printf takes it. */
  readonly format: string;
  readonly letter: string;
  readonly bytes: number;
}

interface Unit {
  readonly iterations: number;
  readonly parts: readonly (string | Directive)[];
}

/** One -e, or one of the formats behind a letter. */
export interface HexdumpFormat {
  readonly units: readonly Unit[];
  /** Bytes it shows of a line. */
  readonly bytes: number;
}

const ESCAPE_RULES = {
  octalNeedsZero: false,
  hexadecimal: true,
  escape: false,
  unicode: false,
  stop: false,
  quotes: true,
} as const;
const UNIT = /\s*(?:(\d+)?(?:\/(\d+))?\s*)"((?:[^"\\]|\\.)*)"\s*/y;
const DIRECTIVE = /%([-+ #0]*\d*(?:\.\d+)?)(_[acpuAC][dox]?|[diouxXceEfgGs%])/g;

/** The format of a string; undefined when it is none. */
export function parseHexdumpFormat(text: string): HexdumpFormat | undefined {
  const units: Unit[] = [];
  UNIT.lastIndex = 0;
  while (UNIT.lastIndex < text.length) {
    const match = UNIT.exec(text);
    if (match === null) return undefined;
    const [, iterations = '1', bytes, format = ''] = match;
    units.push({
      iterations: Number(iterations),
      parts: partsOf(unescapeText(format, ESCAPE_RULES).text, bytes === undefined ? undefined : Number(bytes)),
    });
  }
  const bytesOf = ({ iterations, parts }: Unit): number =>
    iterations * parts.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.bytes), 0);
  return { units, bytes: units.reduce((sum, unit) => sum + bytesOf(unit), 0) };
}

function partsOf(format: string, bytes: number | undefined): (string | Directive)[] {
  const parts: (string | Directive)[] = [];
  let end = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const [whole, flags = '', conversion = ''] = match;
    parts.push(format.slice(end, match.index));
    end = match.index + whole.length;
    parts.push(conversion === '%' ? '%' : directiveOf(flags, conversion, bytes));
  }
  parts.push(format.slice(end));
  return parts.filter((part) => part !== '');
}

function directiveOf(flags: string, conversion: string, bytes: number | undefined): Directive {
  const special = conversion.startsWith('_') ? conversion[1] : undefined;
  if (special === 'a' || special === 'A') {
    const letter = { d: 'd', o: 'o', x: 'x' }[conversion[2] ?? 'x'] ?? 'x';
    return { kind: special === 'a' ? 'address' : 'end-address', format: `%${flags}${letter}`, letter, bytes: 0 };
  }
  const text = `%${flags.replace(/^0/, '')}s`;
  if (special === 'p') return { kind: 'printable', format: text, letter: 's', bytes: 1 };
  if (special !== undefined || conversion === 'c') return { kind: 'character', format: text, letter: 's', bytes: 1 };
  if (conversion === 's') return { kind: 'text', format: text, letter: 's', bytes: bytes ?? 1 };
  return { kind: 'number', format: `%${flags}${conversion}`, letter: conversion, bytes: bytes ?? 4 };
}

/** A line of `bytes` from `at` on. What is missing of it is left blank, as wide as it would have been. */
export function hexdumpLine({ units }: HexdumpFormat, bytes: Uint8Array, at: number): string {
  let out = '';
  let position = at;
  for (const { iterations, parts } of units) {
    for (let i = 0; i < iterations; i++) {
      for (const [index, part] of parts.entries()) {
        if (typeof part !== 'string') {
          out += show(part, bytes, position);
          position += part.bytes;
          continue;
        }
        // the blank that separates iterations is not wanted behind the last
        const separates = iterations > 1 && i === iterations - 1 && index === parts.length - 1;
        out += separates ? part.replace(/ +$/, '') : part;
      }
    }
  }
  return out;
}

function show({ kind, format, letter, bytes: length }: Directive, bytes: Uint8Array, at: number): string {
  const print = (value: string): string => formatPrintf(format, [value], 'gnu').text;
  if (kind === 'address') return print(String(at));
  if (kind === 'end-address') return '';
  if (at >= bytes.byteLength) {
    const width = /^%[-+ #0]*(\d+)/.exec(format)?.[1] ?? '0';
    return ' '.repeat(Number(width));
  }
  const byte = bytes[at] ?? 0;
  switch (kind) {
    case 'character':
      return print(characterText(byte));
    case 'printable':
      return print(byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');
    case 'text':
      return print(String.fromCharCode(...bytes.subarray(at, at + length)).replace(/\0.*/s, ''));
    case 'number':
      return print(numberText(bytes.subarray(at, at + length), letter));
  }
}

function numberText(bytes: Uint8Array, letter: string): string {
  const filled = new Uint8Array(8);
  filled.set(bytes.subarray(0, 8));
  const view = new DataView(filled.buffer);
  if (/[eEfgG]/.test(letter))
    return String(bytes.byteLength === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true));
  const value = view.getBigUint64(0, true);
  return String(/[di]/.test(letter) ? BigInt.asIntN(bytes.byteLength * 8, value) : value);
}
