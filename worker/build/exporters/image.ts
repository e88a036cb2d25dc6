/**
 * The image exporter: config into the content store, image and names into theirs. Fills in the times BuildKit's exporter does: a line
 * of history has the time its layer was made at, lines without a layer that of the layer around them.
 */
import type { Job } from '../../base/job.ts';
import { digestOf } from '../../codec/sha256.ts';
import type { ContainerConfig, HistoryEntry, ImageConfig } from '../../oci/config.ts';
import { imageConfigBytes } from '../../oci/config-bytes.ts';
import { MEDIA_TYPES } from '../../oci/descriptor.ts';
import type { ChainID, DiffID } from '../../oci/digest.ts';
import type { ImageID, ImageRecord } from '../../store/images.ts';
import type { Store } from '../../store/index.ts';
import type { Lease } from '../../store/leases.ts';
import type { ImageDraft } from '../plan/image-draft.ts';

/** What BuildKit's exporter writes beside the layers that it has to name itself. */
const EXPORTER_COMMENT = 'buildkit.exporter.image.v0';

export interface ImageExport {
  readonly draft: ImageDraft;
  readonly chainID: ChainID | undefined;
  /** When each layer above the base's was made, milliseconds, bottom up. */
  readonly layerTimesMs: readonly (number | undefined)[];
  readonly names: readonly string[];
  readonly marks: ImageRecord['marks'];
  readonly nowMs: number;
  /** The times in its config are the build's own, which tell nobody when it was built. */
  readonly ownTimes: boolean;
}

export interface ExportedImage {
  readonly id: ImageID;
  readonly config: ImageConfig;
}

/**
 * Stores the image. Names move to it in the same transaction. An image that lists show is left as it is by one that they would not.
 * Throws `storage`, `cancelled`.
 */
export async function exportImage(store: Store, lease: Lease, request: ImageExport, job: Job): Promise<ExportedImage> {
  const { draft, chainID } = request;
  const diffIDs = await store.snapshots.chain(chainID);
  const config = draftConfig(draft, diffIDs, request.layerTimesMs);
  job.budget.throwIfCancelled();
  const bytes = imageConfigBytes(config);
  const digest = await digestOf(bytes);
  const [sizeBytes] = await Promise.all([totalSize(store, diffIDs), lease.add(`content/${digest}`)]);
  const descriptor = await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, bytes);
  if (isHidden(request) && (await isShown(store, descriptor.digest))) return { id: descriptor.digest, config };
  const record: ImageRecord = {
    id: descriptor.digest,
    config,
    ...(chainID === undefined ? {} : { chainID }),
    sizeBytes,
    ...(draft.base === undefined ? {} : { base: draft.base }),
    createdMs: request.nowMs,
    ...(request.ownTimes ? { builtMs: request.nowMs } : {}),
    ...(request.names.length === 0 ? {} : { lastTaggedMs: request.nowMs }),
    marks: request.marks,
  };
  await store.images.put(record, request.names);
  return { id: record.id, config };
}

async function totalSize(store: Store, diffIDs: readonly DiffID[]): Promise<number> {
  const layers = await Promise.all(diffIDs.map((diffID) => store.snapshots.layerInfo(diffID)));
  return layers.reduce((sum, layer) => sum + (layer?.sizeBytes ?? 0), 0);
}

const isHidden = ({ marks }: Pick<ImageRecord, 'marks'>): boolean => marks.includes('build-cache');

async function isShown(store: Store, id: ImageID): Promise<boolean> {
  const stored = await store.images.get(id);
  return stored !== undefined && !isHidden(stored);
}

/** The config of a draft on these layers. Lines of history whose layer has no known time get none. */
export function draftConfig(
  draft: ImageDraft,
  diffIDs: readonly DiffID[],
  layerTimesMs: readonly (number | undefined)[] = [],
): ImageConfig {
  const unnamed = draft.sourceLayers.map((created_by) => ({ created_by, comment: EXPORTER_COMMENT }));
  const history = withTimes([...draft.history, ...unnamed], draft.baseLayers.length, layerTimesMs);
  const created = history.findLast((entry) => entry.created !== undefined)?.created;
  return {
    ...draft.platform,
    ...(created === undefined ? {} : { created }),
    ...(draft.author === undefined || draft.author === '' ? {} : { author: draft.author }),
    config: containerConfig(draft),
    rootfs: { type: 'layers', diff_ids: diffIDs },
    history,
  };
}

/** Config fields with what is empty left out. */
function containerConfig({ config, inherited }: ImageDraft): ContainerConfig {
  const own = Object.entries(config).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return { ...inherited, ...(Object.fromEntries(own) as ContainerConfig) };
}

/** History with a time in every line, as far as any is known. */
function withTimes(
  history: readonly HistoryEntry[],
  baseLayerCount: number,
  layerTimesMs: readonly (number | undefined)[],
): HistoryEntry[] {
  let layer = 0;
  const known = history.map((entry): HistoryEntry => {
    if (entry.empty_layer === true) return entry;
    const timeMs = layerTimesMs[layer++ - baseLayerCount];
    if (entry.created !== undefined || timeMs === undefined) return entry;
    return { ...entry, created: goTime(timeMs) };
  });
  // a first line without a layer is as old as the first layer after it, not as the base image
  const firstGap = known.findIndex((entry) => entry.created === undefined);
  const before = known.slice(0, Math.max(firstGap, 0)).findLast((entry) => entry.created !== undefined)?.created;
  let created = known.slice(Math.max(firstGap, 0)).find((entry) => entry.created !== undefined)?.created ?? before;
  return known.map((entry, index) => {
    if (entry.created === undefined) return created === undefined ? entry : { ...entry, created };
    if (firstGap >= 0 && index > firstGap) created = entry.created;
    return entry;
  });
}

/** RFC 3339 as Go writes it: without zeros at the end of the seconds. */
function goTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z');
}
