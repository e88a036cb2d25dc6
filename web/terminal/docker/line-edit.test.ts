import { expect, it } from 'vitest';
import { wantsMore } from './continuation.ts';
import { keysOf } from './keys.ts';
import { EMPTY_LINE, insertText, pressKey, type TypedLine } from './line-edit.ts';
import { drawLine } from './line-view.ts';

/** The line after the keys, its cursor as `|`. */
function typed(data: string): string {
  let line: TypedLine = EMPTY_LINE;
  for (const key of keysOf(data)) line = key.kind === 'key' ? pressKey(line, key.name) : insertText(line, key.text);
  return `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`;
}

it.each([
  ['typing in the middle', 'ac\u001b[Db', 'ab|c'],
  ['home and end', 'b\u0001a\u0005c', 'abc|'],
  ['a character of two code units', 'a😀\u007fb', 'ab|'],
  ['delete', 'abc\u001b[H\u001b[3~', '|bc'],
  ['the word before', 'docker run -it x\u0017', 'docker run -it |'],
  ['all before', 'one two\u001bb\u0015', '|two'],
  ['all behind', 'one two\u001bb\u000b', 'one |'],
  ['what was erased, again', 'one two\u0017\u0001\u0019', 'two|one '],
  ['words to the right', 'one two\u0001\u001b[1;5C', 'one| two'],
  ['a key without meaning', 'a\u001b[15~b', 'ab|'],
])('edits: %s', (_what, data, expected) => {
  expect(typed(data)).toBe(expected);
});

it('takes a paste as one, lines and all', () => {
  expect(keysOf('a\u001b[200~b\r\nc\rd\u001b[201~e')).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'paste', text: 'b\nc\nd' },
    { kind: 'text', text: 'e' },
  ]);
});

it.each([
  ['echo "a', true],
  ['echo "a\nb"', false],
  ["echo 'a\\'", false],
  ['echo a \\', true],
  ['echo a \\\\', false],
  ['ls |', true],
  ['true &&', true],
  ['cat <<E', true],
  ['cat <<E\nx\nE', false],
  ["cat <<-'E'\n\tx\n\tE", false],
  ['cat <<< word', false],
  ['echo "<<E"', false],
  ["# it's a remark", false],
])('%j wants more: %s', (text, expected) => {
  expect(wantsMore(text)).toBe(expected);
});

it('draws over wrapped rows and puts the cursor where it belongs', () => {
  const prompt = { text: '$ ', colour: 0 };
  const line = { ...EMPTY_LINE, text: 'abcdefgh', cursor: 3 };
  // ten columns: the prompt and eight characters fill the row
  const drawn = drawLine(prompt, line, 10, 2);
  expect(drawn.output).toBe('\u001b[2A\r\u001b[J\u001b[0m$ \u001b[0mabcdefgh\r\n\u001b[1A\r\u001b[5C');
  expect(drawn.cursorRow).toBe(0);
  expect(drawLine(prompt, { ...line, text: '漢字漢字漢', cursor: 5 }, 10, 0).cursorRow).toBe(1);
});
