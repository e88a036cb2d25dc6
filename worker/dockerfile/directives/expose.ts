import { requireSome } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { readFlags } from '../flags.ts';
import { parsePortSpec } from '../port-spec.ts';

export interface ExposeData {
  /** As written, sorted; variables may make several ports of one. */
  readonly ports: readonly string[];
}

export const expose = defineDirective<ExposeData>({
  name: 'EXPOSE',
  summary: 'Documents the ports a container listens on.',
  syntax: ['EXPOSE port[/protocol] ...', 'EXPOSE first-last[/protocol]'],
  docs: `It opens nothing by itself: \`docker run -p\` does, and \`docker run -P\` publishes all ports named here. The protocol is \`tcp\`
unless it is \`udp\` or \`sctp\`.`,
  flags: [],
  argumentSyntax: 'blanks',
  expands: 'all',
  interpret: (node) => {
    requireSome('EXPOSE', node.args);
    readFlags(node.flags, []);
    return { ports: [...node.args].sort() };
  },
  lower: (data, stage) => {
    const words = data.ports.flatMap((port) => stage.expandWords(port));
    const ports = [...new Set(words.flatMap(parsePortSpec))].sort();
    stage.config.ExposedPorts = {
      ...stage.config.ExposedPorts,
      ...Object.fromEntries(ports.map((port) => [port, {}])),
    };
    // The history shows Go's map of ports, which prints in the order of its keys.
    stage.metadata(`EXPOSE map[${ports.map((port) => `${port}:{}`).join(' ')}]`);
  },
});
