/** Reads unified diffs. */

export interface Hunk {
  /** The line it begins at, counted from 0. */
  readonly start: number;
  /** Lines with their newlines. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Its lines as written, without the header. */
  readonly text: string;
}

export interface FilePatch {
  readonly oldPath: string;
  readonly newPath: string;
  /** There is no file before it, or none after it. */
  readonly creates: boolean;
  readonly removes: boolean;
  readonly hunks: readonly Hunk[];
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The files of a patch; with `reverse`, what undoes it. Text around the diffs is passed over. */
export function parsePatch(text: string, reverse: boolean): FilePatch[] {
  const lines = text.split('\n');
  const patches: FilePatch[] = [];
  for (let at = 0; at < lines.length; at++) {
    const oldPath = /^--- ([^\t\n\r]+)/.exec(lines[at] ?? '')?.[1];
    const newPath = /^\+\+\+ ([^\t\n\r]+)/.exec(lines[at + 1] ?? '')?.[1];
    if (oldPath === undefined || newPath === undefined) continue;
    const hunks: Hunk[] = [];
    at += 2;
    const first = at;
    for (let match = HUNK.exec(lines[at] ?? ''); match !== null; match = HUNK.exec(lines[at] ?? '')) {
      const { hunk, end } = readHunk(lines, at + 1, match, reverse);
      hunks.push(hunk);
      at = end;
    }
    at--;
    const adds = !reverse && /^@@ -0,0 /.test(lines[first] ?? '');
    patches.push({
      oldPath,
      newPath,
      hunks,
      creates: adds || (reverse ? newPath : oldPath) === '/dev/null',
      removes: (reverse ? oldPath : newPath) === '/dev/null',
    });
  }
  return patches;
}

function readHunk(
  lines: readonly string[],
  first: number,
  [, oldStart = '0', oldCount = '1', newStart = '0', newCount = '1']: RegExpExecArray,
  reverse: boolean,
): { readonly hunk: Hunk; readonly end: number } {
  const before: string[] = [];
  const after: string[] = [];
  let at = first;
  let text = '';
  while (at < lines.length && (before.length < Number(oldCount) || after.length < Number(newCount))) {
    const line = lines[at++] ?? '';
    const terminated = !(lines[at] ?? '').startsWith('\\');
    const content = line.slice(1) + (terminated ? '\n' : '');
    text += `${line}\n`;
    if (!line.startsWith('+')) before.push(content);
    if (!line.startsWith('-')) after.push(content);
    if (!terminated) at++;
  }
  const [start, count] = reverse ? [newStart, newCount] : [oldStart, oldCount];
  const hunk = {
    start: Math.max(0, Number(start) - (count === '0' ? 0 : 1)),
    before: reverse ? after : before,
    after: reverse ? before : after,
    text,
  };
  return { hunk, end: at };
}
