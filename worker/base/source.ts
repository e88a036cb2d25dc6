/** Places in a text: what a diagnostic, a build error and an editor marker have in common. */

/** A range of whole lines or of columns within them. Lines and columns count from 1; the end column is exclusive. */
export interface SourceRange {
  readonly startLine: number;
  readonly endLine: number;
  /** Absent where whole lines are meant. */
  readonly startColumn?: number;
  readonly endColumn?: number;
}

/** How bad a diagnostic is. `error` prevents a build, the others do not. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Something to say about a place in a text. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly message: string;
  readonly range: SourceRange;
  /** The rule's name, for lint findings (`StageNameCasing`); absent for syntax errors. */
  readonly rule?: string;
  /** Why the rule exists, for lint findings. */
  readonly detail?: string;
  /** Where to read more, for lint findings. */
  readonly url?: string;
  /** Changes that mend it, where some are safe; the best first. */
  readonly fixes?: readonly QuickFix[];
}

/** A text put in the place of another. */
export interface TextEdit {
  /** With columns; empty where something is put in. */
  readonly range: Required<SourceRange>;
  readonly text: string;
}

/** Edits that belong together, offered under a name. They do not overlap. */
export interface QuickFix {
  readonly title: string;
  /** It leaves the finding out instead of mending it. */
  readonly skips?: boolean;
  readonly edits: readonly TextEdit[];
}

/** The whole lines `start` to `end`, both included. */
export function lines(start: number, end: number = start): SourceRange {
  return { startLine: start, endLine: end };
}
