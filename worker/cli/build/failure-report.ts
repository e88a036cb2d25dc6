/** The end of a build that failed: the lines of the Dockerfile it failed at, and the error. */
import type { EngineError } from '../../base/errors.ts';
import { markedLines, type LineRange } from '../../build/marked-lines.ts';

/** Lines shown around several that are marked, and around one. */
const AROUND_SEVERAL = 2;
const AROUND_ONE = 4;
const RULE = '--------------------\n';

/** The excerpt, as the client prints it below the failed steps; nothing for an error without a place. */
export function sourceExcerpt(error: EngineError, fileName: string, dockerfile: string): string {
  return rangeExcerpt(markedLines(error), fileName, dockerfile);
}

/** Lines of a Dockerfile with these ranges marked; nothing for none. */
export function rangeExcerpt(ranges: readonly LineRange[], fileName: string, dockerfile: string): string {
  const [place] = ranges;
  if (place === undefined) return '';
  const first = Math.min(...ranges.map(([start]) => start));
  const last = Math.max(...ranges.map(([, end]) => end));
  const lines = dockerfile.split('\n');
  const [from, to] = widened(first, last, lines.length);
  let shown = '';
  for (let number = from; number <= to; number++) {
    const marked = ranges.some(([start, end]) => number >= start && number <= end);
    shown += `${String(number).padStart(4)} | ${marked ? '>>>' : '   '} ${(lines[number - 1] ?? '').replace(/\r$/, '')}\n`;
  }
  return `${fileName}:${place[0]}\n${RULE}${shown}${RULE}`;
}

/** BuildKit counts each round it looks for a line on either side as one of the lines it wants. */
function widened(first: number, last: number, count: number): readonly [from: number, to: number] {
  const wanted = first === last ? AROUND_ONE : AROUND_SEVERAL;
  let from = first;
  let to = Math.min(last, count);
  for (let taken = 0; taken < wanted; taken++) {
    if (from > 1) {
      from--;
      taken++;
    }
    if (to !== count) {
      to++;
      taken++;
    }
  }
  return [from, to];
}
