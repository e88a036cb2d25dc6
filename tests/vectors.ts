/** Cases of other projects' test suites, kept beside the repository (`../shared/vectors`, with their licences), never in it. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';

export interface VectorCase<Input, Expected> {
  readonly name: string;
  readonly kind?: string;
  readonly input: Input;
  readonly expect: Expected;
}

const FOLDER = resolve(import.meta.dirname, '../../shared/vectors');

/** Declares the tests of a suite, given its cases of one kind (or all); says aloud that they are skipped where the suite is missing. */
export function describeVectors<Input, Expected>(
  suite: string,
  kind: string | undefined,
  declare: (cases: readonly VectorCase<Input, Expected>[]) => void,
): void {
  const path = resolve(FOLDER, `${suite}.json`);
  const title = kind === undefined ? `vectors ${suite}` : `vectors ${suite}, ${kind}`;
  if (!existsSync(path)) {
    describe(title, () => {
      it.skip(`skipped: ../shared/vectors/${suite}.json is missing`);
    });
    return;
  }
  // The file is a fixture: its shape is what its `notes` say, and a case that differs fails its test.
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: readonly VectorCase<Input, Expected>[] };
  describe(title, () => {
    declare(cases.filter((entry) => kind === undefined || entry.kind === kind));
  });
}
