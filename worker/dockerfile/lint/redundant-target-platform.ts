import { expandGlobally } from '../analysis/analyse.ts';
import { placeAt, placeOf } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

const TARGET = 'TARGETPLATFORM';

export const redundantTargetPlatform: LintRule = {
  name: 'RedundantTargetPlatform',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
  why: 'A stage is built for the target platform unless told otherwise. The flag says what would be so without it, and hides the lines where it does matter.',
  url: buildkitPage('redundant-target-platform'),
  *check(file) {
    for (const { from } of file.stages) {
      const { platform } = from.data;
      const expansion = expandGlobally(file, platform);
      if (expansion?.matched.size !== 1 || expansion.unmatched.size > 0 || !expansion.matched.has(TARGET)) continue;
      if (expansion.text !== file.globals.get(TARGET)?.value) continue;
      const message = `Setting platform to predefined ${platform} in FROM is redundant as this is the default behavior`;
      const place = placeOf(file, from.node, from.node.flags[0] ?? '');
      if (place === undefined) yield { node: from.node, message };
      else {
        const behind = placeAt(place.startLine, place.startColumn, place.endColumn - place.startColumn + 1);
        yield {
          node: from.node,
          message,
          range: place,
          fix: { title: 'Remove the flag', edits: [{ range: behind, text: '' }] },
        };
      }
    }
  },
};
