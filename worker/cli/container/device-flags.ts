/** `--device` and `--gpus`, as the client reads them. */
import { csvFields } from '../../dockerfile/csv-fields.ts';
import type { HostConfig } from '../../engine/docker/container-types.ts';

type Device = NonNullable<HostConfig['Devices']>[number];
type DeviceRequest = NonNullable<HostConfig['DeviceRequests']>[number];

const ALL_DEVICES = -1;
const ALL_PERMISSIONS = 'rwm';
const PERMISSIONS = /^[rwm]{1,3}$/;

/** What is wrong with a `--device`; undefined when nothing is. */
export function deviceProblem(value: string): string | undefined {
  const [host = '', second, third, ...more] = value.split(':');
  if (more.length > 0) return `bad format for path: ${value}`;
  if (third !== undefined && !PERMISSIONS.test(third)) return `bad mode specified: ${third}`;
  const isPermissions = third === undefined && second !== undefined && PERMISSIONS.test(second);
  const inContainer = isPermissions ? host : (second ?? host);
  return inContainer.startsWith('/') ? undefined : `${inContainer} is not an absolute path`;
}

/** `HOST[:CONTAINER[:PERMISSIONS]]`. */
export function deviceOfFlag(value: string): Device {
  const [host = '', second = host, third] = value.split(':');
  const isPermissions = third === undefined && PERMISSIONS.test(second);
  return {
    PathOnHost: host,
    PathInContainer: isPermissions ? host : second,
    CgroupPermissions: isPermissions ? second : (third ?? ALL_PERMISSIONS),
  };
}

/** What is wrong with a `--gpus`; undefined when nothing is. */
export function gpuProblem(value: string): string | undefined {
  const request = readRequest(value);
  return typeof request === 'string' ? request : undefined;
}

/** What `--gpus` values, which were checked, ask for. */
export function gpuRequests(values: readonly string[]): readonly DeviceRequest[] {
  return values.flatMap((value) => {
    const request = readRequest(value);
    return typeof request === 'string' ? [] : [request];
  });
}

/** A request, or what is wrong with the text. */
function readRequest(value: string): DeviceRequest | string {
  const request = { Driver: '', Count: 0, DeviceIDs: null as string[] | null, Capabilities: [['gpu']], Options: {} };
  const seen = new Set<string>();
  for (const field of csvFields(value)) {
    const equals = field.indexOf('=');
    const [key, text] = equals === -1 ? ['count', field] : [field.slice(0, equals), field.slice(equals + 1)];
    if (seen.has(key)) return `gpu request key '${key}' can be specified only once`;
    seen.add(key);
    if (key === 'driver') request.Driver = text;
    else if (key === 'device') request.DeviceIDs = text.split(',');
    else if (key === 'capabilities') request.Capabilities = [['gpu', ...text.split(',')]];
    else if (key === 'count' && (text === 'all' || /^[-+]?\d+$/.test(text))) {
      request.Count = text === 'all' ? ALL_DEVICES : Number(text);
    } else if (key === 'count') {
      return `invalid count (${text}): value must be either "all" or an integer: invalid syntax`;
    } else if (key !== 'options') return `unexpected key '${key}' in '${field}'`;
  }
  return seen.has('count') || request.DeviceIDs !== null ? request : { ...request, Count: 1 };
}
