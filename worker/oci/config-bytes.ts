/**
 * Writing image configs. Their digest is the image's ID, so bytes matter: the fields stand in the order BuildKit writes them, maps are
 * sorted, and text is escaped as Go's encoding/json does it.
 */
import { utf8, type Bytes } from '../base/bytes.ts';
import type { ContainerConfig, HistoryEntry, ImageConfig } from './config.ts';

type FieldsOf<T> = readonly (keyof T & string)[];

/** The top level is a map to BuildKit's exporter, so it is sorted. */
const IMAGE_FIELDS: FieldsOf<ImageConfig> = [
  'architecture',
  'author',
  'config',
  'created',
  'history',
  'os',
  'os.features',
  'os.version',
  'rootfs',
  'variant',
];

/** The image-spec's fields, then Docker's own, each in the order of its Go struct. */
const CONFIG_FIELDS: FieldsOf<ContainerConfig> = [
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'ArgsEscaped',
  'Healthcheck',
  'OnBuild',
  'StopTimeout',
  'Shell',
];

const HEALTHCHECK_FIELDS = ['Test', 'Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries'] as const;
const HISTORY_FIELDS: FieldsOf<HistoryEntry> = ['created', 'created_by', 'author', 'comment', 'empty_layer'];

/** The config document's bytes. Equal configs give equal bytes, whatever order their fields were set in. */
export function imageConfigBytes(config: ImageConfig): Bytes {
  const container = config.config ?? {};
  const document = ordered(
    {
      ...config,
      config: ordered(
        {
          ...container,
          ...(container.ExposedPorts === undefined ? {} : { ExposedPorts: sorted(container.ExposedPorts) }),
          ...(container.Volumes === undefined ? {} : { Volumes: sorted(container.Volumes) }),
          ...(container.Labels === undefined ? {} : { Labels: sorted(container.Labels) }),
          ...(container.Healthcheck === undefined
            ? {}
            : { Healthcheck: ordered(container.Healthcheck, HEALTHCHECK_FIELDS) }),
        },
        CONFIG_FIELDS,
      ),
      rootfs: { type: config.rootfs.type, diff_ids: config.rootfs.diff_ids },
      ...(config.history === undefined
        ? {}
        : { history: config.history.map((entry) => ordered(entry, HISTORY_FIELDS)) }),
    },
    IMAGE_FIELDS,
  );
  return utf8(escapeAsGo(JSON.stringify(document)));
}

/** The fields that are set, in this order; others are left out, as Go leaves out what its struct does not have. */
function ordered(value: object, fields: readonly string[]): Record<string, unknown> {
  const known = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    fields.filter((field) => !isEmpty(known.get(field))).map((field) => [field, known.get(field)]),
  );
}

/** What Go's `omitempty` leaves out. An empty `config` stays: it is a struct. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === '' || value === false || value === 0;
}

function sorted<V>(map: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Go writes these as escapes, so that JSON can stand inside HTML and JavaScript. */
function escapeAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
