import { describe, expect, it } from 'vitest';
import { insertionProblem } from './text-limit.ts';

const MAX_INSERTED = 1_000_000;

describe('how much text the editor takes', () => {
  it('takes what a Dockerfile can have, and keys in any text', () => {
    expect(insertionProblem(0, 'x'.repeat(MAX_INSERTED))).toBeUndefined();
    expect(insertionProblem(50 * MAX_INSERTED, 'x')).toBeUndefined();
  });

  it('refuses five megabytes, and tells the way round', () => {
    const problem = insertionProblem(10, 'x'.repeat(5_000_000));
    expect(problem).toMatch(/^5\sMB of text are too much .* drop that on the build context\.$/);
  });

  it('does not let a text grow piece by piece', () => {
    expect(insertionProblem(2 * MAX_INSERTED, 'x'.repeat(2000))).toMatch(/too long/);
  });
});
