/** The terminal between page and worker: what the page can do with one, and what crosses its port. */
import type { WireError } from '../base/errors.ts';
import type { Completion } from '../cli/completion.ts';
import type { ProjectChanges } from '../cli/project-sync.ts';

export type { Completion, ProjectChanges };

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a terminal tells while it is open. */
export interface TerminalEvents {
  /** What programs print, both streams in the order of writing. Lines end with a line feed alone. */
  readonly onOutput: (data: Uint8Array) => void;
  /** A container's own terminal takes the keys (`docker run -it`), or gives them back. */
  readonly onRawInput: (raw: boolean) => void;
}

/** What came of a line. */
export interface LineOutcome {
  readonly status: number;
  /** The line ended the shell. */
  readonly ended: boolean;
  /** Where the shell is now. */
  readonly cwd: string;
  /** What the line did to the project. */
  readonly changes: ProjectChanges;
  /** Bytes of the input given while it ran that were read, or dropped by Ctrl-C; those behind them nobody wanted. */
  readonly bytesRead: number;
}

/** A shell session in the worker. One line runs at a time. */
export interface TerminalClient {
  /** Runs a line on the project as `changes` make it. Rejects with an EngineError when the shell cannot go on. */
  runLine(text: string, changes: ProjectChanges): Promise<LineOutcome>;
  /** Gives the running program bytes; none at all mean the end of its input. */
  input(data: Uint8Array): void;
  /** Ctrl-C. */
  interrupt(): void;
  resize(size: TerminalSize): void;
  /** From now on images are listed as Docker 29 lists them, or as Docker 26 does. */
  listImagesAsTree(tree: boolean): void;
  /** Offers what can stand where the text ends. */
  complete(text: string): Promise<Completion>;
  close(): void;
}

/** What a terminal's port carries from page to worker. */
export type TerminalRequest =
  | { readonly kind: 'line'; readonly text: string; readonly changes: ProjectChanges }
  | { readonly kind: 'input'; readonly data: Uint8Array }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'resize'; readonly size: TerminalSize }
  | { readonly kind: 'image-tree'; readonly tree: boolean }
  | { readonly kind: 'complete'; readonly question: number; readonly text: string }
  | { readonly kind: 'close' };

/** What a terminal's port carries from worker to page. Each line is answered by `done` or `failed`, after all it printed. */
export type TerminalReport =
  | { readonly kind: 'output'; readonly data: Uint8Array }
  | { readonly kind: 'raw'; readonly raw: boolean }
  | { readonly kind: 'done'; readonly outcome: LineOutcome }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'completion'; readonly question: number; readonly completion: Completion };
