import { expect, it } from 'vitest';
import { recall } from './recall.ts';

const LINES = ['ls', '', 'pwd', 'pwd', 'id'];

it('goes back through the lines, the same one and empty ones once', () => {
  expect([1, 2, 3].map((back) => recall(LINES, back).line)).toEqual(['id', 'pwd', 'ls']);
});

it('stops at both ends', () => {
  expect(recall(LINES, 9)).toEqual({ back: 3, line: 'ls' });
  expect(recall(LINES, -1)).toEqual({ back: 0, line: '' });
});
