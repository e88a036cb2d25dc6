/** Ports in a list: neighbours as a range, published ones with where they listen (docker/cli `DisplayablePorts`). */
import type { ContainerListItem } from '../../engine/docker/container-types.ts';

type Port = ContainerListItem['Ports'][number];

interface Group {
  readonly address: string | undefined;
  readonly type: string;
  first: number;
  last: number;
}

export function portsText(ports: readonly Port[]): string {
  const finished: string[] = [];
  const mapped: string[] = [];
  const open = new Map<string, Group>();
  for (const port of [...ports].sort(inOrder)) {
    const { IP: address, PrivatePort: number, PublicPort, Type: type } = port;
    if (address !== undefined && PublicPort !== number) {
      mapped.push(`${joined(address, String(PublicPort))}->${number}/${type}`);
      continue;
    }
    const key = `${address ?? ''}/${type}`;
    const group = open.get(key);
    if (group !== undefined && number === group.last + 1) {
      group.last = number;
      continue;
    }
    if (group !== undefined) finished.push(groupText(group));
    open.set(key, { address, type, first: number, last: number });
  }
  return [...finished, ...[...open.values()].map(groupText), ...mapped].join(', ');
}

function groupText({ address, type, first, last }: Group): string {
  const range = first === last ? String(first) : `${first}-${last}`;
  return `${address === undefined ? '' : `${joined(address, range)}->`}${range}/${type}`;
}

function joined(address: string, port: string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function inOrder(a: Port, b: Port): number {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  const text = ({ IP = '', PublicPort = 0, Type }: Port): string =>
    `${IP} ${String(PublicPort).padStart(5, '0')} ${Type}`;
  return text(a) < text(b) ? -1 : 1;
}
