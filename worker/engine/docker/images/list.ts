/** `GET /images/json`: images with their names, filtered. */
import { parseManifest } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { matchesFamiliar } from '../../../oci/reference.ts';
import type { ImageID, ImageRecord } from '../../../store/images.ts';
import { matchPattern } from '../../../vfs/glob.ts';
import type { EngineParts } from '../../parts.ts';
import type { Filters } from '../api.ts';
import { assertKnownFilters, matchesLabels } from '../filters.ts';
import type { ImageListItem, ImageListOptions } from '../image-types.ts';
import { createdMs } from '../../image-times.ts';
import { booleanFilter, untilFilter } from './filters.ts';
import { findImage } from './find.ts';
import { referencesByImage, repoDigests, repoTags, type StoredReference } from './references.ts';

const KNOWN_FILTERS = ['dangling', 'label', 'label!', 'before', 'since', 'reference', 'until'];

/** Time of an image that has none: Go's zero time, in seconds. */
const NO_TIME = -62135596800;

/** Newest first. Throws `invalid-argument` for unknown filters, `not-found` for images that filters name. */
export async function listImages(
  { store, clock }: Pick<EngineParts, 'store' | 'clock'>,
  { all, filters, sharedSize = false, manifests = false }: ImageListOptions,
): Promise<readonly ImageListItem[]> {
  assertKnownFilters(filters, KNOWN_FILTERS);
  const dangling = filters.has('dangling') ? booleanFilter(filters, 'dangling', false) : undefined;
  const before = await timeOfImage(filters, 'before');
  const since = await timeOfImage(filters, 'since');
  const until = untilFilter(filters, clock);
  const names = await referencesByImage(store);
  const records = await store.images.list();
  const parents = new Set(records.map(({ parent }) => parent));

  async function timeOfImage(from: Filters, key: string): Promise<number | undefined> {
    const name = from.get(key)?.at(-1);
    return name === undefined ? undefined : (createdMs(await findImage(store, name)) ?? -Infinity);
  }

  function passes(record: ImageRecord): boolean {
    const time = createdMs(record) ?? -Infinity;
    if (before !== undefined && time >= before) return false;
    if (since !== undefined && time <= since) return false;
    if (until !== undefined && time > until) return false;
    return matchesLabels(filters, record.config.config?.Labels ?? {});
  }

  /** The names to show; undefined for an image that is not to be shown. */
  function shownNames(record: ImageRecord): readonly StoredReference[] | undefined {
    const own = names.get(record.id) ?? [];
    const patterns = filters.get('reference') ?? [];
    if (own.length === 0) {
      const hidden = record.marks.includes('build-cache') || (!all && parents.has(record.id));
      return hidden || dangling === false || patterns.length > 0 ? undefined : own;
    }
    if (dangling === true) return undefined;
    if (patterns.length === 0) return own;
    const matching = own.filter(({ reference }) =>
      patterns.some((pattern) => matchesFamiliar(reference, (text) => matchPattern(pattern, text))),
    );
    return matching.length === 0 ? undefined : matching;
  }

  const shared = sharedSize ? await sharedSizes(records, (diffID) => store.snapshots.layerInfo(diffID)) : undefined;
  const listed = records
    .flatMap((record) => {
      const shown = passes(record) ? shownNames(record) : undefined;
      return shown === undefined ? [] : [{ record, item: listItem(record, shown, shared?.get(record.id) ?? -1) }];
    })
    .sort((a, b) => b.item.Created - a.item.Created || b.record.createdMs - a.record.createdMs);
  if (!manifests) return listed.map(({ item }) => item);
  return Promise.all(
    listed.map(async ({ item, record }) => ({
      ...item,
      platform: formatPlatform(record.config),
      contentBytes: await contentBytes(store, record),
    })),
  );
}

/** What registries have of it: the manifest it came or went by, with all that it names. */
async function contentBytes({ content }: EngineParts['store'], { manifestDigest }: ImageRecord): Promise<number> {
  if (manifestDigest === undefined) return 0;
  const bytes = await content.readBytes(manifestDigest);
  const { config, layers } = parseManifest(bytes, { allowNoLayers: true });
  return [config, ...layers].reduce((sum, { size }) => sum + size, bytes.byteLength);
}

function listItem(record: ImageRecord, names: readonly StoredReference[], sharedBytes: number): ImageListItem {
  const time = createdMs(record);
  return {
    Id: record.id,
    ParentId: record.parent ?? '',
    RepoTags: repoTags(names),
    RepoDigests: repoDigests(names),
    Created: time === undefined ? NO_TIME : Math.floor(time / 1000),
    Size: record.sizeBytes,
    SharedSize: sharedBytes,
    Labels: record.config.config?.Labels ?? null,
    Containers: -1,
  };
}

/** Bytes of each image's layers that another image has too. */
async function sharedSizes(
  records: readonly ImageRecord[],
  infoOf: (diffID: ImageRecord['config']['rootfs']['diff_ids'][number]) => Promise<{ sizeBytes: number } | undefined>,
): Promise<ReadonlyMap<ImageID, number>> {
  const users = new Map<string, number>();
  for (const { config } of records) {
    for (const diffID of new Set(config.rootfs.diff_ids)) users.set(diffID, (users.get(diffID) ?? 0) + 1);
  }
  const sizes = new Map<ImageID, number>();
  for (const { id, config } of records) {
    let bytes = 0;
    for (const diffID of config.rootfs.diff_ids) {
      if ((users.get(diffID) ?? 0) > 1) bytes += (await infoOf(diffID))?.sizeBytes ?? 0;
    }
    sizes.set(id, bytes);
  }
  return sizes;
}
