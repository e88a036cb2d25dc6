/** The records of the operands, one file after the other, with the assignments between them made when they are reached. */
import { errorText } from '../context.ts';
import { AwkError } from './ast.ts';
import { fromByteText } from './byte-text.ts';
import { unescapeValue } from './lexer.ts';
import { RecordReader } from './record-reader.ts';
import type { Runtime } from './runtime.ts';
import { InputText, toNumber } from './values.ts';

export class MainInput {
  readonly #runtime: Runtime;
  #reader: RecordReader | undefined;
  #nextOperand = 1;
  #sawFile = false;
  #finished = false;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** The next record; undefined behind the last. Does not change the current one. A promise only when it has to read. */
  next(): string | undefined | Promise<string | undefined> {
    const record = this.#reader?.next(this.#runtime.recordSeparator);
    return typeof record === 'string' ? record : this.#nextLater(record);
  }

  /** Goes on with the next file. */
  skipFile(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  async #nextLater(pending: Promise<string | undefined> | undefined): Promise<string | undefined> {
    let record = await pending;
    while (record === undefined) {
      this.skipFile();
      if (!(await this.#openNext())) return undefined;
      record = await this.#reader?.next(this.#runtime.recordSeparator);
    }
    return record;
  }

  /** Opens the next operand that is a file, standard input when there was none; false behind the last. */
  async #openNext(): Promise<boolean> {
    const operand = this.#takeOperand();
    if (operand === undefined) {
      if (this.#sawFile || this.#finished) return false;
      this.#finished = true;
      this.#reader = new RecordReader(this.#runtime.context.stdin());
      return true;
    }
    this.#sawFile = true;
    this.#runtime.set('FILENAME', operand);
    this.#runtime.set('FNR', 0);
    const path = fromByteText(operand);
    try {
      this.#reader = new RecordReader(await this.#runtime.context.open(path));
    } catch (error) {
      throw new AwkError(`${path}: ${errorText(error)}`);
    }
    return true;
  }

  /** The next operand that is no assignment; assignments on the way are made. */
  #takeOperand(): string | undefined {
    const runtime = this.#runtime;
    while (this.#nextOperand < toNumber(runtime.get('ARGC'))) {
      const operand = runtime.toText(runtime.array('ARGV').get(String(this.#nextOperand++)));
      const [, name, value] = /^([A-Za-z_][A-Za-z_0-9]*)=(.*)$/s.exec(operand) ?? [];
      if (name !== undefined && value !== undefined) runtime.assign(name, new InputText(unescapeValue(value)));
      else if (operand !== '') return operand;
    }
    return undefined;
  }
}
