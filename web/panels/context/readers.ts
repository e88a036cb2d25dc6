/** Which instructions of the Dockerfile read a file of the build context: the other half of what .dockerignore decides. */
import type { BuildOutline } from '../../../worker/api/types.ts';

/** An instruction that has a file in its cache key. */
export interface Reader {
  readonly directive: string;
  /** From 1. */
  readonly line: number;
}

/** Readers by the path they read, in the Dockerfile's order. */
export function readersByPath(outline: BuildOutline | undefined): ReadonlyMap<string, readonly Reader[]> {
  const readers = new Map<string, Reader[]>();
  for (const stage of outline?.stages ?? []) {
    for (const { directive, source, reads } of stage.steps) {
      const reader = { directive, line: source.startLine };
      for (const path of reads) {
        const known = readers.get(path);
        if (known === undefined) readers.set(path, [reader]);
        else known.push(reader);
      }
    }
  }
  return readers;
}

/** `COPY at line 3 and ADD at line 7`. */
export function readersText(readers: readonly Reader[]): string {
  const texts = readers.map(({ directive, line }) => `${directive} at line ${line}`);
  const last = texts.pop();
  return last === undefined ? '' : texts.length === 0 ? last : `${texts.join(', ')} and ${last}`;
}
