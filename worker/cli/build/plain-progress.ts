/**
 * A build's progress as BuildKit prints it where there is no terminal (`--progress plain`): steps one after another, each with its
 * number, what it says and how it ended. A step that runs beside another is held back until that one is done.
 */
import type { LogChunk, SolveStatus, StatusItem, VertexStatus } from '../../base/progress.ts';
import { amountText } from './progress-amount.ts';

/** What is known of one step. */
interface Step {
  vertex: VertexStatus;
  readonly number: number;
  /** Lines that were not printed yet. */
  readonly pending: string[];
  /** The end of its output that has no newline yet. */
  rest: string;
  /** Every whole line it put out, for the report of a failure. */
  readonly output: string[];
  done: boolean;
}

/** Lines of a failed step's output that the report repeats. */
const REPORTED_LINES = 100;
/** Durations below this are not worth telling. */
const SHORT_MS = 10;

export class PlainProgress {
  readonly #write: (text: string) => void;
  readonly #rename: (status: string) => string;
  readonly #steps = new Map<string, Step>();
  /** Steps that have not been printed to their end, in the order they began. */
  readonly #waiting: Step[] = [];
  #printing: Step | undefined;
  #first = true;

  /** `rename` gives the words shown for a status. */
  constructor(write: (text: string) => void, rename: (status: string) => string = (status) => status) {
    this.#write = write;
    this.#rename = rename;
  }

  /** Takes a report of the build. */
  readonly sink = ({ vertexes = [], statuses = [], logs = [] }: SolveStatus): void => {
    for (const vertex of vertexes) this.#vertex(vertex);
    for (const log of logs) this.#log(log);
    for (const item of statuses) this.#status(item);
    for (const vertex of vertexes) if (vertex.completedMs !== undefined) this.#complete(vertex);
    this.#print();
  };

  /** The steps that failed, as the report below the log tells them. */
  failures(): string {
    const failed = [...this.#steps.values()].filter(
      ({ vertex }) => vertex.error !== undefined && vertex.error.code !== 'cancelled',
    );
    return failed
      .map(({ vertex, output }) => {
        const lines = output.slice(-REPORTED_LINES).map((line) => `${line}\n`);
        return `------\n > ${vertex.name}:\n${lines.join('')}------\n`;
      })
      .join('');
  }

  #vertex(vertex: VertexStatus): void {
    const known = this.#steps.get(vertex.id);
    if (known !== undefined) {
      known.vertex = { ...vertex, startedMs: known.vertex.startedMs ?? vertex.startedMs ?? 0 };
      return;
    }
    if (vertex.startedMs === undefined) return;
    const step: Step = {
      vertex,
      number: this.#steps.size + 1,
      pending: [vertex.name],
      rest: '',
      output: [],
      done: false,
    };
    this.#steps.set(vertex.id, step);
    this.#waiting.push(step);
  }

  #log({ vertex, data, timeMs }: LogChunk): void {
    const step = this.#steps.get(vertex);
    if (step === undefined) return;
    const lines = (step.rest + new TextDecoder().decode(data)).split('\n');
    step.rest = lines.pop() ?? '';
    for (const line of lines) this.#outputLine(step, line, timeMs);
  }

  #outputLine(step: Step, line: string, timeMs: number): void {
    const seconds = Math.max(0, timeMs - (step.vertex.startedMs ?? timeMs)) / 1000;
    const shown = `${seconds.toPrecision(4).padEnd(5, '0').slice(0, 5)} ${line.replace(/\r$/, '')}`;
    step.pending.push(shown);
    step.output.push(shown);
  }

  #status(item: StatusItem): void {
    const step = this.#steps.get(item.vertex);
    if (step === undefined || (item.completedMs === undefined && item.action !== undefined)) return;
    const { startedMs, completedMs } = item;
    const amount = amountText(item);
    const tookMs = (completedMs ?? startedMs) - startedMs;
    const time = tookMs >= SHORT_MS ? ` ${(tookMs / 1000).toFixed(1)}s` : '';
    step.pending.push(
      `${this.#rename(item.id)}${amount === '' ? '' : ` ${amount}`}${time}${completedMs === undefined ? '' : ' done'}`,
    );
  }

  #complete(vertex: VertexStatus): void {
    const step = this.#steps.get(vertex.id);
    if (step === undefined || step.done) return;
    if (step.rest !== '') {
      this.#outputLine(step, step.rest, vertex.completedMs ?? 0);
      step.rest = '';
    }
    step.done = true;
    step.pending.push(endOf(vertex));
  }

  /** Prints what may be printed: the step that is being shown, then those that waited for it. */
  #print(): void {
    for (;;) {
      this.#printing ??= this.#waiting.shift();
      const step = this.#printing;
      if (step === undefined) return;
      for (const line of step.pending.splice(0)) this.#line(step, line);
      if (!step.done) return;
      this.#printing = undefined;
    }
  }

  #line(step: Step, line: string): void {
    const begins = line === step.vertex.name;
    this.#write(`${begins && !this.#first ? '\n' : ''}#${step.number} ${line}\n`);
    this.#first = false;
  }
}

function endOf({ error, cache, startedMs = 0, completedMs = 0 }: VertexStatus): string {
  if (error?.code === 'cancelled') return 'CANCELED';
  if (error !== undefined) return `ERROR: ${ownMessage(error.message)}`;
  if (cache?.hit === true) return 'CACHED';
  return `DONE ${(Math.max(0, completedMs - startedMs) / 1000).toFixed(1)}s`;
}

/** What the solver puts in front when it hands an error on is not the step's own. */
function ownMessage(message: string): string {
  return message.replace(/^failed to compute cache key: /, '');
}
