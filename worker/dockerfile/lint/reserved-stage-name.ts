import { quote } from '../go-quote.ts';
import { buildkitPage, type LintRule } from './rule.ts';
import { stageNamePlace } from './stage-name.ts';

const RESERVED: ReadonlySet<string> = new Set(['context', 'scratch']);

export const reservedStageName: LintRule = {
  name: 'ReservedStageName',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Reserved words should not be used as stage names',
  why: '`scratch` is the empty image and `context` the build context. A stage of that name hides them, or is hidden by them.',
  url: buildkitPage('reserved-stage-name'),
  *check(file) {
    for (const { name, from } of file.stages) {
      if (!RESERVED.has(name)) continue;
      const message = `Stage name should not use the same name as reserved stage ${quote(name)}`;
      const range = stageNamePlace(file, from.node);
      yield { node: from.node, message, ...(range === undefined ? {} : { range }) };
    }
  },
};
