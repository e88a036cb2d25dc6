/**
 * A terminal as a process sees it: the line discipline of a Unix tty (termios(3)) in canonical mode. Keys are shown, gathered
 * to lines and edited before a program reads them; Ctrl-C and Ctrl-\ are signals, Ctrl-D ends the input; a line's end is
 * printed as carriage return and line feed.
 */
import { concatBytes, utf8, utf8Text } from '../../base/bytes.ts';
import type { Stdio } from '../process.ts';
import { UNSEEKABLE, type OpenFile, type Waiter } from './open-file.ts';
import type { StreamLook } from './devices.ts';
import type { SignalName } from './signals.ts';

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const END_OF_INPUT = 0x04;
const ERASE = 0x7f;
const BACKSPACE = 0x08;
const ERASE_WORD = 0x17;
const ERASE_LINE = 0x15;
const ESCAPE = 0x1b;
const SIGNALS: ReadonlyMap<number, SignalName> = new Map([
  [0x03, 'INT'],
  [0x1c, 'QUIT'],
]);
const RUBOUT = '\b \b';

export class Terminal {
  readonly #io: Stdio;
  readonly #signal: (name: SignalName) => void;
  /** Lines nobody has read yet; an empty one is the end of input. */
  readonly #lines: Uint8Array[] = [];
  readonly #waiting = new Set<() => void>();
  /** The line that is being typed, a character each. */
  #typed: string[] = [];
  /** Bytes of a character that is not whole yet. */
  #partial = new Uint8Array(0);
  /** What came of a sequence that a key like an arrow sends; undefined outside of one. */
  #escape: string | undefined;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #closed = false;

  /** `signal` is told when a key means one. */
  constructor(io: Stdio, signal: (name: SignalName) => void) {
    this.#io = io;
    this.#signal = signal;
    this.#reader = io.stdin?.getReader();
    // a terminal nobody types to is not at its end: whoever reads it waits
    if (this.#reader !== undefined) void this.#listen(this.#reader);
  }

  /** A descriptor of the terminal, for reading and writing. */
  open(look: StreamLook, count: (bytes: number) => void): OpenFile {
    return {
      ...UNSEEKABLE,
      label: look.label,
      inode: () => look.inode,
      terminal: true,
      read: (maxBytes, waiter) => this.#read(maxBytes, waiter),
      write: (data) => {
        count(data.byteLength);
        return this.#io.stdout(withReturns(data));
      },
      // who typed may type to the next program
      close: () => void this.#reader?.cancel().catch(() => undefined),
    };
  }

  async #read(maxBytes: number, waiter: Waiter): Promise<Uint8Array> {
    while (this.#lines.length === 0) {
      if (this.#closed) return new Uint8Array(0);
      await waiter.block((wake) => {
        this.#waiting.add(wake);
        return () => this.#waiting.delete(wake);
      });
    }
    const line = this.#lines.shift() ?? new Uint8Array(0);
    if (line.byteLength > maxBytes) this.#lines.unshift(line.subarray(maxBytes));
    return line.subarray(0, maxBytes);
  }

  async #listen(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) await this.#type(next.value);
    } catch {
      // whoever was attached is gone
    }
    this.#close();
  }

  #close(): void {
    this.#closed = true;
    this.#wake();
  }

  async #type(bytes: Uint8Array): Promise<void> {
    const whole = concatBytes([this.#partial, bytes]);
    const end = wholeCharacters(whole);
    this.#partial = whole.slice(end);
    let shown = '';
    for (const character of utf8Text(whole.subarray(0, end))) shown += this.#key(character);
    if (shown !== '') await this.#io.stdout(utf8(shown));
  }

  /** Takes a key, and gives what it shows. */
  #key(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    if (this.#escape !== undefined || code === ESCAPE) return this.#inEscape(character);
    const signal = SIGNALS.get(code);
    if (signal !== undefined) {
      this.#typed = [];
      this.#signal(signal);
      return caret(code);
    }
    switch (code) {
      case CARRIAGE_RETURN:
      case LINE_FEED:
        this.#submit('\n');
        return '\r\n';
      case END_OF_INPUT:
        this.#submit('');
        return '';
      case ERASE:
      case BACKSPACE:
        return this.#typed.pop() === undefined ? '' : RUBOUT;
      case ERASE_WORD:
        return this.#eraseWord();
      case ERASE_LINE:
        return RUBOUT.repeat(this.#typed.splice(0).length);
      default:
        this.#typed.push(character);
        return code < 0x20 && character !== '\t' ? caret(code) : character;
    }
  }

  /** Arrows and their like mean nothing to a line: they are taken and not shown. */
  #inEscape(character: string): string {
    this.#escape = this.#escape === undefined ? '' : this.#escape + character;
    if (/^(?:[^[O]|O.|\[[0-?]*[ -/]*[@-~])$/.test(this.#escape)) this.#escape = undefined;
    return '';
  }

  #eraseWord(): string {
    let count = 0;
    const take = (wanted: (character: string) => boolean): void => {
      for (let last = this.#typed.at(-1); last !== undefined && wanted(last); last = this.#typed.at(-1)) {
        this.#typed.pop();
        count++;
      }
    };
    take((character) => character === ' ');
    take((character) => character !== ' ');
    return RUBOUT.repeat(count);
  }

  #submit(end: string): void {
    this.#lines.push(utf8(this.#typed.join('') + end));
    this.#typed = [];
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function caret(code: number): string {
  return `^${String.fromCharCode(code + 0x40)}`;
}

/** Where the last whole UTF-8 character ends. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.byteLength); back++) {
    const byte = bytes[bytes.byteLength - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return back < characterLength(byte) ? bytes.byteLength - back : bytes.byteLength;
  }
  return bytes.byteLength;
}

function characterLength(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/** Each line feed with a carriage return before it. */
function withReturns(data: Uint8Array): Uint8Array {
  const feeds = data.reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 0);
  if (feeds === 0) return data.slice();
  const out = new Uint8Array(data.byteLength + feeds);
  let at = 0;
  for (const byte of data) {
    if (byte === LINE_FEED) out[at++] = CARRIAGE_RETURN;
    out[at++] = byte;
  }
  return out;
}
