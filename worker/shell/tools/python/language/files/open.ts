/** `open()` and the files it gives: text or bytes, read and written through the container's file system. */
import type { Description } from '../../../../kernel/open-file.ts';
import { decodeText, encodeText } from '../../../../text.ts';
import { className, integerOf, textOf } from '../objects/classes.ts';
import { builtinType, Bytes, bytesType } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import type { PythonObject, Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { str } from '../machine/representation.ts';
import type { Steps } from '../machine/steps.ts';
import { osErrorOf, withSystemErrors } from './system-errors.ts';
import { decodeBytes, encodeTextAs } from '../types/encodings.ts';

export const textFileType = builtinType('TextIOWrapper');
export const binaryFileType = builtinType('BufferedReader');
textFileType.qualifiedName = '_io.TextIOWrapper';
binaryFileType.qualifiedName = '_io.BufferedReader';
/** Text that is gathered before it is written. */
const BUFFER_CHARACTERS = 8192;
const READ_BYTES = 1 << 20;

export interface OpenRequest {
  readonly file: Value;
  readonly mode: string;
  readonly encoding: Value;
  readonly errors: Value;
  readonly newline: Value;
}

export function* openFile(request: OpenRequest, machine: Machine): Steps<Value> {
  const { mode } = request;
  if (!/^[rwaxbt+U]+$/.test(mode)) throw valueError(`invalid mode: '${mode}'`);
  if (mode.replace(/[^rwax]/g, '').length !== 1)
    throw valueError('must have exactly one of create/read/write/append mode');
  const isBinary = mode.includes('b');
  if (isBinary && request.encoding !== null) throw valueError("binary mode doesn't take an encoding argument");
  const descriptor = integerOf(request.file);
  const path = descriptor === undefined ? pathText(request.file, machine) : '';
  const { process } = machine;
  const description =
    descriptor === undefined
      ? yield* withSystemErrors(request.file, () =>
          process.files.open(path, {
            read: mode.includes('r') || mode.includes('+'),
            write: !mode.includes('r') || mode.includes('+'),
            append: mode.includes('a'),
            create: !mode.includes('r'),
            exclusive: mode.includes('x'),
            truncate: mode.includes('w'),
          }),
        )
      : process.descriptors.description(Number(descriptor)).retain();
  if (description.file.inode().kind === 'directory') {
    description.release();
    throw osErrorOf('EISDIR', request.file);
  }
  return new File(description, request, path, machine);
}

/** The text of a path: a str, bytes, or an object with `__fspath__`. */
export function pathText(value: Value, machine: Machine): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Bytes) return decodeText(value.data);
  const method = value !== null && typeof value === 'object' ? value.cls.find('__fspath__') : undefined;
  if (method === undefined) throw typeError(`expected str, bytes or os.PathLike object, not ${className(value)}`);
  return str(machine.callNow(method, [value]), machine);
}

export class File implements PythonObject {
  readonly cls;
  readonly attributes: Map<string, Value>;
  readonly isBinary: boolean;
  readonly isReadable: boolean;
  readonly isWritable: boolean;
  readonly #description: Description;
  readonly #machine: Machine;
  readonly #encoding: string;
  readonly #errors: string;
  readonly #newline: Value;
  #unwritten = '';
  #unwrittenBytes: Uint8Array[] = [];
  #rest: Uint8Array = new Uint8Array(0);
  #text: string | undefined;
  isClosed = false;

  constructor(description: Description, request: OpenRequest, path: string, machine: Machine) {
    const { mode, encoding, errors, newline, file } = request;
    this.#description = description;
    this.#machine = machine;
    this.isBinary = mode.includes('b');
    this.cls = this.isBinary ? binaryFileType : textFileType;
    this.isReadable = /[r+]/.test(mode);
    this.isWritable = /[wax+]/.test(mode);
    this.#encoding = textOf(encoding) ?? 'utf-8';
    this.#errors = textOf(errors) ?? 'strict';
    this.#newline = newline;
    this.attributes = new Map<string, Value>([
      ['name', path === '' ? file : (textOf(file) ?? path)],
      ['mode', mode],
      ['closed', false],
      ...(this.isBinary ? [] : [['encoding', this.#encoding.toUpperCase().replace(/^UTF8$/, 'UTF-8')] as const]),
    ]);
  }

  checkOpen(): void {
    if (this.isClosed) throw valueError('I/O operation on closed file.');
  }

  /** All that is left, or so many characters or bytes. */
  async read(count: number | undefined): Promise<Value> {
    await this.flush();
    if (this.isBinary) {
      const data = await this.#bytes(count);
      return new Bytes(data, bytesType);
    }
    const text = await this.#decoded();
    const taken = count === undefined ? text : [...text].slice(0, count).join('');
    this.#text = text.slice(taken.length);
    return taken;
  }

  /** The next line with its end; empty behind the last. */
  async readLine(): Promise<Value> {
    if (this.#unwritten !== '' || this.#unwrittenBytes.length > 0) await this.flush();
    if (!this.isBinary) {
      const text = await this.#decoded();
      const end = text.indexOf('\n') + 1;
      const line = end === 0 ? text : text.slice(0, end);
      this.#text = text.slice(line.length);
      return line;
    }
    for (;;) {
      const end = this.#rest.indexOf(0x0a) + 1;
      if (end > 0) {
        const line = this.#rest.slice(0, end);
        this.#rest = this.#rest.subarray(end);
        return new Bytes(line);
      }
      const more = await this.#readSome();
      if (more.length === 0) {
        const line = this.#rest;
        this.#rest = new Uint8Array(0);
        return new Bytes(line);
      }
      this.#rest = joined([this.#rest, more]);
    }
  }

  write(value: Value): Promise<void> | undefined {
    if (value instanceof Bytes) this.#unwrittenBytes.push(value.data);
    else this.#unwritten += textOf(value) ?? '';
    return this.#unwritten.length + this.#unwrittenBytes.length * 512 < BUFFER_CHARACTERS ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#unwritten;
    const parts = this.#unwrittenBytes;
    this.#unwritten = '';
    this.#unwrittenBytes = [];
    if (text === '' && parts.length === 0) return;
    const data = this.isBinary ? joined(parts) : this.#encoded(text);
    await this.#description.file.write(data, this.#machine.process);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    try {
      await this.flush();
    } finally {
      this.isClosed = true;
      this.attributes.set('closed', true);
      this.#description.release();
    }
  }

  async seek(offset: number, whence: number): Promise<number> {
    await this.flush();
    const { file } = this.#description;
    const inode = file.inode();
    const size = inode.kind === 'file' ? inode.body.sizeBytes : 0;
    const base = whence === 0 ? 0 : whence === 1 ? this.tell() : size;
    this.#rest = new Uint8Array(0);
    this.#text = undefined;
    file.seek(base + offset);
    return base + offset;
  }

  tell(): number {
    const unread = this.#rest.length + (this.#text === undefined ? 0 : encodeText(this.#text).length);
    return this.#description.file.tell() - unread + encodeText(this.#unwritten).length;
  }

  async truncate(size: number | undefined): Promise<number> {
    await this.flush();
    const length = size ?? this.tell();
    this.#description.file.truncate(length);
    return length;
  }

  async #decoded(): Promise<string> {
    if (this.#text !== undefined && this.#text !== '') return this.#text;
    const data = await this.#bytes(undefined);
    this.#machine.work(data.length / 64);
    const text = decodeBytes(data, this.#encoding, this.#errors);
    return this.#newline === null ? text.replace(/\r\n?/g, '\n') : text;
  }

  #encoded(text: string): Uint8Array {
    const lines = textOf(this.#newline) === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
    return encodeTextAs(lines, this.#encoding, this.#errors);
  }

  async #bytes(count: number | undefined): Promise<Uint8Array> {
    const parts = [this.#rest];
    let length = this.#rest.length;
    this.#rest = new Uint8Array(0);
    while (count === undefined || length < count) {
      const more = await this.#readSome();
      if (more.length === 0) break;
      parts.push(more);
      length += more.length;
    }
    const all = joined(parts);
    if (count === undefined || all.length <= count) return all;
    this.#rest = all.subarray(count);
    return all.slice(0, count);
  }

  async #readSome(): Promise<Uint8Array> {
    const data = await this.#description.file.read(READ_BYTES, this.#machine.process);
    return data.slice();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Waits for what a file does; a system call that fails is an OSError. */
export function* onFile<T>(promise: Promise<T> | undefined): Steps<T | undefined> {
  return promise === undefined ? undefined : yield* withSystemErrors(undefined, () => promise);
}
