import { CliError, type Command } from '../../command.ts';
import { boundPorts, hostAddress } from '../../container/bound-ports.ts';
import { printLine } from '../../context.ts';

export const containerPort: Command = {
  path: ['container', 'port'],
  aliases: [['port']],
  summary: 'List port mappings or a specific mapping for the container',
  usage: ['CONTAINER [PRIVATE_PORT[/PROTO]]'],
  arguments: { least: 1, most: 2 },
  flags: [],
  async run(context, { operands: [name = '', port] }) {
    const ports = boundPorts(await context.docker.containers.inspect(name));
    if (port === undefined) {
      const lines = ports.map(({ port: own, HostIp, HostPort }) => `${own} -> ${hostAddress(HostIp, HostPort)}\n`);
      await context.shell.out.write(lines.sort().join(''));
      return 0;
    }
    const wanted = port.includes('/') ? port : `${port}/tcp`;
    const bound = ports.filter(({ port: own }) => own === wanted);
    if (bound.length === 0) throw new CliError(`Error: No public port '${port}' published for ${name}`);
    for (const { HostIp, HostPort } of bound) await printLine(context, hostAddress(HostIp, HostPort));
    return 0;
  },
};
