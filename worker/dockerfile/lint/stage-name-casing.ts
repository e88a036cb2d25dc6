import { replacing } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';
import { stageNamePlace, writtenStageName } from './stage-name.ts';

export const stageNameCasing: LintRule = {
  name: 'StageNameCasing',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Stage names should be lowercase',
  why: 'A build knows a stage by its name in lower case, and instructions are in upper case: a name in lower case is told from them at a glance.',
  url: buildkitPage('stage-name-casing'),
  *check(file) {
    for (const { from } of file.stages) {
      const name = writtenStageName(from.node);
      if (name === name.toLowerCase()) continue;
      const place = stageNamePlace(file, from.node);
      const message = `Stage name '${name}' should be lowercase`;
      if (place === undefined) yield { node: from.node, message };
      else
        yield {
          node: from.node,
          message,
          range: place,
          fix: replacing('Write it in lower case', place, name.toLowerCase()),
        };
    }
  },
};
