/** The image a stage builds up: config and history, on the layers its base brings. */
import type { ContainerConfig, HistoryEntry, ImageConfig } from '../../oci/config.ts';
import type { DiffID } from '../../oci/digest.ts';
import type { Platform } from '../../oci/platform.ts';
import type { ImageBase } from '../../store/images.ts';
import type { StageConfig } from '../../dockerfile/stage-builder.ts';

/** What BuildKit writes into `comment`. */
const HISTORY_COMMENT = 'buildkit.dockerfile.v0';
/** The PATH of an image that brings none. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface ImageDraft {
  platform: Platform;
  author?: string;
  /** The fields a Dockerfile sets. */
  readonly config: StageConfig;
  /** What else the base's config says; kept as it is. */
  readonly inherited: ContainerConfig;
  readonly history: HistoryEntry[];
  /** Layers of the base image, bottom up. */
  readonly baseLayers: readonly DiffID[];
  /** Layers that no instruction made, told at the end of the history. */
  readonly sourceLayers: readonly string[];
  /** The image it stands on; undefined for the empty one. */
  readonly base: ImageBase | undefined;
}

/** The image of `FROM scratch`. */
export function emptyImage(platform: Platform): ImageDraft {
  return {
    platform,
    config: { Env: [], WorkingDir: '/' },
    inherited: {},
    history: [],
    baseLayers: [],
    sourceLayers: [],
    base: undefined,
  };
}

/** The image of a stage that stands on a build context. */
export function imageFromContext(name: string, platform: Platform): ImageDraft {
  return { ...emptyImage(platform), sourceLayers: [`local source for ${name}`] };
}

/** What a stage starts with on an image, which FROM calls `name`. */
export function imageFromConfig(image: ImageConfig, name: string): ImageDraft {
  const {
    User,
    ExposedPorts,
    Env,
    Entrypoint,
    Cmd,
    Healthcheck,
    ArgsEscaped,
    Volumes,
    WorkingDir,
    OnBuild,
    Labels,
    StopSignal,
    Shell,
    ...inherited
  } = image.config ?? {};
  const config = {
    User,
    ExposedPorts,
    Entrypoint,
    Cmd,
    Healthcheck,
    ArgsEscaped,
    Volumes,
    WorkingDir,
    OnBuild,
    Labels,
    StopSignal,
    Shell,
  };
  const { os, architecture, variant, author } = image;
  return {
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    ...(author === undefined ? {} : { author }),
    config: structuredClone({ ...withoutUndefined(config), Env: [...(Env ?? [])] }) as StageConfig,
    inherited,
    history: [...(image.history ?? [])],
    baseLayers: image.rootfs.diff_ids,
    sourceLayers: [],
    base: { name, historyLength: image.history?.length ?? 0 },
  };
}

/** What a stage starts with on another stage; neither sees the other's later changes. */
export function copyDraft(draft: ImageDraft): ImageDraft {
  return { ...draft, config: structuredClone(draft.config), history: [...draft.history] };
}

/** Sets PATH where the image brings none. */
export function ensurePath({ config, platform }: ImageDraft): void {
  if (platform.os === 'windows' || config.Env.some((entry) => entry.startsWith('PATH='))) return;
  config.Env.push(`PATH=${DEFAULT_PATH}`);
}

/** One line of history. Steps of the file system that carry a layer have `layer`. */
export function addHistory(draft: ImageDraft, createdBy: string, layer: boolean): void {
  draft.history.push({
    created_by: createdBy,
    comment: HISTORY_COMMENT,
    ...(layer ? {} : { empty_layer: true }),
  });
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>;
}
