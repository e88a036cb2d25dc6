/** Completion: what can be written where the cursor is. */
import { analyse, type Analysis } from '../analysis/analyse.ts';
import { NO_IMAGES } from '../analysis/known-images.ts';
import type { Place } from '../lint/places.ts';
import { completeArgument } from './complete-argument.ts';
import { completeComment } from './complete-comment.ts';
import { completeFlag } from './complete-flag.ts';
import { completeKeyword } from './complete-keyword.ts';
import { completeVariable } from './complete-variable.ts';
import { cursorAt, keywordBefore, placeBefore, writtenBefore, type Position } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';

export type CompletionKind =
  'directive' | 'flag' | 'value' | 'stage' | 'image' | 'variable' | 'file' | 'folder' | 'check';

/** One thing that can be written. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it replaces: the word as far as it is written. */
  readonly range: Place;
  readonly insert: string;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly docs?: string;
  /** What is written next can be completed at once. */
  readonly more?: boolean;
}

/** A completion before it is known what it replaces. */
export type Choice = Omit<Completion, 'range'>;

/** Choices, and how many characters before the cursor they replace. */
export interface Choices {
  readonly replaced: number;
  readonly choices: readonly Choice[];
}

const NONE: Choices = { replaced: 0, choices: [] };

/** What fits at the position, in the order to show. Never throws. */
export function complete(text: string, position: Position, surroundings: Surroundings): readonly Completion[] {
  const analysis = analyse(text, surroundings.images ?? NO_IMAGES);
  const { replaced, choices } = choicesAt(analysis, position, surroundings);
  const range = placeBefore(position, replaced);
  return choices.map((choice) => ({ ...choice, range }));
}

function choicesAt(analysis: Analysis, position: Position, surroundings: Surroundings): Choices {
  const cursor = cursorAt(analysis, position);
  if (cursor.kind === 'comment') return completeComment(cursor.before);
  const variable = completeVariable(analysis, cursor, position.line);
  if (variable !== undefined) return variable;
  if (cursor.kind === 'heredoc') return NONE;
  const keyword = keywordBefore(cursor.before);
  if (keyword !== undefined) return completeKeyword(keyword, cursor.before, analysis, position.line);
  const written = writtenBefore(cursor.before);
  if (written === undefined) return NONE;
  return (
    completeFlag(written, analysis, position.line, surroundings) ??
    completeArgument(written, analysis, position.line, surroundings)
  );
}
