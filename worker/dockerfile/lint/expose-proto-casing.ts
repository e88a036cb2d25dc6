import { placeOf, replacing } from './places.ts';
import { buildkitPage, staged, type LintRule } from './rule.ts';

export const exposeProtoCasing: LintRule = {
  name: 'ExposeProtoCasing',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Protocol in EXPOSE instruction should be lowercase',
  why: 'The image keeps the protocol in lower case; writing it so is what `docker inspect` and `docker port` show too.',
  url: buildkitPage('expose-proto-casing'),
  *check(file) {
    for (const { node } of staged(file)) {
      if (node.name !== 'expose') continue;
      for (const port of node.args) {
        const protocol = port.includes('$') ? '' : (port.split('/')[1] ?? '');
        if (protocol === protocol.toLowerCase()) continue;
        const place = placeOf(file, node, port);
        const message = `Defined protocol '${port}' in EXPOSE instruction should be lowercase`;
        if (place === undefined) yield { node, message };
        else yield { node, message, range: place, fix: replacing('Write it in lower case', place, port.toLowerCase()) };
      }
    }
  },
};
