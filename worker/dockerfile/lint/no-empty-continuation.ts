import { lines } from '../../base/source.ts';
import { withoutLines } from './places.ts';
import { buildkitPage, type LintedFile, type LintRule } from './rule.ts';

export const noEmptyContinuation: LintRule = {
  name: 'NoEmptyContinuation',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Empty continuation lines will become errors in a future release',
  why: 'An empty line behind a backslash looks like the end of the instruction and is not: what follows it still belongs to the command above.',
  url: buildkitPage('no-empty-continuation'),
  *check(file) {
    // Both are in the order of the file.
    const ends = file.syntax.flatMap(({ rule, range }) => (rule === this.name ? [range.endLine] : []));
    let next = 0;
    for (const { node } of ends.length === 0 ? [] : file.instructions) {
      const { startLine, endLine } = node.range;
      while ((ends[next] ?? Infinity) < startLine) next++;
      if ((ends[next] ?? Infinity) > endLine) continue;
      const empty = emptyLines(file, startLine, endLine);
      yield {
        node,
        message: 'Empty continuation line',
        ...(empty[0] === undefined ? {} : { range: lines(empty[0]) }),
        fix: { title: 'Remove the empty lines', edits: empty.map((line) => withoutLines(line, line)) },
      };
    }
  },
};

/** Empty lines of an instruction, those of its heredocs left out. */
function emptyLines(file: LintedFile, first: number, last: number): number[] {
  const found: number[] = [];
  let joined = true;
  for (let line = first; line <= last && joined; line++) {
    const text = (file.lines[line - 1] ?? '').trim();
    if (text === '') found.push(line);
    else if (!text.startsWith('#') || line === first) joined = text.endsWith(file.ast.escape);
  }
  return found;
}
