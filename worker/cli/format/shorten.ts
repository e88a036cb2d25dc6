/** Shortened texts in Docker's lists: IDs of twelve digits, commands cut with an ellipsis. */
import { characterWidth, displayWidth } from './display-width.ts';

const SHORT_ID_LENGTH = 12;

/** An ID without its algorithm, cut to twelve digits: `sha256:0123456789abcdef…` gives `0123456789ab`. */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, SHORT_ID_LENGTH);
}

/** The text in at most `columns` columns of a terminal; what is cut ends in `…`, which counts. */
export function ellipsis(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (columns === 1) return [...text].slice(0, 1).join('');
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
