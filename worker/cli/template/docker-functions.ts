/** The functions Docker adds to templates (docker/cli `templates`), and what they do in the header line of a table. */
import { EngineError } from '../../base/errors.ts';
import { utf8, utf8Text } from '../../base/bytes.ts';
import { encodeGoJson } from './go-json.ts';
import type { FunctionMap } from './execution.ts';
import { ANY, INT, sliceOf, STRING, type GoType } from './go-type.ts';
import { goString, goStrings, type GoFunction, type GoValue } from './go-value.ts';

type Value = GoValue | undefined;

const stringOf = (value: Value): string => (value?.kind === 'string' ? value.value : '');
const numberOf = (value: Value): number => (value?.kind === 'int' ? Number(value.value) : 0);

const onText = (
  parameters: readonly GoType[],
  call: (text: string, ...rest: readonly Value[]) => string,
): GoFunction => ({
  parameters: [STRING, ...parameters],
  call: (text, ...rest) => goString(call(stringOf(text), ...rest)),
});

/** Docker's functions by name. */
export const DOCKER_FUNCTIONS: FunctionMap = new Map<string, GoFunction>([
  ['json', { parameters: [ANY], call: (value) => goString(encodeGoJson(value, false)) }],
  ['split', { parameters: [STRING, STRING], call: (text, by) => goStrings(split(stringOf(text), stringOf(by))) }],
  ['join', { parameters: [sliceOf(STRING), STRING], call: (list, by) => goString(itemsOf(list).join(stringOf(by))) }],
  ['title', onText([], title)],
  ['lower', onText([], (text) => mapCharacters(text, lowerCase))],
  ['upper', onText([], (text) => mapCharacters(text, upperCase))],
  ['pad', onText([INT, INT], (text, before, after) => pad(text, numberOf(before), numberOf(after)))],
  ['truncate', onText([INT], (text, length) => truncate(text, numberOf(length)))],
]);

const unchanged = (...parameters: readonly GoType[]): GoFunction => onText(parameters, (text) => text);

/** In a header line a function leaves the column's name as it is; `pad` still pads, to keep the columns aligned. */
export const HEADER_FUNCTIONS: FunctionMap = new Map<string, GoFunction>([
  ...DOCKER_FUNCTIONS,
  ['json', unchanged()],
  ['split', unchanged(STRING)],
  ['join', unchanged(STRING)],
  ['title', unchanged()],
  ['lower', unchanged()],
  ['upper', unchanged()],
  ['truncate', unchanged(INT)],
]);

function itemsOf(list: Value): string[] {
  return list?.kind === 'list' ? (list.items ?? []).map(stringOf) : [];
}

function split(text: string, by: string): string[] {
  if (by !== '') return text.split(by);
  return [...text];
}

const mapCharacters = (text: string, map: (character: string) => string): string => [...text].map(map).join('');

/** One character for one, as in Go: what has no such capital, like ß, stays. */
function upperCase(character: string): string {
  const upper = character.toUpperCase();
  return [...upper].length === 1 ? upper : character;
}

const lowerCase = (character: string): string => [...character.toLowerCase()].slice(0, 1).join('');

/** The first letter of every word in upper case; a word ends at what is neither letter, digit nor underscore. */
function title(text: string): string {
  return text.replace(/(?<![\p{L}\p{Nd}_\u0080-\uffff])\p{L}/gu, upperCase);
}

function pad(text: string, before: number, after: number): string {
  if (text === '') return text;
  if (before < 0 || after < 0) throw new EngineError('invalid-argument', 'strings: negative Repeat count');
  return ' '.repeat(before) + text + ' '.repeat(after);
}

/** The first `length` bytes. */
function truncate(text: string, length: number): string {
  const bytes = utf8(text);
  if (length < 0) {
    throw new EngineError('invalid-argument', `runtime error: slice bounds out of range [:${String(length)}]`);
  }
  return bytes.byteLength < length ? text : utf8Text(bytes.subarray(0, length));
}
