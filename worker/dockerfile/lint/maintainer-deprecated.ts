import { placeAt, replacing } from './places.ts';
import { buildkitPage, staged, type LintRule } from './rule.ts';

export const maintainerDeprecated: LintRule = {
  name: 'MaintainerDeprecated',
  origin: 'buildkit',
  severity: 'warning',
  description: 'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
  why: 'A label is shown by `docker inspect`, found by filters, and the OCI specification names the one for authors; the author field that MAINTAINER sets is looked at by nobody.',
  url: buildkitPage('maintainer-deprecated'),
  *check(file) {
    for (const { node } of staged(file)) {
      if (node.name !== 'maintainer') continue;
      const { startLine, endLine } = node.range;
      const label = `LABEL org.opencontainers.image.authors=${JSON.stringify(node.args[0] ?? '')}`;
      const place = placeAt(startLine, 1, (file.lines[startLine - 1] ?? '').length);
      yield {
        node,
        message: 'Maintainer instruction is deprecated in favor of using label',
        ...(startLine === endLine ? { fix: replacing('Use a label', place, label) } : {}),
      };
    }
  },
};
