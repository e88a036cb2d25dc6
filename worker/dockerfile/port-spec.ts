/** Ports as EXPOSE takes them: `[ip:][host port:]port[-last][/protocol]` (docker/go-connections `nat.ParsePortSpec`). */
import { EngineError } from '../base/errors.ts';

const PROTOCOLS: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);
const MAX_PORT = 65_535;

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** The ports a word names, each as `80/tcp`; host parts are checked and dropped. Throws `dockerfile`, worded as Docker 26 does. */
export function parsePortSpec(spec: string): readonly string[] {
  const parts = spec.split(':');
  const [containerPart, hostPart] = [parts.pop() ?? '', parts.pop() ?? ''];
  const address = parts.join(':');
  const { port, protocol } = splitProtocol(containerPart);
  if (address !== '') checkAddress(address);
  if (port === '') throw new EngineError('dockerfile', `No port specified: ${spec}<empty>`);
  const container = readRange(port);
  if (container === undefined) throw new EngineError('dockerfile', `Invalid containerPort: ${port}`);
  if (hostPart !== '') checkHostRange(hostPart, port, container);
  if (!PROTOCOLS.has(protocol.toLowerCase())) throw new EngineError('dockerfile', `Invalid proto: ${protocol}`);
  const ports: string[] = [];
  for (let number = container.first; number <= container.last; number++) {
    ports.push(`${number}/${protocol.toLowerCase()}`);
  }
  return ports;
}

function splitProtocol(text: string): { port: string; protocol: string } {
  const [port = '', protocol = ''] = text.split('/');
  return { port, protocol: protocol === '' ? 'tcp' : protocol };
}

function checkHostRange(text: string, port: string, container: PortRange): void {
  const host = readRange(text);
  if (host === undefined) throw new EngineError('dockerfile', `Invalid hostPort: ${text}`);
  const isRange = container.first !== container.last;
  if (isRange && container.last - container.first !== host.last - host.first) {
    throw new EngineError('dockerfile', `Invalid ranges specified for container and host Ports: ${port} and ${text}`);
  }
}

function readRange(text: string): PortRange | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= MAX_PORT ? { first, last } : undefined;
}

function checkAddress(text: string): void {
  const bracketed = /^\[([^[\]]*)\]$/.exec(text);
  const address = bracketed?.[1] ?? text;
  if (!isIPv4(address) && !isIPv6(address)) throw new EngineError('dockerfile', `Invalid ip address: ${address}`);
}

function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const tail = groups.at(-1);
  const hasIPv4 = tail?.includes('.') === true;
  if (hasIPv4 && !isIPv4(tail)) return false;
  const plain = hasIPv4 ? groups.slice(0, -1) : groups;
  const count = plain.length + (hasIPv4 ? 2 : 0);
  return plain.every((group) => /^[\da-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}
