/** A container's config as Docker's daemon tells and saves it: with the fields, nulls and order of its own `container.Config`. */
import type { JsonValue } from '../base/json.ts';
import type { ContainerConfig } from './config.ts';

/** A config with the fields, nulls and order of the daemon's `container.Config`. */
export function daemonConfig(config: ContainerConfig): Readonly<Record<string, JsonValue>> {
  return {
    Hostname: config.Hostname ?? '',
    Domainname: config.Domainname ?? '',
    User: config.User ?? '',
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...optional({ ExposedPorts: config.ExposedPorts && sortedKeys(config.ExposedPorts) }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: config.Env ?? null,
    Cmd: config.Cmd ?? null,
    ...optional({ Healthcheck: config.Healthcheck && { ...config.Healthcheck }, ArgsEscaped: config.ArgsEscaped }),
    Image: '',
    Volumes: config.Volumes === undefined ? null : sortedKeys(config.Volumes),
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint === undefined || config.Entrypoint.length === 0 ? null : config.Entrypoint,
    ...optional({ NetworkDisabled: config.NetworkDisabled, MacAddress: config.MacAddress }),
    OnBuild: config.OnBuild ?? null,
    Labels: config.Labels === undefined ? null : sortedKeys(config.Labels),
    ...optional({ StopSignal: config.StopSignal, StopTimeout: config.StopTimeout, Shell: config.Shell }),
  };
}

type Fields = Readonly<Record<string, JsonValue | undefined>>;

function optional(fields: Fields): Readonly<Record<string, JsonValue>> {
  const given = Object.entries(fields).filter(
    (field): field is [string, JsonValue] => field[1] !== undefined && field[1] !== false,
  );
  return Object.fromEntries(given);
}

/** Go writes maps in the order of their keys. */
function sortedKeys<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
