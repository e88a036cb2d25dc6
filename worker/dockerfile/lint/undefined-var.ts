import type { InstructionNode } from '../ast.ts';
import { nearestWord } from '../suggestion.ts';
import { placeOf, replacing } from './places.ts';
import { buildkitPage, type Finding, type LintedFile, type LintRule } from './rule.ts';

export const undefinedVar: LintRule = {
  name: 'UndefinedVar',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Variables should be defined before their use',
  why: 'A variable that nothing set is empty: a path loses a part of itself and means another one. An ARG of another stage, or one above the first FROM, must be declared again to be seen here.',
  url: buildkitPage('undefined-var'),
  *check(file) {
    for (const { node, stage, undeclared } of file.instructions) {
      if (undeclared.length === 0) continue;
      const known = [...(stage?.end.variables.keys() ?? [])];
      for (const name of undeclared) yield finding(file, node, name, nearestWord(name, known));
    }
  },
};

function finding(file: LintedFile, node: InstructionNode, name: string, nearest: string | undefined): Finding {
  const message = `Usage of undefined variable '$${name}'${nearest === undefined ? '' : ` (did you mean $${nearest}?)`}`;
  const place = placeOf(file, node, name, (before, after) => /[${]/.test(before) && !/\w/.test(after));
  if (place === undefined) return { node, message };
  if (nearest === undefined) return { node, message, range: place };
  return { node, message, range: place, fix: replacing(`Write ${nearest}`, place, nearest) };
}
