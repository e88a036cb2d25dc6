/** Draws the line that is being typed: what to send to a terminal so that it shows prompt, text and cursor. */
import type { TypedLine } from './line-edit.ts';

/** Characters that take two columns (Unicode East Asian Width W and F, and emoji). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const CLEAR_BELOW = '\u001b[J';

/** Where the cursor was left: rows below the row the prompt begins in. */
export interface DrawnLine {
  readonly output: string;
  readonly cursorRow: number;
}

/** What stands before the text, and its colour as SGR number; 0 for the usual one. */
export interface Prompt {
  readonly text: string;
  readonly colour: number;
}

/** Draws over what was drawn before; `cursorRow` is where that left the cursor, 0 on a fresh row. */
export function drawLine(prompt: Prompt, line: TypedLine, columns: number, cursorRow: number): DrawnLine {
  const end = place(prompt.text + line.text, columns);
  const cursor = place(prompt.text + line.text.slice(0, line.cursor), columns);
  // a terminal wraps with the next character only: a full row is ended by hand
  const fill = end.column === 0 && end.row > 0 && !line.text.endsWith('\n') ? '\r\n' : '';
  const shown = `\u001b[${prompt.colour}m${prompt.text}\u001b[0m${line.text.replaceAll('\n', '\r\n')}`;
  const output =
    `${up(cursorRow)}\r${CLEAR_BELOW}${shown}${fill}` +
    `${up(end.row - cursor.row)}\r${cursor.column === 0 ? '' : `\u001b[${cursor.column}C`}`;
  return { output, cursorRow: cursor.row };
}

function up(rows: number): string {
  return rows === 0 ? '' : `\u001b[${rows}A`;
}

/** The row and column that follow a text. */
function place(text: string, columns: number): { readonly row: number; readonly column: number } {
  let [row, column] = [0, 0];
  for (const character of text) {
    if (character === '\n') {
      [row, column] = [row + 1, 0];
      continue;
    }
    const width = widthOf(character);
    if (column + width > columns) [row, column] = [row + 1, 0];
    column += width;
    if (column >= columns) [row, column] = [row + 1, 0];
  }
  return { row, column };
}

function widthOf(character: string): number {
  if (/^\p{M}$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
