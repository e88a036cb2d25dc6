/**
 * Image configuration (image-spec "config.md", with the fields Docker adds). The document's digest is the image ID, so
 * bytes matter: read with `parseImageConfig`, write with `imageConfigBytes` (`config-bytes.ts`).
 */
import { digest } from './descriptor.ts';
import type { DiffID } from './digest.ts';
import {
  exactly,
  flag,
  integer,
  listOf,
  mapOf,
  matching,
  nullable,
  parseJSON,
  shape,
  text,
  type Check,
} from './document.ts';
import type { Platform } from './platform.ts';

/** How to tell whether a container is healthy. Times are nanoseconds. */
export interface Healthcheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** Defaults for a container of the image. */
export interface ContainerConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Healthcheck?: Healthcheck;
  readonly ArgsEscaped?: boolean;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>>;
  readonly WorkingDir?: string;
  readonly NetworkDisabled?: boolean;
  readonly MacAddress?: string;
  readonly OnBuild?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Shell?: readonly string[];
  readonly Hostname?: string;
  readonly Domainname?: string;
}

/** One instruction of the image's past. */
export interface HistoryEntry {
  /** RFC 3339. */
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

export interface ImageConfig extends Platform {
  readonly created?: string;
  readonly author?: string;
  readonly config?: ContainerConfig;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly DiffID[] };
  readonly history?: readonly HistoryEntry[];
}

const ENV_RULE = /^[^=]+=[\s\S]*$/;
const stringSet = nullable(mapOf(shape({})));
const texts = nullable(listOf(text));

const CONTAINER_CONFIG: Check = shape(
  {},
  {
    User: text,
    ExposedPorts: stringSet,
    Env: nullable(listOf(matching(ENV_RULE, 'NAME=VALUE'))),
    Entrypoint: texts,
    Cmd: texts,
    Healthcheck: nullable(
      shape(
        {},
        {
          Test: texts,
          Interval: integer,
          Timeout: integer,
          StartPeriod: integer,
          StartInterval: integer,
          Retries: integer,
        },
      ),
    ),
    ArgsEscaped: flag,
    Volumes: stringSet,
    WorkingDir: text,
    OnBuild: texts,
    Labels: nullable(mapOf(text)),
    StopSignal: text,
    StopTimeout: nullable(integer),
    Shell: texts,
  },
);

const HISTORY: Check = shape({}, { created: text, created_by: text, author: text, comment: text, empty_layer: flag });

const IMAGE_CONFIG: Check = shape(
  { os: text, architecture: text, rootfs: shape({ type: exactly('layers'), diff_ids: nullable(listOf(digest)) }) },
  {
    variant: text,
    'os.version': text,
    'os.features': nullable(listOf(text)),
    created: nullable(text),
    author: text,
    config: nullable(CONTAINER_CONFIG),
    history: nullable(listOf(HISTORY)),
  },
);

/**
 * Reads an image config of OCI or Docker. Nulls that Go writes for empty lists and maps are left out. Throws
 * `invalid-document` naming the field.
 */
export function parseImageConfig(bytes: Uint8Array): ImageConfig {
  const value = parseJSON(bytes);
  IMAGE_CONFIG(value, '');
  const config = withoutNulls(value) as ImageConfig;
  return {
    ...config,
    rootfs: { type: 'layers', diff_ids: (config.rootfs as Partial<ImageConfig['rootfs']>).diff_ids ?? [] },
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)] as const])),
  );
}
