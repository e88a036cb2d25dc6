/**
 * Writing image configs. Their digest is the image's ID, so bytes matter: fields stand in the order BuildKit writes them, and what is
 * empty is left out as its Go structs leave it out.
 */
import type { Bytes } from '../base/bytes.ts';
import { goJsonBytes, type JsonValue } from '../base/json.ts';
import type { ContainerConfig, Healthcheck, HistoryEntry, ImageConfig } from './config.ts';

type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** The config document's bytes. Equal configs give equal bytes, whatever order their fields were set in. */
export function imageConfigBytes(image: ImageConfig): Bytes {
  // BuildKit's exporter writes the top level from a map, so it is sorted; the rest are structs
  return goJsonBytes({
    ...nonEmpty({ architecture: image.architecture, author: image.author }),
    config: containerConfig(image.config ?? {}),
    ...nonEmpty({
      created: image.created,
      history: image.history?.map(historyEntry),
      os: image.os,
      'os.features': image['os.features'],
      'os.version': image['os.version'],
    }),
    rootfs: { type: image.rootfs.type, diff_ids: image.rootfs.diff_ids },
    ...nonEmpty({ variant: image.variant }),
  });
}

/** The image-spec's fields, then Docker's own, each in the order of its Go struct. */
function containerConfig(config: ContainerConfig): Fields {
  return nonEmpty({
    User: config.User,
    ExposedPorts: goMap(config.ExposedPorts),
    Env: config.Env,
    Entrypoint: config.Entrypoint,
    Cmd: config.Cmd,
    Volumes: goMap(config.Volumes),
    WorkingDir: config.WorkingDir,
    Labels: goMap(config.Labels),
    StopSignal: config.StopSignal,
    ArgsEscaped: config.ArgsEscaped,
    Healthcheck: config.Healthcheck === undefined ? undefined : healthcheck(config.Healthcheck),
    OnBuild: config.OnBuild,
    StopTimeout: config.StopTimeout,
    Shell: config.Shell,
  });
}

function healthcheck(check: Healthcheck): Fields {
  return nonEmpty({
    Test: check.Test,
    Interval: check.Interval,
    Timeout: check.Timeout,
    StartPeriod: check.StartPeriod,
    StartInterval: check.StartInterval,
    Retries: check.Retries,
  });
}

function historyEntry(entry: HistoryEntry): Fields {
  return nonEmpty({
    created: entry.created,
    created_by: entry.created_by,
    author: entry.author,
    comment: entry.comment,
    empty_layer: entry.empty_layer,
  });
}

function goMap<V extends JsonValue>(
  record: Readonly<Record<string, V>> | undefined,
): ReadonlyMap<string, V> | undefined {
  return record === undefined ? undefined : new Map(Object.entries(record));
}

/** The fields without those that Go's `omitempty` leaves out. */
function nonEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return value === undefined || value === '' || value === false || value === 0;
}
