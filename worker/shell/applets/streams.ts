/** Buffered reading and writing for programs, over the descriptors of their process. */
import { concatBytes, type Bytes } from '../../base/bytes.ts';
import type { Description, OpenFile } from '../kernel/open-file.ts';
import type { Process } from '../kernel/process.ts';
import { decodeText, encodeText } from '../text.ts';

/** What a writer gathers before it hands it on, as stdio does. */
const WRITE_BUFFER_BYTES = 16_384;
const READ_BYTES = 65_536;
const NEWLINE = 0x0a;

/** A buffered writer on a descriptor. */
export class Output {
  readonly #process: Process;
  readonly #descriptor: number;
  readonly #buffered: boolean;
  #text = '';
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** Unbuffered, every write reaches the descriptor at once (standard error). */
  constructor(process: Process, descriptor: number, buffered: boolean) {
    this.#process = process;
    this.#descriptor = descriptor;
    this.#buffered = buffered;
  }

  /** Writes text (lossless, see text.ts) or bytes, which must not be changed afterwards. Await what it returns, if anything. */
  write(data: string | Uint8Array): Promise<void> | undefined {
    if (typeof data === 'string') {
      this.#text += data;
    } else {
      this.#closeText();
      this.#parts.push(data);
      this.#bytes += data.byteLength;
    }
    return this.#buffered && this.#bytes + this.#text.length < WRITE_BUFFER_BYTES ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    this.#closeText();
    if (this.#bytes === 0) return;
    const [only, ...others] = this.#parts;
    const data = only !== undefined && others.length === 0 ? only : concatBytes(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    await this.#process.write(this.#descriptor, data);
  }

  #closeText(): void {
    if (this.#text === '') return;
    const bytes = encodeText(this.#text);
    this.#text = '';
    this.#parts.push(bytes);
    this.#bytes += bytes.byteLength;
  }
}

/** A buffered reader over an open file. Close it when it was opened for this reader. */
export class Input {
  readonly #process: Process;
  readonly #file: OpenFile;
  readonly #description: Description | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;

  /** Takes over the reference of `description`, where one is given. */
  constructor(process: Process, file: OpenFile, description?: Description) {
    this.#process = process;
    this.#file = file;
    this.#description = description;
  }

  /** Some bytes, at least one; undefined at the end. */
  async chunk(): Promise<Uint8Array | undefined> {
    if (this.#rest.byteLength > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    if (this.#ended) return undefined;
    const pause = this.#process.checkpoint();
    if (pause !== undefined) await pause;
    const bytes = await this.#file.read(READ_BYTES, this.#process);
    if (bytes.byteLength > 0) return bytes;
    this.#ended = true;
    return undefined;
  }

  /** The next bytes up to and with `delimiter` (a newline by default); without one only at the end. Undefined at the end. */
  async record(delimiter = NEWLINE): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = await this.chunk();
      if (bytes === undefined) return parts.length === 0 ? undefined : concatBytes(parts);
      const end = bytes.indexOf(delimiter) + 1;
      parts.push(end === 0 ? bytes : bytes.subarray(0, end));
      if (end === 0) continue;
      this.#rest = bytes.subarray(end);
      return parts.length === 1 ? (parts[0] ?? bytes) : concatBytes(parts);
    }
  }

  /** The lines as text, without their newline. `unterminated` is called when the last one had none. */
  async *lines(unterminated?: () => void): AsyncGenerator<string> {
    for await (const batch of this.batches(NEWLINE, unterminated)) yield* batch;
  }

  /** The same, as many lines at a time as there are: for programs whose work on a line is small. */
  async *batches(delimiter = NEWLINE, unterminated?: () => void): AsyncGenerator<readonly string[]> {
    const separator = String.fromCharCode(delimiter);
    let rest: Uint8Array = new Uint8Array(0);
    for (;;) {
      const bytes = await this.chunk();
      if (bytes === undefined) break;
      const end = bytes.lastIndexOf(delimiter);
      if (end === -1) {
        rest = concatBytes([rest, bytes]);
        continue;
      }
      const whole = rest.byteLength === 0 ? bytes.subarray(0, end) : concatBytes([rest, bytes.subarray(0, end)]);
      rest = bytes.slice(end + 1);
      yield decodeText(whole).split(separator);
    }
    if (rest.byteLength === 0) return;
    unterminated?.();
    yield [decodeText(rest)];
  }

  /** All that is left, as text. */
  async text(): Promise<string> {
    return decodeText(await this.all());
  }

  /** All that is left. Counts as memory of the container while it runs. */
  async all(): Promise<Bytes> {
    const parts: Uint8Array[] = [];
    for (let bytes = await this.chunk(); bytes !== undefined; bytes = await this.chunk()) {
      this.#process.kernel.useMemory(bytes.byteLength);
      parts.push(bytes.slice());
    }
    return concatBytes(parts);
  }

  /** Goes on reading behind the end, where more may have been written since. */
  continue(): void {
    this.#ended = false;
  }

  close(): void {
    this.#description?.release();
  }
}
