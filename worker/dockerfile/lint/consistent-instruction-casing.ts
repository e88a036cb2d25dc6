import { keywordPlace, replacing } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

export const consistentInstructionCasing: LintRule = {
  name: 'ConsistentInstructionCasing',
  origin: 'buildkit',
  severity: 'warning',
  description: 'All commands within the Dockerfile should use the same casing (either upper or lower)',
  why: 'Instructions mean the same in any case. In one case throughout they are told from what they are given; upper case is the custom.',
  url: buildkitPage('consistent-instruction-casing'),
  *check(file) {
    const nodes = file.stages.flatMap(({ from, instructions }) => [from.node, ...instructions.map(({ node }) => node)]);
    const lower = nodes.filter(({ keyword, name }) => keyword === name).length;
    const upper = nodes.filter(({ keyword }) => keyword === keyword.toUpperCase()).length;
    const isLower = lower > upper;
    for (const node of nodes) {
      const wanted = isLower ? node.keyword.toLowerCase() : node.keyword.toUpperCase();
      if (node.keyword === wanted) continue;
      const place = keywordPlace(file, node);
      yield {
        node,
        message: `Command '${node.keyword}' should match the case of the command majority (${isLower ? 'lowercase' : 'uppercase'})`,
        range: place,
        fix: replacing(`Write ${wanted}`, place, wanted),
      };
    }
  },
};
