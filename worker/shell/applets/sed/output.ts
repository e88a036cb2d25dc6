/** Where sed writes: lines to its output, others to files, and what `a` and `r` keep until the cycle ends. */
import { errnoOf } from '../../kernel/errno.ts';
import type { AppletContext } from '../context.ts';
import type { Output } from '../streams.ts';

export class SedOutput {
  readonly #context: AppletContext;
  readonly #out: Output;
  readonly #files = new Map<string, Output & { close(): Promise<void> }>();
  #appended: { readonly text: string; readonly file: boolean }[] = [];
  /** The last line printed had no newline: one comes before the next. */
  #pendingNewline = false;

  constructor(context: AppletContext, out: Output) {
    this.#context = context;
    this.#out = out;
  }

  /** Prints a line; the last of an input that ends without a newline is not `complete` and gets none. */
  async print(line: string, complete = true): Promise<void> {
    await this.write(complete ? `${line}\n` : line);
    this.#pendingNewline = !complete;
  }

  /** Prints text that ends its own lines. */
  async write(text: string): Promise<void> {
    const lead = this.#pendingNewline ? '\n' : '';
    this.#pendingNewline = false;
    const pause = this.#out.write(lead + text);
    if (pause !== undefined) await pause;
  }

  /** Writes a line to a file. */
  async writeTo(path: string, line: string): Promise<void> {
    const file = await this.fileFor(path);
    await file.write(`${line}\n`);
  }

  /** A file to write to, made when it is first asked for. */
  async fileFor(path: string): Promise<Output> {
    if (path === '/dev/stdout') return this.#out;
    if (path === '/dev/stderr') return this.#context.err;
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file = await this.#context.create(path);
    this.#files.set(path, file);
    return file;
  }

  /** Keeps text for the end of the cycle. */
  appendText(text: string): void {
    this.#appended.push({ text, file: false });
  }

  /** Keeps what a file holds then for the end of the cycle. */
  appendFile(path: string): void {
    this.#appended.push({ text: path, file: true });
  }

  /** Prints what was kept. */
  async flushAppended(): Promise<void> {
    if (this.#appended.length === 0) return;
    for (const { text, file } of this.#appended.splice(0)) {
      if (!file) await this.write(text);
      else await this.#copyFile(text);
    }
  }

  /** Closes the files that were written to. */
  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
  }

  async #copyFile(path: string): Promise<void> {
    if (this.#context.files.find(path) === undefined && path !== '/dev/stdin') return;
    let text: string;
    try {
      const input = await this.#context.open(path === '/dev/stdin' ? '-' : path);
      text = await input.text();
      input.close();
    } catch (error) {
      // a file that cannot be read is as good as empty
      if (errnoOf(error) === undefined) throw error;
      return;
    }
    if (text !== '') await this.write(text);
  }
}
