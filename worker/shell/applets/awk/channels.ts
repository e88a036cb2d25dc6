/** The files and commands a program reads from and writes to. They are known by their name until it closes them. */
import type { Process } from '../../kernel/process.ts';
import type { AppletContext } from '../context.ts';
import { errorText } from '../context.ts';
import { Input, Output } from '../streams.ts';
import { AwkError, type Redirection } from './ast.ts';
import { fromByteText, textToBytes } from './byte-text.ts';
import { RecordReader } from './record-reader.ts';

/** What is gathered before it is written. */
const BUFFER_LENGTH = 16_384;
const SHELL = '/bin/sh';
const NOT_STARTED = 127;

/** A buffered writer of byte text. */
export class Sink {
  readonly #output: Output;
  readonly #buffered: boolean;
  #text = '';

  constructor(output: Output, buffered = true) {
    this.#output = output;
    this.#buffered = buffered;
  }

  write(text: string): Promise<void> | undefined {
    this.#text += text;
    return this.#buffered && this.#text.length < BUFFER_LENGTH ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    if (this.#text === '') return;
    const bytes = textToBytes(this.#text);
    this.#text = '';
    await this.#output.write(bytes);
    await this.#output.flush();
  }
}

/** A command that runs beside the program. */
interface Command {
  readonly status: Promise<number>;
}

interface Writing {
  readonly sink: Sink;
  /** Closes the descriptor and gives what `close` gives. */
  readonly close: () => Promise<number>;
}

interface Reading {
  readonly reader: RecordReader;
  readonly command?: Command;
}

export class Channels {
  readonly standard: Sink;
  readonly #context: AppletContext;
  readonly #writing = new Map<string, Writing>();
  readonly #reading = new Map<string, Reading>();
  readonly #errors: Sink;

  constructor(context: AppletContext) {
    this.#context = context;
    this.standard = new Sink(context.out);
    this.#errors = new Sink(context.err, false);
  }

  /** Where a `print` goes. Opened at the first use; a promise only then. */
  sink(mode: Redirection['mode'], name: string): Sink | Promise<Sink> {
    if (mode !== '|' && (name === '/dev/stdout' || name === '-')) return this.standard;
    if (mode !== '|' && name === '/dev/stderr') return this.#errors;
    return this.#writing.get(name)?.sink ?? this.#openForWriting(mode, name);
  }

  /** What `getline` reads from; undefined when it cannot be opened. */
  async reader(from: 'file' | 'command', name: string): Promise<RecordReader | undefined> {
    const known = this.#reading.get(name);
    if (known !== undefined) return known.reader;
    const opened = from === 'command' ? await this.#startReading(name) : await this.#openFile(name);
    if (opened === undefined) return undefined;
    this.#reading.set(name, opened);
    return opened.reader;
  }

  /** Ends what a name stands for. Gives the wait status of a command, 0 for a file, -1 where nothing is open. */
  async close(name: string): Promise<number> {
    const writing = this.#writing.get(name);
    const reading = this.#reading.get(name);
    this.#writing.delete(name);
    this.#reading.delete(name);
    let status = -1;
    if (writing !== undefined) {
      await this.standard.flush();
      status = await writing.close();
    }
    if (reading !== undefined) {
      reading.reader.close();
      status = reading.command === undefined ? 0 : await reading.command.status;
    }
    return status;
  }

  /** Writes out what is gathered: of one name, or of all. Gives -1 when the name is not open. */
  async flush(name?: string): Promise<number> {
    if (name !== undefined) {
      const writing = this.#writing.get(name);
      await writing?.sink.flush();
      return writing === undefined ? -1 : 0;
    }
    await this.standard.flush();
    for (const { sink } of this.#writing.values()) await sink.flush();
    return 0;
  }

  /** The exit status of a command, as `system` gives it: 0 when a signal ended it. */
  async run(command: string): Promise<number> {
    await this.flush();
    const status = await this.#start(command, () => undefined).status;
    return status % 256 === 0 ? status / 256 : 0;
  }

  async closeAll(): Promise<void> {
    await this.standard.flush();
    for (const name of [...this.#writing.keys(), ...this.#reading.keys()]) await this.close(name);
  }

  async #openForWriting(mode: Redirection['mode'], name: string): Promise<Sink> {
    const writing = mode === '|' ? await this.#startWriting(name) : await this.#createFile(mode === '>>', name);
    this.#writing.set(name, writing);
    return writing.sink;
  }

  async #createFile(append: boolean, name: string): Promise<Writing> {
    try {
      const file = await this.#context.create(fromByteText(name), {
        write: true,
        create: true,
        truncate: !append,
        append,
      });
      const sink = new Sink(file);
      return {
        sink,
        close: async () => {
          await sink.flush();
          await file.close();
          return 0;
        },
      };
    } catch (error) {
      throw new AwkError(`can't open '${fromByteText(name)}': ${errorText(error)}`);
    }
  }

  async #openFile(name: string): Promise<Reading | undefined> {
    try {
      return { reader: new RecordReader(await this.#context.open(fromByteText(name))) };
    } catch (error) {
      errorText(error);
      return undefined;
    }
  }

  async #startReading(command: string): Promise<Reading> {
    await this.standard.flush();
    const { process } = this.#context;
    const [reader, writer] = process.kernel.createPipe(process.credentials);
    const started = this.#start(
      command,
      (child) => child.descriptors.replace(1, writer),
      () => writer.release(),
    );
    return { reader: new RecordReader(new Input(process, reader.file, reader)), command: started };
  }

  async #startWriting(command: string): Promise<Writing> {
    await this.standard.flush();
    const { process } = this.#context;
    const [reader, writer] = process.kernel.createPipe(process.credentials);
    const { status } = this.#start(
      command,
      (child) => child.descriptors.replace(0, reader),
      () => reader.release(),
    );
    const descriptor = process.descriptors.install(writer, 3);
    process.descriptors.setCloseOnExec(descriptor);
    const sink = new Sink(new Output(process, descriptor, true));
    return {
      sink,
      close: async () => {
        await sink.flush();
        process.descriptors.close(descriptor);
        return status;
      },
    };
  }

  /**
   * Starts a command of the shell. Its status is a wait status: 256 times what it exited with, or the signal. `abandon` is called
   * instead of `prepare` when there is no shell to start.
   */
  #start(command: string, prepare: (child: Process) => void, abandon: () => void = () => undefined): Command {
    const started: { child?: Process } = {};
    const status = this.#context
      .spawn([SHELL, '-c', fromByteText(command)], this.#context.env, (child) => {
        started.child = child;
        prepare(child);
      })
      .then((result) => {
        if (started.child === undefined) abandon();
        if (typeof result !== 'number') return NOT_STARTED * 256;
        return started.child?.deathSignal === undefined ? result * 256 : result - 128;
      });
    // whoever waits for it sees the failure; nobody has to
    status.catch(() => undefined);
    return { status };
  }
}
