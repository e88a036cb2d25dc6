/** Settings of a container that contradict the namespaces it shares, and health checks in too much of a hurry. */
import { EngineError } from '../../../base/errors.ts';
import type { ContainerConfig } from '../../../oci/config.ts';
import type { HostConfig } from '../container-types.ts';

const IPC_MODES = ['', 'none', 'private', 'shareable', 'host'];
const LEAST_SPAN_NS = 1_000_000;
const SPANS = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const;

/** Throws `invalid-argument`, worded as the daemon words it. */
export function checkModes(config: ContainerConfig, hostConfig: HostConfig): void {
  const ipc = textOf(hostConfig['IpcMode']);
  if (!IPC_MODES.includes(ipc) && !ipc.startsWith('container:')) throw refused(`invalid IPC mode: ${ipc}`);
  const conflict = networkConflict(config, hostConfig);
  if (conflict !== undefined) throw refused(`conflicting options: ${conflict}`);
}

/** Throws `invalid-argument` for times that no check could keep. */
export function checkHealthcheck({ Healthcheck: check }: ContainerConfig): void {
  if (check === undefined) return;
  for (const name of SPANS) {
    const span = check[name] ?? 0;
    if (span !== 0 && span < LEAST_SPAN_NS) throw refused(`${name} in Healthcheck cannot be less than 1ms`);
  }
}

/** Of several conflicts, the one that the daemon looks for first. */
function networkConflict(config: ContainerConfig, hostConfig: HostConfig): string | undefined {
  const network = hostConfig.NetworkMode ?? '';
  const isShared = network.startsWith('container:');
  const hasHostname = (config.Hostname ?? '') !== '';
  if (isShared && hasHostname) return 'hostname and the network mode';
  if (textOf(hostConfig['UTSMode']) === 'host' && hasHostname) return 'hostname and the UTS mode';
  const linking = "network can't be used with links. This would result in undefined behavior";
  if (network === 'host' && countOf(hostConfig['Links']) > 0) return linking.replace('network', 'host type networking');
  if (!isShared) return undefined;
  if (countOf(hostConfig['Links']) > 0) return `container type ${linking}`;
  if (countOf(hostConfig['Dns']) > 0) return 'dns and the network mode';
  if (countOf(hostConfig['ExtraHosts']) > 0) return 'custom host-to-IP mapping and the network mode';
  if (countOf(hostConfig.PortBindings) > 0 || hostConfig['PublishAllPorts'] === true) {
    return 'port publishing and the container type network mode';
  }
  if (countOf(config.ExposedPorts) > 0) return 'port exposing and the container type network mode';
  return undefined;
}

function countOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refused(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
