import { keywordPlace, placeOf, type Place } from './places.ts';
import { buildkitPage, staged, type LintedFile, type LintRule } from './rule.ts';
import type { AnalysedStage } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';
import { findDirective } from '../directives/index.ts';

export const jsonArgsRecommended: LintRule = {
  name: 'JSONArgsRecommended',
  origin: 'buildkit',
  severity: 'warning',
  description: 'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
  why: 'In the shell form `/bin/sh -c` is process 1 and the program its child: `docker stop` signals the shell, which does not pass the signal on, and the container is killed after ten seconds.',
  url: buildkitPage('json-args-recommended'),
  *check(file) {
    for (const { stage, node } of staged(file)) {
      if ((node.name !== 'cmd' && node.name !== 'entrypoint') || node.json || setsShell(stage, node)) continue;
      const message = `JSON arguments recommended for ${node.keyword} to prevent unintended behavior related to OS signals`;
      const fix = execForm(file, node);
      yield { node, message, ...(fix === undefined ? {} : { fix }) };
    }
  },
};

/** Whoever sets a SHELL wants it to be there. */
function setsShell(stage: AnalysedStage, before: InstructionNode): boolean {
  for (const { node, directive } of stage.instructions) {
    if (node === before) break;
    if (directive === findDirective('shell')) return true;
  }
  return stage.base !== undefined && stage.base.instructions.some(({ node }) => node.name === 'shell');
}

/** The words as JSON, where a shell would do nothing but start them. */
function execForm(
  file: LintedFile,
  node: InstructionNode,
): { title: string; edits: { range: Place; text: string }[] } | undefined {
  const [line = ''] = node.args;
  const words = line.split(/[ \t]+/);
  if (!words.every((word) => /^[\w./:=@%+,-]+$/.test(word)) || /^\w+=/.test(line) || line === '') return undefined;
  const place = placeOf(file, node, line, () => true);
  if (place === undefined || place.startLine !== keywordPlace(file, node).startLine) return undefined;
  return {
    title: 'Use the exec form',
    edits: [{ range: place, text: `[${words.map((word) => JSON.stringify(word)).join(', ')}]` }],
  };
}
