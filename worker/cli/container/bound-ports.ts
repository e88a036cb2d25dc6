/** Published ports, from what `docker inspect` tells. */
import type { ContainerInspect } from '../../engine/docker/container-types.ts';

export interface BoundPort {
  /** `80/tcp`. */
  readonly port: string;
  readonly HostIp: string;
  readonly HostPort: string;
}

/** The ports of a container that are open on the host. */
export function boundPorts({ NetworkSettings }: ContainerInspect): readonly BoundPort[] {
  const ports = (
    NetworkSettings as { readonly Ports?: Readonly<Record<string, readonly Omit<BoundPort, 'port'>[] | null>> }
  ).Ports;
  return Object.entries(ports ?? {}).flatMap(([port, hosts]) => (hosts ?? []).map((host) => ({ port, ...host })));
}

/** `0.0.0.0:8080`; an IPv6 address stands in brackets. */
export function hostAddress(ip: string, port: string): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
