import { expect, it } from 'vitest';
import type { BuildOutline, OutlinedStep } from '../../../worker/api/types.ts';
import { readersByPath, readersText } from './readers.ts';

const step = (line: number, directive: string, reads: readonly string[]): OutlinedStep => ({
  source: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
  firstLine: line,
  directive,
  instruction: directive,
  runs: true,
  reads,
  fromStages: [],
  fromImages: [],
});

const OUTLINE: BuildOutline = {
  files: ['a', 'b', 'c'],
  stages: [
    {
      index: 0,
      name: '',
      baseName: 'scratch',
      used: true,
      source: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
      steps: [step(2, 'COPY', ['a']), step(3, 'RUN', []), step(4, 'ADD', ['a', 'b'])],
    },
  ],
};

it('tells for each file the instructions that read it', () => {
  const readers = readersByPath(OUTLINE);
  expect(readersText(readers.get('a') ?? [])).toBe('COPY at line 2 and ADD at line 4');
  expect(readersText(readers.get('b') ?? [])).toBe('ADD at line 4');
  expect(readers.get('c')).toBeUndefined();
});

it('tells nothing before the Dockerfile was read', () => {
  expect(readersByPath(undefined).size).toBe(0);
  expect(readersText([])).toBe('');
});
