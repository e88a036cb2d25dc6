/** The current record and its fields. Either is made from the other only when it is asked for. */
import { AwkError } from './ast.ts';
import { splitText, type FieldSeparator } from './separators.ts';
import { InputText, toNumber, type Value } from './values.ts';

/** More fields than this are a mistake in a program. */
const MAX_FIELDS = 1_000_000;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a;

export class CurrentRecord {
  #text = '';
  #textIsCurrent = true;
  #fields: string[] = [];
  /** Values assigned to fields, which keep being numbers. */
  readonly #assigned = new Map<number, Value>();
  #separator: FieldSeparator = { kind: 'blanks' };
  /** Where splitting by blanks goes on; -1 when all fields are there. */
  #scan = 0;
  readonly #outputSeparator: () => string;
  readonly #textOf: (value: Value) => string;

  /** `outputSeparator` gives OFS, which joins the fields when one was changed. */
  constructor(outputSeparator: () => string, textOf: (value: Value) => string) {
    this.#outputSeparator = outputSeparator;
    this.#textOf = textOf;
  }

  /** A new $0. The separator is the one of now, whenever the fields are asked for. */
  set(text: string, separator: FieldSeparator): void {
    this.#text = text;
    this.#textIsCurrent = true;
    this.#separator = separator;
    this.#fields = [];
    this.#scan = 0;
    if (this.#assigned.size > 0) this.#assigned.clear();
  }

  get text(): string {
    if (!this.#textIsCurrent) {
      this.#text = this.#fields.join(this.#outputSeparator());
      this.#textIsCurrent = true;
    }
    return this.#text;
  }

  get fieldCount(): number {
    this.#splitUpTo(Infinity);
    return this.#fields.length;
  }

  set fieldCount(count: number) {
    if (count < 0 || count > MAX_FIELDS) throw new AwkError('Access to negative field');
    this.#splitUpTo(Infinity);
    while (this.#fields.length < count) this.#fields.push('');
    for (const index of [...this.#assigned.keys()]) if (index > count) this.#assigned.delete(index);
    this.#fields.length = count;
    this.#textIsCurrent = false;
  }

  /** The text of a field; empty where there is none. */
  field(index: number): string {
    if (index === 0) return this.text;
    if (index > this.#fields.length) this.#splitUpTo(index);
    return this.#fields[index - 1] ?? '';
  }

  value(index: number): Value {
    if (this.#assigned.size > 0 && this.#assigned.has(index)) return this.#assigned.get(index);
    return new InputText(this.field(index));
  }

  number(index: number): number {
    return this.#assigned.size > 0 ? toNumber(this.value(index)) : toNumber(this.field(index));
  }

  setField(index: number, value: Value): void {
    this.#splitUpTo(Infinity);
    while (this.#fields.length < index) this.#fields.push('');
    this.#fields[index - 1] = this.#textOf(value);
    if (typeof value === 'object') this.#assigned.delete(index);
    else this.#assigned.set(index, value);
    this.#textIsCurrent = false;
  }

  #splitUpTo(index: number): void {
    if (this.#scan === -1) return;
    if (this.#separator.kind === 'blanks') {
      this.#scanBlanks(index);
      return;
    }
    this.#fields = splitText(this.#text, this.#separator);
    this.#scan = -1;
  }

  #scanBlanks(index: number): void {
    const text = this.#text;
    let at = this.#scan;
    while (this.#fields.length < index) {
      while (at < text.length && isBlank(text.charCodeAt(at))) at++;
      if (at >= text.length) {
        this.#scan = -1;
        return;
      }
      const start = at;
      while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
      this.#fields.push(text.slice(start, at));
    }
    this.#scan = at;
  }
}
