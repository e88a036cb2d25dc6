/**
 * A build's progress as BuildKit shows it in a terminal: a block of lines that is drawn over and over, one for each step that has
 * begun and one for each thing it does, with the last lines that a running step put out below it (buildkit `progressui`).
 */
import type { Clock } from '../../base/ports.ts';
import type { LogChunk, SolveStatus, StatusItem, VertexStatus } from '../../base/progress.ts';
import type { TerminalSize } from '../context.ts';
import { amountText } from './progress-amount.ts';
import { displayWidth } from '../format/display-width.ts';

/** What is known of one step. */
interface Step {
  vertex: VertexStatus;
  readonly items: Map<string, StatusItem>;
  /** Its last lines of output; the last has no newline yet. */
  output: string[];
}

interface Line {
  readonly text: string;
  readonly done: boolean;
}

/** Rows for the output of a running step. */
const OUTPUT_ROWS = 6;
/** The block is drawn at most this often, and this often while nothing is told, for the seconds go on. */
const DRAW_EVERY_MS = 100;
const REFRESH_EVERY_MS = 150;
/** Durations below this are shown as none. */
const SHORT_MS = 50;
/** Names narrower than this say nothing. */
const LEAST_NAME_COLUMNS = 12;
const LEAST_COLUMNS_WITH_AMOUNT = 20;
const BUILDER = 'docker:default';

const PAINT = { blue: '\u001b[34m', red: '\u001b[31m', yellow: '\u001b[33m', faint: '\u001b[2m' } as const;
const PLAIN = '\u001b[0m';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

export class TerminalProgress {
  readonly #write: (text: string) => void;
  readonly #rename: (status: string) => string;
  readonly #clock: Clock;
  readonly #size: TerminalSize;
  readonly #steps = new Map<string, Step>();
  /** Steps that have begun, in that order. */
  readonly #begun: Step[] = [];
  readonly #ended = new AbortController();
  readonly #beganMs: number;
  #drawnMs = -Infinity;
  #rowsDrawn: number | undefined;

  /** `rename` gives the words shown for a status. Draws until it is told to finish. */
  constructor(write: (text: string) => void, rename: (status: string) => string, clock: Clock, size: TerminalSize) {
    this.#write = write;
    this.#rename = rename;
    this.#clock = clock;
    this.#size = size;
    this.#beganMs = clock.nowMs();
    void this.#refresh();
  }

  /** Takes a report of the build. */
  readonly sink = ({ vertexes = [], statuses = [], logs = [] }: SolveStatus): void => {
    for (const vertex of vertexes) this.#vertex(vertex);
    for (const log of logs) this.#log(log);
    for (const item of statuses) this.#steps.get(item.vertex)?.items.set(item.id, item);
    if (this.#clock.nowMs() - this.#drawnMs >= DRAW_EVERY_MS) this.#draw(false);
  };

  /** Draws all of it a last time. */
  finish(): void {
    this.#ended.abort();
    this.#draw(true);
  }

  async #refresh(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      this.#draw(false);
      await this.#clock.sleep(REFRESH_EVERY_MS, signal).catch(() => undefined);
    }
  }

  #vertex(vertex: VertexStatus): void {
    const known = this.#steps.get(vertex.id);
    const step: Step = known ?? { vertex, items: new Map(), output: [] };
    const hadBegun = known?.vertex.startedMs !== undefined;
    const startedMs = known?.vertex.startedMs ?? vertex.startedMs;
    step.vertex = startedMs === undefined ? vertex : { ...vertex, startedMs };
    this.#steps.set(vertex.id, step);
    if (!hadBegun && startedMs !== undefined) this.#begun.push(step);
  }

  #log({ vertex, data }: LogChunk): void {
    const step = this.#steps.get(vertex);
    if (step === undefined) return;
    const [first = '', ...more] = new TextDecoder().decode(data).split('\n');
    const last = step.output.pop() ?? '';
    step.output = [...step.output, last + first, ...more].slice(-OUTPUT_ROWS - 1);
  }

  #draw(last: boolean): void {
    const { columns, rows } = this.#size;
    this.#drawnMs = this.#clock.nowMs();
    const all = this.#begun.flatMap((step) => this.#stepLines(step));
    const lines = last ? all : lowest(all, rows - 2);
    const cleared = Math.max(0, (this.#rowsDrawn ?? 0) - lines.length);
    const text = [
      `${'\u001b[1A'.repeat(this.#rowsDrawn === undefined ? 0 : this.#rowsDrawn + 1)}\r${HIDE_CURSOR}${this.#heading(last)}`,
      ...lines.map((line) => line.text),
      ...Array.from({ length: cleared }, () => ' '.repeat(columns - 1)),
    ];
    const back = cleared === 0 ? '' : `\u001b[${cleared}A\r`;
    this.#write(`${text.join('\n')}\n${back}${SHOW_CURSOR}`);
    this.#rowsDrawn = lines.length;
  }

  #heading(last: boolean): string {
    const vertexes = [...this.#steps.values()].map(({ vertex }) => vertex);
    const done = vertexes.filter(({ completedMs }) => completedMs !== undefined).length;
    const seconds = ((this.#clock.nowMs() - this.#beganMs) / 1000).toFixed(1);
    const state = last && done > 0 && done === vertexes.length ? ' FINISHED' : '';
    return aligned(`[+] Building ${seconds}s (${done}/${vertexes.length})${state}`, BUILDER, this.#size.columns - 1);
  }

  #stepLines({ vertex, items, output }: Step): Line[] {
    const done = vertex.completedMs !== undefined;
    const lines = [...this.#line(stateOf(vertex) + vertex.name.replaceAll('\t', ' '), '', vertex, colourOf(vertex))];
    for (const item of items.values()) {
      lines.push(...this.#line(`=> ${this.#rename(item.id)}`, amountText(item), item, PAINT.blue));
    }
    if (done) return lines;
    for (const text of output
      .map(shownOutput)
      .filter((shown) => shown.trim() !== '')
      .slice(-OUTPUT_ROWS)) {
      const cut = cutTo(` => => # ${text}`, this.#size.columns - 1);
      lines.push({ text: `${PAINT.faint}${cut}${PLAIN}`, done });
    }
    return lines;
  }

  /** None where the terminal is too narrow to say anything. */
  #line(
    name: string,
    amount: string,
    { startedMs, completedMs }: { readonly startedMs?: number; readonly completedMs?: number },
    colour: string,
  ): Line[] {
    const tookMs = (completedMs ?? this.#clock.nowMs()) - (startedMs ?? completedMs ?? this.#clock.nowMs());
    const time = `${(tookMs < SHORT_MS ? 0 : tookMs / 1000).toFixed(1)}s`;
    const left = this.#size.columns - ' => '.length - time.length - 3;
    const showsAmount = amount !== '' && left + amount.length > LEAST_COLUMNS_WITH_AMOUNT;
    const nameColumns = showsAmount ? left - amount.length - 1 : left;
    if (nameColumns < LEAST_NAME_COLUMNS) return [];
    const shown = ` => ${cutTo(name, nameColumns)}${showsAmount ? ` ${amount}` : ''}`;
    const text = aligned(shown, time, this.#size.columns - 1);
    const done = completedMs !== undefined;
    return [{ text: done ? `${colour}${text}${PLAIN}` : text, done }];
  }
}

function stateOf({ error, cache }: VertexStatus): string {
  if (error?.code === 'cancelled') return 'CANCELED ';
  if (error !== undefined) return 'ERROR ';
  return cache?.hit === true ? 'CACHED ' : '';
}

function colourOf({ error }: VertexStatus): string {
  if (error?.code === 'cancelled') return PAINT.yellow;
  return error === undefined ? PAINT.blue : PAINT.red;
}

/** What a terminal would show of a line: what follows its last return, without escape sequences. */
function shownOutput(line: string): string {
  const last = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- sequences begin with a control character
  return last.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replaceAll('\t', ' ');
}

function cutTo(text: string, columns: number): string {
  let cut = '';
  let width = 0;
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns) break;
    cut += character;
  }
  return cut;
}

function aligned(left: string, right: string, columns: number): string {
  const blanks = columns - displayWidth(left) - right.length;
  return `${left}${' '.repeat(Math.max(2, blanks))}${right}`;
}

/** As many lines as there are rows: the lowest, and of those above them the ones that are not done. */
function lowest(lines: readonly Line[], rows: number): readonly Line[] {
  let surplus = lines.length - Math.max(0, rows);
  if (surplus <= 0) return lines;
  const kept = lines.filter(({ done }) => !done || surplus-- <= 0);
  return kept.slice(-Math.max(1, rows));
}
