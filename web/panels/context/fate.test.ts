import { expect, it } from 'vitest';
import { fateOf, fateText } from './fate.ts';

const SENT = new Set(['a', 'b', 'Dockerfile']);
const told = (...given: Parameters<typeof fateOf>): string => fateText(fateOf(...given));

it('tells what becomes of a file, and what decided', () => {
  expect(told('a', { ignored: true, line: 2 }, [{ directive: 'COPY', line: 3 }], SENT)).toBe(
    'stays out of the build, by line 2 of .dockerignore',
  );
  expect(told('in/it', { ignored: true }, [], SENT)).toBe('stays out of the build');
  expect(told('a', { ignored: false }, [{ directive: 'COPY', line: 3 }], SENT)).toBe('read by COPY at line 3');
  expect(told('b', undefined, [], SENT)).toBe('sent, and read by no instruction');
});

it('what steers the build is not said to be read by nothing; nor is a folder', () => {
  expect(told('Dockerfile', undefined, [], SENT)).toBe('');
  expect(told('folder', undefined, [], SENT)).toBe('');
});
