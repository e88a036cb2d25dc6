/** What a detector of secrets is: one value. Adding one is a file in `detectors/` that exports it, and a line in `index.ts`. */
import type { Severity } from '../report.ts';

/** Where in a text a secret stands. */
export interface SecretHit {
  /** Offset in the text. */
  readonly index: number;
  readonly value: string;
  /** Where it is another kind than the detector's own. */
  readonly title?: string;
  readonly severity?: Severity;
}

export interface SecretDetector {
  readonly title: string;
  readonly severity: Severity;
  /** What someone can do who has it. */
  readonly why: string;
  /** A text that has none of these has no such secret; absent where only the path decides. */
  readonly marks?: readonly string[];
  /** True for files it looks at; all where absent. */
  readonly holds?: (path: string) => boolean;
  find(text: string): Iterable<SecretHit>;
}

/** All matches of a global expression; the secret is its first group, or all of it where it has none. */
export function* hitsOf(text: string, expression: RegExp): Generator<SecretHit> {
  for (const match of text.matchAll(expression)) {
    const value = match[1] ?? match[0];
    if (!isPlaceholder(value)) yield { index: match.index + match[0].indexOf(value), value };
  }
}

/** What stands where a secret would: `${TOKEN}`, `<your token>`, `xxxx`, the keys of AWS's documentation. */
export function isPlaceholder(value: string): boolean {
  return /^[$<{%]|EXAMPLE|example|your[-_ ]|changeme|redacted/i.test(value) || /^(.)\1*$/.test(value);
}
