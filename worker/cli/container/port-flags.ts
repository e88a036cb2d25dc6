/** `--publish` and `--expose` (docker/go-connections `nat.ParsePortSpecs`). */
import { CliError } from '../command.ts';
import { isAddress } from './flag-problems.ts';

const PROTOCOLS = ['tcp', 'udp', 'sctp'];
const MAX_PORT = 65_535;

interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}
type Ports = Record<string, Binding[]>;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** What is published where, and with it exposed. Throws {@link CliError}, worded as the client does. */
export function publishedPorts(specs: readonly string[]): Readonly<Record<string, readonly Binding[]>> {
  const ports: Ports = {};
  for (const spec of specs) addSpec(ports, spec.includes('=') ? fromFields(spec) : spec);
  return ports;
}

/** `--expose` values as `80/tcp`. */
export function exposedPorts(specs: readonly string[]): readonly string[] {
  return specs.flatMap((spec) => {
    const { port, protocol } = splitProtocol(spec);
    const range = readRange(port);
    if (range === undefined) {
      throw new CliError(
        `invalid range format for --expose: ${spec}, error: strconv.ParseUint: parsing ${JSON.stringify(port)}: invalid syntax`,
      );
    }
    return numbers(range).map((number) => `${number}/${protocol}`);
  });
}

/** `published=8080,target=80,protocol=tcp`, the long form. */
function fromFields(spec: string): string {
  const fields = new Map(spec.split(',').map((field) => [field.split('=', 1)[0] ?? '', field.replace(/^[^=]*=?/, '')]));
  const target = `${fields.get('target') ?? ''}/${fields.get('protocol') ?? 'tcp'}`;
  const published = fields.get('published') ?? '';
  return published === '' ? target : `${published}:${target}`;
}

function addSpec(ports: Ports, spec: string): void {
  const parts = spec.split(':');
  const containerPart = parts.pop() ?? '';
  const hostPart = parts.pop() ?? '';
  const address = parts.join(':').replace(/^\[(.*)\]$/, '$1');
  if (address !== '' && !isAddress(address)) throw new CliError(`invalid IP address: ${address}`);
  const { port, protocol } = splitProtocol(containerPart);
  if (port === '') throw new CliError(`no port specified: ${spec}<empty>`);
  const container = readRange(port);
  if (container === undefined) throw new CliError(`invalid containerPort: ${port}`);
  const host = hostPart === '' ? undefined : readRange(hostPart);
  if (hostPart !== '' && host === undefined) throw new CliError(`invalid hostPort: ${hostPart}`);
  if (!PROTOCOLS.includes(protocol)) throw new CliError(`invalid proto: ${protocol}`);
  const targets = numbers(container);
  const hosts = host === undefined ? [] : numbers(host);
  if (host !== undefined && targets.length !== hosts.length && targets.length !== 1) {
    throw new CliError(`invalid ranges specified for container and host Ports: ${port} and ${hostPart}`);
  }
  for (const [at, target] of targets.entries()) {
    const key = `${target}/${protocol}`;
    const hostPort = targets.length === 1 && hosts.length > 1 ? hostPart : String(hosts[at] ?? '');
    ports[key] = [...(ports[key] ?? []), { HostIp: address, HostPort: hostPort }];
  }
}

function splitProtocol(text: string): { readonly port: string; readonly protocol: string } {
  const [port = '', protocol = ''] = text.split('/');
  return { port, protocol: protocol === '' ? 'tcp' : protocol.toLowerCase() };
}

function readRange(text: string): Range | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= MAX_PORT ? { first, last } : undefined;
}

function numbers({ first, last }: Range): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
