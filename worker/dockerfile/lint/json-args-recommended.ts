import { keywordPlace, placeOf, type Place } from './places.ts';
import { buildkitPage, type LintedFile, type LintRule } from './rule.ts';
import type { AnalysedStage } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';

export const jsonArgsRecommended: LintRule = {
  name: 'JSONArgsRecommended',
  origin: 'buildkit',
  severity: 'warning',
  description: 'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
  why: 'In the shell form `/bin/sh -c` is process 1 and the program its child: `docker stop` signals the shell, which does not pass the signal on, and the container is killed after ten seconds.',
  url: buildkitPage('json-args-recommended'),
  *check(file) {
    const withShell = new Set<AnalysedStage>();
    for (const stage of file.stages) {
      // Whoever sets a SHELL wants it to be there.
      let setsShell = stage.base !== undefined && withShell.has(stage.base);
      for (const { node } of stage.instructions) {
        setsShell ||= node.name === 'shell';
        if ((node.name !== 'cmd' && node.name !== 'entrypoint') || node.json || setsShell) continue;
        const message = `JSON arguments recommended for ${node.keyword} to prevent unintended behavior related to OS signals`;
        const fix = execForm(file, node);
        yield { node, message, ...(fix === undefined ? {} : { fix }) };
      }
      if (setsShell) withShell.add(stage);
    }
  },
};

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
