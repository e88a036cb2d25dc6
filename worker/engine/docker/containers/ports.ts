/** Ports of a container as the API tells them. */
import type { ContainerListItem } from '../container-types.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Exposed ports, with where they are published. */
export function portList(daemon: Daemon, { record, isRunning }: LiveContainer): ContainerListItem['Ports'] {
  if (!isRunning) return [];
  const published = daemon.ports.of(record.id);
  const open = new Set(published.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`));
  const exposed = Object.keys(record.config.ExposedPorts ?? {}).filter((port) => !open.has(port));
  return [
    ...published.map(({ hostIP, hostPort, containerPort, protocol }) => ({
      IP: hostIP,
      PrivatePort: containerPort,
      PublicPort: hostPort,
      Type: protocol,
    })),
    ...exposed.map((port) => {
      const [number = '', type = 'tcp'] = port.split('/');
      return { PrivatePort: Number(number), Type: type };
    }),
  ];
}

/** `NetworkSettings.Ports`. */
export function portMap(daemon: Daemon, { record, isRunning }: LiveContainer) {
  const ports: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  if (!isRunning) return ports;
  for (const port of Object.keys(record.config.ExposedPorts ?? {})) ports[port] = null;
  for (const { hostIP, hostPort, containerPort, protocol } of daemon.ports.of(record.id)) {
    const key = `${containerPort}/${protocol}`;
    ports[key] = [...(ports[key] ?? []), { HostIp: hostIP, HostPort: String(hostPort) }];
  }
  return ports;
}
