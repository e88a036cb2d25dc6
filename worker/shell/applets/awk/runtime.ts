/** What a program works on while it runs: variables, the current record, the input, open files. */
import type { AppletContext } from '../context.ts';
import { AwkError } from './ast.ts';
import { byteVariables } from './command-line.ts';
import { Channels } from './channels.ts';
import { MainInput } from './main-input.ts';
import { hasMathematics } from './mathematics.ts';
import { specialSlot, type Names, type SpecialVariable } from './names.ts';
import { RandomNumbers } from './random-numbers.ts';
import { CurrentRecord } from './record.ts';
import { RegexCache } from './regex.ts';
import { fieldSeparator, recordSeparator, type FieldSeparator, type RecordSeparator } from './separators.ts';
import { formatValues } from './sprintf.ts';
import { isTrue, numberToText, toNumber, type AwkArray, type Value } from './values.ts';

/** The parameters and temporaries of a call; of the rules, their temporaries. */
export interface Frame {
  readonly values: Value[];
  readonly arrays: AwkArray[];
  /** What `return` gave. */
  result: Value;
}

export function createFrame(size: number): Frame {
  return { values: new Array<Value>(size).fill(undefined), arrays: [], result: undefined };
}

export class Runtime {
  readonly context: AppletContext;
  readonly names: Names;
  readonly variables: Value[];
  readonly arrays: AwkArray[];
  readonly regexes: RegexCache;
  readonly random = new RandomNumbers();
  readonly channels: Channels;
  readonly input: MainInput;
  readonly record: CurrentRecord;
  /** `^` and the functions of real numbers are there. */
  readonly mathematics: boolean;
  frame: Frame;
  /** Calls that are going on. */
  depth = 0;
  exitStatus = 0;
  #fieldSeparator: FieldSeparator = { kind: 'blanks' };
  #fieldSeparatorText = ' ';
  #recordSeparator: RecordSeparator = { kind: 'character', character: '\n' };
  #recordSeparatorText = '\n';

  constructor(context: AppletContext, names: Names, temporaries: number) {
    this.context = context;
    this.regexes = new RegexCache(context.process);
    this.mathematics = hasMathematics(context);
    this.names = names;
    this.variables = new Array<Value>(names.variableCount).fill(undefined);
    this.arrays = Array.from({ length: names.arrayCount }, () => new Map<string, Value>());
    this.channels = new Channels(context);
    this.frame = createFrame(temporaries);
    this.record = new CurrentRecord(
      () => this.toText(this.get('OFS')),
      (value) => this.toText(value),
    );
    this.input = new MainInput(this);
    const initial: Readonly<Partial<Record<SpecialVariable, Value>>> = {
      NR: 0, FNR: 0, FS: ' ', OFS: ' ', ORS: '\n', RS: '\n', SUBSEP: '\x1c', RSTART: 0, RLENGTH: -1, CONVFMT: '%.6g', OFMT: '%.6g',
    }; // prettier-ignore
    for (const [name, value] of Object.entries(initial)) this.variables[names.globalVariable(name)] = value;
    for (const [name, value] of byteVariables(context.env)) this.array('ENVIRON').set(name, value);
  }

  get(name: SpecialVariable): Value {
    return this.variables[specialSlot(name)];
  }

  set(name: SpecialVariable, value: Value): void {
    this.variables[specialSlot(name)] = value;
  }

  /** A global array. */
  array(name: string): AwkArray {
    return this.globalArray(this.names.globalArray(name));
  }

  globalArray(slot: number): AwkArray {
    return (this.arrays[slot] ??= new Map<string, Value>());
  }

  localArray(slot: number): AwkArray {
    return (this.frame.arrays[slot] ??= new Map<string, Value>());
  }

  /** Assigns a global variable by its name: `-v` and operands. */
  assign(name: string, value: Value): void {
    this.setVariable(this.names.globalVariable(name), value);
  }

  /** Assigns a global variable. NF and IGNORECASE do more than keep their value. */
  setVariable(slot: number, value: Value): void {
    if (slot === NF) this.record.fieldCount = Math.trunc(toNumber(value));
    this.variables[slot] = value;
    if (slot === IGNORECASE) this.#setIgnoreCase(isTrue(value));
  }

  #setIgnoreCase(ignoreCase: boolean): void {
    this.regexes.setIgnoreCase(ignoreCase);
    this.#fieldSeparatorText = '';
    this.#recordSeparatorText = '';
  }

  toText(value: Value): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return this.numberText(value, 'CONVFMT');
    return value === undefined ? '' : value.text;
  }

  /** As `print` shows it: numbers by OFMT. */
  toOutput(value: Value): string {
    return typeof value === 'number' ? this.numberText(value, 'OFMT') : this.toText(value);
  }

  numberText(number: number, formatVariable: 'CONVFMT' | 'OFMT'): string {
    if (Number.isSafeInteger(number)) return number === 0 ? '0' : String(number);
    const format = this.variables[formatVariable === 'OFMT' ? OFMT : CONVFMT];
    return numberToText(number, typeof format === 'string' ? format : this.toText(format), (chosen, value) =>
      formatValues(chosen, [value], String, undefined),
    );
  }

  /** What FS says at the moment. */
  get fieldSeparator(): FieldSeparator {
    const text = this.toText(this.variables[FS]);
    const paragraphs = this.recordSeparator.kind === 'paragraph';
    const key = paragraphs ? `\n${text}` : text;
    if (key !== this.#fieldSeparatorText) {
      this.#fieldSeparator = fieldSeparator(text, this.regexes, paragraphs);
      this.#fieldSeparatorText = key;
    }
    return this.#fieldSeparator;
  }

  /** What RS says at the moment. */
  get recordSeparator(): RecordSeparator {
    const value = this.variables[RS];
    const text = typeof value === 'string' ? value : this.toText(value);
    if (text !== this.#recordSeparatorText) {
      this.#recordSeparator = recordSeparator(text, this.regexes);
      this.#recordSeparatorText = text;
    }
    return this.#recordSeparator;
  }

  setRecord(text: string): void {
    this.record.set(text, this.fieldSeparator);
  }

  /** Counts a record of the main input; busybox counts those of commands nowhere. */
  countRecord(): void {
    this.variables[NR] = toNumber(this.variables[NR]) + 1;
    this.variables[FNR] = toNumber(this.variables[FNR]) + 1;
  }

  /** A call begins; too many within each other are a program's mistake. */
  enter(line: number): void {
    if (++this.depth > MAX_DEPTH) throw new AwkError('Too many calls within each other', line);
  }
}

const MAX_DEPTH = 100_000;
const NF = specialSlot('NF');
const NR = specialSlot('NR');
const FNR = specialSlot('FNR');
const FS = specialSlot('FS');
const RS = specialSlot('RS');
const OFMT = specialSlot('OFMT');
const CONVFMT = specialSlot('CONVFMT');
const IGNORECASE = specialSlot('IGNORECASE');
