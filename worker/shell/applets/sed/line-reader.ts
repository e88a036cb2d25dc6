/** What sed reads. */
import { errnoOf } from '../../kernel/errno.ts';
import { errorText, type AppletContext } from '../context.ts';
import type { Input } from '../streams.ts';
import { PANIC, UNREADABLE } from './status.ts';

/** Lines of several files as one; it looks one line ahead, so that the last is known. */
export class LineReader {
  failed = false;
  /** Status of GNU's sed for that. */
  failure = UNREADABLE;
  readonly #context: AppletContext;
  readonly #paths: readonly string[];
  #nextPath = 0;
  #input: Input | undefined;
  #batches: AsyncGenerator<readonly string[]> | undefined;
  #lines: readonly string[] = [];
  #at = 0;
  #unterminated = false;

  constructor(context: AppletContext, paths: readonly string[]) {
    this.#context = context;
    this.#paths = paths;
  }

  /** The next line; undefined at the end. `complete` says whether it ended with a newline. */
  async next(): Promise<{ readonly text: string; readonly complete: boolean } | undefined> {
    if (this.#at >= this.#lines.length && !(await this.#fill())) return undefined;
    const text = this.#lines[this.#at++] ?? '';
    const complete = !(this.#unterminated && this.#at >= this.#lines.length);
    return { text, complete };
  }

  /** No line follows. */
  async isLast(): Promise<boolean> {
    return this.#at >= this.#lines.length && !(await this.#fill());
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const batch = await this.#nextBatch();
      if (batch?.done === false) {
        this.#lines = batch.value;
        this.#at = 0;
        return true;
      }
      this.#input?.close();
      this.#batches = undefined;
      const path = this.#paths[this.#nextPath++];
      if (path === undefined) return false;
      await this.#openNext(path);
    }
  }

  /** GNU's sed gives up on what can be opened and not read. */
  async #nextBatch(): Promise<IteratorResult<readonly string[], unknown> | undefined> {
    try {
      return await this.#batches?.next();
    } catch (error) {
      if (errnoOf(error) !== 'EISDIR') throw error;
      const path = this.#paths[this.#nextPath - 1] ?? '';
      await this.#context.complain(`${this.#context.word(path, `read error on ${path}`)}: ${errorText(error)}`);
      this.failed = true;
      this.failure = PANIC;
      return undefined;
    }
  }

  async #openNext(path: string): Promise<void> {
    try {
      this.#input = await this.#context.open(path);
      this.#unterminated = false;
      this.#batches = this.#input.batches(10, () => (this.#unterminated = true));
    } catch (error) {
      const directory = errnoOf(error) === 'EISDIR';
      const gnuSubject = directory ? `read error on ${path}` : `can't read ${path}`;
      await this.#context.complain(`${this.#context.word(path, gnuSubject)}: ${errorText(error)}`);
      this.failed = true;
      this.#input = undefined;
    }
  }
}
