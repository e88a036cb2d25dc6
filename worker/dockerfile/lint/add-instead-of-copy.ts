import { add } from '../directives/add.ts';
import { sourceKind } from '../source-kind.ts';
import { keywordPlace, replacing } from './places.ts';
import type { LintRule } from './rule.ts';

const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tzst|tar\.\w+|gz|bz2|xz|zst)$|[$*?[]/i;
const OWN_FLAGS = /^--(?:checksum|keep-git-dir|unpack)\b/;

export const addInsteadOfCopy: LintRule = {
  name: 'AddInsteadOfCopy',
  origin: 'strata',
  severity: 'info',
  description: 'Files should be copied with COPY',
  why: 'ADD unpacks what turns out to be an archive, whatever its name, and downloads what looks like an address. COPY does what it says. Use ADD where that is wanted.',
  *check(file) {
    for (const { instructions } of file.stages) {
      for (const instruction of instructions) {
        if (!add.made(instruction) || instruction.node.flags.some((flag) => OWN_FLAGS.test(flag))) continue;
        const { paths } = instruction.data.list;
        if (paths.some((path) => sourceKind(path) !== 'path' || ARCHIVE.test(path))) continue;
        const { node } = instruction;
        const place = keywordPlace(file, node);
        const word = node.keyword === node.name ? 'copy' : 'COPY';
        yield {
          node,
          message: 'COPY says more clearly that files are copied',
          range: place,
          fix: replacing(`Use ${word}`, place, word),
        };
      }
    }
  },
};
