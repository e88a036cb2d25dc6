/** Output of a process as lines: chunks come in at any cut, escape sequences and overwritten text go. */

/** One line a process wrote. */
export interface OutputLine {
  readonly stream: 1 | 2;
  readonly text: string;
}

/** Lines so far, and what came after the last line feed of each stream. */
export interface Output {
  readonly lines: readonly OutputLine[];
  /** Lines that were let go of at the beginning. */
  readonly dropped: number;
  readonly partial: { readonly 1: Uint8Array; readonly 2: Uint8Array };
}

export interface OutputChunk {
  readonly stream: 1 | 2;
  readonly data: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const LINE_FEED = 10;
const decoder = new TextDecoder();

export const NO_OUTPUT: Output = { lines: [], dropped: 0, partial: { 1: NOTHING, 2: NOTHING } };

/** A line that grows beyond this is broken: what never ends a line must not be looked at again and again. */
const MAX_LINE_BYTES = 64 * 1024;

/**
 * The output after some more chunks; of more than `maxLines` lines the first ones go. Characters may be cut between chunks:
 * only whole lines are decoded.
 */
export function appendOutput(output: Output, chunks: readonly OutputChunk[], maxLines = Infinity): Output {
  const added: OutputLine[] = [];
  const partial = { ...output.partial };
  for (const { stream, data } of chunks) {
    const bytes = join(partial[stream], data);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    const rest = bytes.subarray(end);
    const whole = end > 0 ? decoder.decode(bytes.subarray(0, end - 1)).split('\n') : [];
    if (rest.length > MAX_LINE_BYTES) whole.push(decoder.decode(rest));
    partial[stream] = rest.length > MAX_LINE_BYTES ? NOTHING : rest;
    for (const line of whole) added.push({ stream, text: visibleText(line) });
  }
  if (added.length === 0) return { ...output, partial };
  const lines = [...output.lines, ...added];
  const over = Math.max(0, lines.length - maxLines);
  return { lines: over > 0 ? lines.slice(over) : lines, dropped: output.dropped + over, partial };
}

/** All lines, an unfinished last one of each stream included. */
export function linesOf(output: Output): readonly OutputLine[] {
  const open = ([1, 2] as const)
    .filter((stream) => output.partial[stream].length > 0)
    .map((stream) => ({ stream, text: visibleText(decoder.decode(output.partial[stream])) }));
  return open.length === 0 ? output.lines : [...output.lines, ...open];
}

// Escape sequences for colour and cursor, and the other controls that lines of text cannot show.
// eslint-disable-next-line no-control-regex -- control characters are what is meant
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*(?:\u0007|\u001b\\)|[@-_])/g;
// eslint-disable-next-line no-control-regex -- control characters are what is meant
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line as a terminal would leave it: the last of what carriage returns overwrote, without escape sequences. */
export function visibleText(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const last = whole.slice(whole.lastIndexOf('\r') + 1);
  return last.replace(ESCAPES, '').replace(CONTROLS, '');
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
