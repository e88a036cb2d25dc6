/** `GET /images/NAME/json` and `/history`: one image, as the daemon tells it. */
import { daemonConfig } from '../../../oci/daemon-config.ts';
import type { ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';
import type { ImageHistoryItem, ImageInspect } from '../image-types.ts';
import { createdMs, entryCreatedMs } from '../../image-times.ts';
import { findImage } from './find.ts';
import { referencesOf, repoDigests, repoTags } from './references.ts';

/** What Go writes for no time. */
const ZERO_TIME = '0001-01-01T00:00:00Z';
const ZERO_TIME_SECONDS = -62135596800;
const STORAGE_DRIVER = 'overlay2';
/** The id of rows of a history that no image here stands for. */
const MISSING = '<missing>';

export async function inspectImage(store: Store, name: string): Promise<ImageInspect> {
  const record = await findImage(store, name);
  const references = await referencesOf(store, record.id);
  const { config } = record;
  return {
    Id: record.id,
    RepoTags: repoTags(references),
    RepoDigests: repoDigests(references),
    Parent: record.parent ?? '',
    Comment: config.history?.at(-1)?.comment ?? '',
    Created: createdText(record),
    DockerVersion: '',
    Author: config.author ?? '',
    Config: { ...daemonConfig(config.config ?? {}), Image: record.parent ?? '' },
    Architecture: config.architecture,
    ...(config.variant === undefined ? {} : { Variant: config.variant }),
    Os: config.os,
    Size: record.sizeBytes,
    GraphDriver: { Data: null, Name: STORAGE_DRIVER },
    RootFS: {
      Type: config.rootfs.type,
      ...(config.rootfs.diff_ids.length === 0 ? {} : { Layers: config.rootfs.diff_ids }),
    },
    Metadata: { LastTagTime: timeText(record.lastTaggedMs) },
  };
}

/** As the config has it; what was built here has the time it was. */
function createdText(record: ImageRecord): string {
  const { created } = record.config;
  if (created === undefined) return ZERO_TIME;
  const ms = createdMs(record);
  return ms === undefined || ms === Date.parse(created) ? created : new Date(ms).toISOString();
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? ZERO_TIME : new Date(ms).toISOString();
}

/** The rows of an image's history, latest first; those of images that are its parents carry their IDs. */
export async function imageHistory(store: Store, name: string): Promise<readonly ImageHistoryItem[]> {
  const record = await findImage(store, name);
  const { config } = record;
  const sizes: number[] = [];
  for (const diffID of config.rootfs.diff_ids) sizes.push((await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0);
  let layer = 0;
  const rows = (config.history ?? []).map((entry): ImageHistoryItem => {
    const time = entryCreatedMs(entry, record);
    return {
      Id: MISSING,
      Created: time === undefined ? ZERO_TIME_SECONDS : Math.floor(time / 1000),
      CreatedBy: entry.created_by ?? '',
      Tags: null,
      Size: entry.empty_layer === true ? 0 : (sizes[layer++] ?? 0),
      Comment: entry.comment ?? '',
    };
  });
  return withImageIDs(store, record, rows.reverse());
}

async function withImageIDs(
  store: Store,
  top: ImageRecord,
  rows: readonly ImageHistoryItem[],
): Promise<readonly ImageHistoryItem[]> {
  const named: ImageHistoryItem[] = [];
  let image: ImageRecord | undefined = top;
  for (const row of rows) {
    const tags = image === undefined ? [] : repoTags(await referencesOf(store, image.id));
    named.push(image === undefined ? row : { ...row, Id: image.id, Tags: tags.length === 0 ? null : tags });
    image = image?.parent === undefined ? undefined : await store.images.get(image.parent);
  }
  return named;
}
