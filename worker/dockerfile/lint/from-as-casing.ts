import { replacing } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';
import { asPlace, writtenStageName } from './stage-name.ts';

export const fromAsCasing: LintRule = {
  name: 'FromAsCasing',
  origin: 'buildkit',
  severity: 'warning',
  description: "The 'as' keyword should match the case of the 'from' keyword",
  why: 'FROM and AS are two keywords of one instruction. In different cases they read as if one of them were a name.',
  url: buildkitPage('from-as-casing'),
  *check(file) {
    for (const { from } of file.stages) {
      const { node } = from;
      const as = node.args[1] ?? '';
      // A keyword of mixed case has a finding of its own.
      const wanted = casingOf(node.keyword)?.(as) ?? as;
      if (writtenStageName(node) === '' || as === wanted) continue;
      const message = `'${as}' and '${node.keyword}' keywords' casing do not match`;
      const place = asPlace(file, node);
      if (place === undefined) yield { node, message };
      else yield { node, message, range: place, fix: replacing(`Write ${wanted}`, place, wanted) };
    }
  },
};

function casingOf(keyword: string): ((word: string) => string) | undefined {
  if (keyword === keyword.toLowerCase()) return (word) => word.toLowerCase();
  return keyword === keyword.toUpperCase() ? (word) => word.toUpperCase() : undefined;
}
