/** `sys.stdin`, `sys.stdout` and `sys.stderr`. */
import type { Input, Output } from '../../../../applets/streams.ts';
import { decodeText } from '../../../../text.ts';
import { builtinType, Bytes, List } from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import { className, textOf } from '../objects/classes.ts';
import type { PythonObject, Value } from '../objects/values.ts';
import { methods } from '../machine/native.ts';
import { wait } from '../machine/steps.ts';
import { StepIterator } from '../machine/iterators.ts';

const streamType = builtinType('TextIOWrapper');
streamType.qualifiedName = '_io.TextIOWrapper';

export class StandardStream implements PythonObject {
  readonly cls = streamType;
  readonly attributes: Map<string, Value>;
  readonly output: Output | undefined;
  readonly input: Input | undefined;
  readonly descriptor: number;
  readonly isTerminal: boolean;
  readonly #flushesLines: boolean;
  #rest = '';
  #isOver = false;

  constructor(
    descriptor: number,
    name: string,
    end: { output?: Output; input?: Input; isTerminal: boolean; flushes: boolean },
  ) {
    this.descriptor = descriptor;
    this.output = end.output;
    this.input = end.input;
    this.isTerminal = end.isTerminal;
    this.#flushesLines = end.flushes;
    this.attributes = new Map<string, Value>([
      ['name', name],
      ['encoding', 'utf-8'],
      ['errors', 'strict'],
      ['mode', end.input === undefined ? 'w' : 'r'],
      ['closed', false],
    ]);
  }

  write(text: string | Uint8Array): Promise<void> | undefined {
    const pending = this.output?.write(text);
    return pending === undefined && this.#flushesLines ? this.output?.flush() : pending;
  }

  flush(): Promise<void> | undefined {
    return this.output?.flush();
  }

  /** The next line with its end; empty behind the last. */
  async readLine(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\n') + 1;
      if (end > 0 || this.#isOver) {
        const line = end > 0 ? this.#rest.slice(0, end) : this.#rest;
        this.#rest = this.#rest.slice(line.length);
        return line;
      }
      const record = await this.input?.record();
      if (record === undefined) this.#isOver = true;
      else this.#rest += decodeText(record);
    }
  }

  async readAll(): Promise<string> {
    const text = this.#rest + ((await this.input?.text()) ?? '');
    this.#rest = '';
    this.#isOver = true;
    return text;
  }
}

function streamOf(value: Value | undefined): StandardStream {
  if (value instanceof StandardStream) return value;
  throw typeError('not a stream');
}

methods(
  streamType,
  {
    'fileno()': ([self]) => streamOf(self).descriptor,
    'isatty()': ([self]) => streamOf(self).isTerminal,
    'readable()': ([self]) => streamOf(self).input !== undefined,
    'writable()': ([self]) => streamOf(self).output !== undefined,
    'close()': () => null,
    'reconfigure(**options)': () => null,
    '__iter__()': ([self]) =>
      new StepIterator(function* () {
        const line = yield* wait(streamOf(self).readLine());
        return line === '' ? undefined : line;
      }),
  },
  {
    *'write(text)'([self, text]) {
      const stream = streamOf(self);
      const written = text instanceof Bytes ? text.data : textOf(text);
      if (written === undefined) throw typeError(`write() argument must be str, not ${className(text!)}`);
      yield* wait(stream.write(written));
      return written.length;
    },
    *'writelines(lines)'([self, lines]) {
      for (const line of lines instanceof List ? lines.items : [])
        yield* wait(streamOf(self).write(textOf(line) ?? ''));
      return null;
    },
    *'flush()'([self]) {
      yield* wait(streamOf(self).flush());
      return null;
    },
    *'readline(size=)'([self]) {
      return yield* wait(streamOf(self).readLine());
    },
    *'read(size=)'([self]) {
      return yield* wait(streamOf(self).readAll());
    },
    *'readlines()'([self]) {
      const text = yield* wait(streamOf(self).readAll());
      return new List(text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
    },
  },
);
