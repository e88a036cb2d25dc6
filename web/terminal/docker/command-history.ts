/** The lines typed before, oldest first, and a walk through them that keeps what was being typed. */

import { holdsPassword } from '../../state/secret-lines.ts';

/** Lines kept of a project. */
const KEPT_LINES = 200;

/** The history with one more line; blank lines, repeats of the last one, and those with a password are not kept. */
export function remember(lines: readonly string[], line: string): readonly string[] {
  if (line.trim() === '' || line === lines.at(-1) || holdsPassword(line)) return lines;
  return [...lines, line].slice(-KEPT_LINES);
}

export class HistoryWalk {
  readonly #lines: readonly string[];
  readonly #typed: string;
  #at: number;

  /** Starts behind the last line; `typed` stands there. */
  constructor(lines: readonly string[], typed: string) {
    this.#lines = lines;
    this.#typed = typed;
    this.#at = lines.length;
  }

  /** An older line (-1) or a newer one (1); stays where there is none. */
  step(by: -1 | 1): string {
    this.#at = Math.min(Math.max(this.#at + by, 0), this.#lines.length);
    return this.#lines[this.#at] ?? this.#typed;
  }
}
