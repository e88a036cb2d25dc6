import { expandGlobally } from '../analysis/analyse.ts';
import { nearestWord } from '../suggestion.ts';
import { placeAt, placeOf, replacing } from './places.ts';
import { buildkitPage, type Finding, type LintedFile, type LintRule } from './rule.ts';
import type { InstructionNode } from '../ast.ts';

export const undefinedArgInFrom: LintRule = {
  name: 'UndefinedArgInFrom',
  origin: 'buildkit',
  severity: 'warning',
  description: 'FROM command must use declared ARGs',
  why: 'FROM sees the ARGs above the first FROM, and nothing else. One that is not declared there is empty, whatever `--build-arg` says.',
  url: buildkitPage('undefined-arg-in-from'),
  *check(file) {
    for (const stage of file.stages) {
      const { node, data } = stage.from;
      for (const word of [data.baseName, data.platform]) {
        for (const name of expandGlobally(file, word)?.unmatched ?? []) {
          if (!file.globals.has(name)) yield finding(file, node, name);
        }
      }
    }
  },
};

function finding(file: LintedFile, node: InstructionNode, name: string): Finding {
  const nearest = nearestWord(name, [...file.globals.keys()]);
  const message = `FROM argument '${name}' is not declared${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`;
  const place = placeOf(file, node, name, isName);
  if (place === undefined) return { node, message };
  const fix =
    nearest === undefined
      ? {
          title: `Declare ARG ${name}`,
          edits: [{ range: placeAt(file.stages[0]?.from.range.startLine ?? 1, 1, 0), text: `ARG ${name}\n` }],
        }
      : replacing(`Write ${nearest}`, place, nearest);
  return { node, message, range: place, fix };
}

function isName(before: string, after: string): boolean {
  return /[${]/.test(before) && !/\w/.test(after);
}
