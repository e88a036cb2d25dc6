import type { QuickFix } from '../../base/source.ts';
import type { InstructionNode } from '../ast.ts';
import { placeAt, replacing } from './places.ts';
import { buildkitPage, staged, type LintedFile, type LintRule } from './rule.ts';

export const legacyKeyValueFormat: LintRule = {
  name: 'LegacyKeyValueFormat',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Legacy key/value format with whitespace separator should not be used',
  why: 'Without `=` all that follows the name is the value, quotes and continued lines included: `ENV A b C=d` sets A alone.',
  url: buildkitPage('legacy-key-value-format'),
  *check(file) {
    for (const { node } of staged(file)) {
      if ((node.name !== 'env' && node.name !== 'label') || node.args[2] !== '') continue;
      const fix = withEquals(file, node);
      yield {
        node,
        message: `"${node.keyword} key=value" should be used instead of legacy "${node.keyword} key value" format`,
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};

function withEquals({ lines }: LintedFile, node: InstructionNode): QuickFix | undefined {
  const [name = '', value = ''] = node.args;
  const { startLine, endLine } = node.range;
  if (startLine !== endLine || /["'\\]/.test(value)) return undefined;
  const text = lines[startLine - 1] ?? '';
  const behind = text.indexOf(name, text.indexOf(node.keyword) + node.keyword.length) + name.length;
  const written = /^[^\s]+$/.test(value) ? value : `"${value}"`;
  return replacing('Write it with =', placeAt(startLine, behind + 1, text.length - behind), `=${written}`);
}
