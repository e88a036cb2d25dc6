/** How much text the editor takes: with more, colours and findings of every key would keep the page from answering. */
import { formatBytes } from '../ui/format.ts';

/** Characters that may be put in at once; a dropped file with more is kept as bytes, which are built but not edited. */
const MAX_INSERTED = 1_000_000;
/** Characters that a text can grow to by what is put in. */
const MAX_TEXT = 2 * MAX_INSERTED;

/** Why a piece is not put into a text of this length; undefined for one that may be. */
export function insertionProblem(textLength: number, piece: string): string | undefined {
  const size = formatBytes(piece.length);
  const most = formatBytes(MAX_INSERTED);
  if (piece.length > MAX_INSERTED)
    return `${size} of text are too much for the editor, which takes ${most} at once. ${WAY}`;
  if (textLength + piece.length <= MAX_TEXT || piece.length < SMALL) return undefined;
  return `With ${size} more, the text would be too long for the editor. ${WAY}`;
}

const WAY = 'Save it as a file and drop that on the build context.';
/** What one types or pastes in passing. */
const SMALL = 1000;
