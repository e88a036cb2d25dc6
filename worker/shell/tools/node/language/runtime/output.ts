/** What a program prints, in the order in which it does, whichever stream it is for. */
import type { Process } from '../../../../kernel/process.ts';

/** Characters that wait before the program has to. */
const FULL = 16_384;

export class ProgramOutput {
  readonly #process: Process;
  #pending: { readonly descriptor: number; text: string | Uint8Array }[] = [];
  #size = 0;

  constructor(process: Process) {
    this.#process = process;
  }

  write(descriptor: number, data: string | Uint8Array): void {
    this.#size += data.length;
    const last = this.#pending.at(-1);
    if (last?.descriptor === descriptor && typeof last.text === 'string' && typeof data === 'string') last.text += data;
    else this.#pending.push({ descriptor, text: data });
  }

  /** It is time to let what was printed out. */
  get isFull(): boolean {
    return this.#size >= FULL;
  }

  async flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const pending = this.#pending;
      this.#pending = [];
      this.#size = 0;
      for (const { descriptor, text } of pending)
        await this.#process.write(descriptor, typeof text === 'string' ? new TextEncoder().encode(text) : text);
    }
  }
}
