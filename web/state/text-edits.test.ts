import { describe, expect, it } from 'vitest';
import { applyEdits, changedLines } from './text-edits.ts';

const at = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  startLine,
  startColumn,
  endLine,
  endColumn,
});

describe('applyEdits', () => {
  it('puts several edits in place, whatever their order', () => {
    const edits = [
      { range: at(1, 5, 1, 5), text: ' --x' },
      { range: at(2, 1, 3, 1), text: '' },
    ];
    expect(applyEdits('COPY a\ngone\nkept\n', edits)).toBe('COPY --x a\nkept\n');
    expect(applyEdits('COPY a\ngone\nkept\n', edits.toReversed())).toBe('COPY --x a\nkept\n');
  });

  it('takes out a last line that has no end', () => {
    expect(applyEdits('a\nb', [{ range: at(2, 1, 3, 1), text: '' }])).toBe('a\n');
  });
});

it('changedLines tells what goes and comes, with the lines beside it', () => {
  const told = changedLines('1\n2\n3\n4\n5', '1\n2\n3b\n4\n5').map(({ sign, text }) => sign + text);
  expect(told).toEqual([' 2', '-3', '+3b', ' 4']);
});
