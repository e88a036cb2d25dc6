import { placeOf, replacing } from './places.ts';
import { buildkitPage, staged, type LintRule } from './rule.ts';

export const exposeInvalidFormat: LintRule = {
  name: 'ExposeInvalidFormat',
  origin: 'buildkit',
  severity: 'warning',
  description:
    'IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release',
  why: 'EXPOSE tells what the container listens on. Where that is published on the host is for `docker run -p` to say, and the part before the colon is dropped.',
  url: buildkitPage('expose-invalid-format'),
  *check(file) {
    for (const { node } of staged(file)) {
      if (node.name !== 'expose') continue;
      for (const port of node.args.filter((word) => /^[^$]*:[^:$]+$/.test(word))) {
        const place = placeOf(file, node, port);
        const message = `EXPOSE instruction should not define an IP address or host-port mapping, found '${port}'`;
        const container = port.slice(port.lastIndexOf(':') + 1);
        if (place === undefined) yield { node, message };
        else yield { node, message, range: place, fix: replacing(`Expose ${container}`, place, container) };
      }
    }
  },
};
