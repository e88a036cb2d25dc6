/**
 * Which lines two texts have in common: the shortest edit script of Myers ("An O(ND) Difference Algorithm", 1986) between what is
 * equal at both ends.
 */

/** Lines `oldStart` to `oldEnd` of the one became lines `newStart` to `newEnd` of the other; ends are exclusive. */
export interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Edits after which the rest is taken as changed altogether: the search takes their square in memory. */
const MAX_EDITS = 2500;

export function findChanges(before: readonly string[], after: readonly string[]): Change[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  const script = editScript(before.slice(start, oldEnd), after.slice(start, newEnd));
  if (script === undefined) return [{ oldStart: start, oldEnd, newStart: start, newEnd }];
  return script.map((change) => ({
    oldStart: change.oldStart + start,
    oldEnd: change.oldEnd + start,
    newStart: change.newStart + start,
    newEnd: change.newEnd + start,
  }));
}

/** The changes in order; undefined where there are too many. */
function editScript(before: readonly string[], after: readonly string[]): Change[] | undefined {
  const limit = Math.min(before.length + after.length, MAX_EDITS);
  const offset = limit + 1;
  const furthest = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(furthest.slice(offset - edits - 1, offset + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down =
        diagonal === -edits ||
        (diagonal !== edits && (furthest[offset + diagonal - 1] ?? 0) < (furthest[offset + diagonal + 1] ?? 0));
      let x = down ? (furthest[offset + diagonal + 1] ?? 0) : (furthest[offset + diagonal - 1] ?? 0) + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      furthest[offset + diagonal] = x;
      if (x >= before.length && y >= after.length) return backtrack(trace, before.length, after.length);
    }
  }
  return undefined;
}

/** Follows the path back from the end; `trace` holds, for each number of edits, the furthest places before it. */
function backtrack(trace: readonly Int32Array[], oldLength: number, newLength: number): Change[] {
  const changes: Change[] = [];
  let x = oldLength;
  let y = newLength;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const furthest = trace[edits];
    const at = (diagonal: number): number => furthest?.[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const oldStart = down ? at(diagonal + 1) : at(diagonal - 1);
    const newStart = oldStart - (down ? diagonal + 1 : diagonal - 1);
    prepend(changes, {
      oldStart,
      oldEnd: down ? oldStart : oldStart + 1,
      newStart,
      newEnd: down ? newStart + 1 : newStart,
    });
    x = oldStart;
    y = newStart;
  }
  return changes.reverse();
}

/** Adds an edit that lies ahead of those found so far (the last of `changes`), joined to it where they touch. */
function prepend(changes: Change[], edit: Change): void {
  const next = changes.at(-1);
  if (next === undefined || edit.oldEnd !== next.oldStart || edit.newEnd !== next.newStart) changes.push(edit);
  else changes[changes.length - 1] = { ...next, oldStart: edit.oldStart, newStart: edit.newStart };
}
