import { quote } from '../go-quote.ts';
import { buildkitPage, type LintRule } from './rule.ts';
import { stageNamePlace } from './stage-name.ts';

export const duplicateStageName: LintRule = {
  name: 'DuplicateStageName',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Stage names should be unique',
  why: 'A name stands for the last stage before it that has it. With two of a name, what a COPY --from means changes with its place in the file.',
  url: buildkitPage('duplicate-stage-name'),
  *check(file) {
    const seen = new Set<string>();
    for (const { name, from } of file.stages) {
      if (seen.has(name)) {
        const message = `Duplicate stage name ${quote(name)}, stage names should be unique`;
        const range = stageNamePlace(file, from.node);
        yield { node: from.node, message, ...(range === undefined ? {} : { range }) };
      }
      if (name !== '') seen.add(name);
    }
  },
};
