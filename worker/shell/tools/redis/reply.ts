/** What Redis answers, and how requests and answers are written (RESP2, the protocol's text form). */
import { concatBytes } from '../../../base/bytes.ts';
import { decodeText, encodeText } from '../../text.ts';

export type Reply =
  | { readonly kind: 'status' | 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  /** A string of bytes, held as text. */
  | { readonly kind: 'bulk'; readonly text: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'array'; readonly items: readonly Reply[] };

export const OK: Reply = { kind: 'status', text: 'OK' };
export const NIL: Reply = { kind: 'nil' };
export const integer = (value: number): Reply => ({ kind: 'integer', value });
export const bulk = (text: string | undefined): Reply => (text === undefined ? NIL : { kind: 'bulk', text });
export const array = (texts: Iterable<string | undefined>): Reply => ({ kind: 'array', items: [...texts].map(bulk) });

/** What a command cannot do, in the words of the answer that says so. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
}

/** The bytes of some commands, one after the other. */
export function writeCommands(commands: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  return concatBytes(commands.map((words) => writeReply(array(words))));
}

export function writeReply(reply: Reply): Uint8Array<ArrayBuffer> {
  switch (reply.kind) {
    case 'status':
      return encodeText(`+${reply.text}\r\n`);
    case 'error':
      return encodeText(`-${reply.text}\r\n`);
    case 'integer':
      return encodeText(`:${reply.value}\r\n`);
    case 'nil':
      return encodeText('$-1\r\n');
    case 'bulk': {
      const bytes = encodeText(reply.text);
      return concatBytes([encodeText(`$${bytes.byteLength}\r\n`), bytes, encodeText('\r\n')]);
    }
    case 'array':
      return concatBytes([encodeText(`*${reply.items.length}\r\n`), ...reply.items.map(writeReply)]);
  }
}

/** All answers (or commands) that these bytes hold. Throws a `RedisError` for others. */
export function readReplies(bytes: Uint8Array): readonly Reply[] {
  const reader = new Reader(bytes);
  const replies: Reply[] = [];
  while (!reader.isAtEnd) replies.push(reader.next());
  return replies;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  next(): Reply {
    const line = this.#line();
    const [kind, text] = [line.slice(0, 1), line.slice(1)];
    if (kind === '+') return { kind: 'status', text };
    if (kind === '-') return { kind: 'error', text };
    const number = Number(text);
    if (text === '' || !Number.isInteger(number)) throw new RedisError('ERR Protocol error');
    if (kind === ':') return integer(number);
    if (number < 0) return NIL;
    if (kind === '$') return { kind: 'bulk', text: this.#take(number) };
    if (kind !== '*') throw new RedisError('ERR Protocol error');
    return { kind: 'array', items: Array.from({ length: number }, () => this.next()) };
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0d, this.#at);
    if (end < 0) throw new RedisError('ERR Protocol error');
    const line = decodeText(this.#bytes.subarray(this.#at, end));
    this.#at = end + 2;
    return line;
  }

  #take(length: number): string {
    if (this.#at + length > this.#bytes.byteLength) throw new RedisError('ERR Protocol error');
    const text = decodeText(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length + 2;
    return text;
  }
}
