/** `POST /images/prune`: images that nobody gave a name, or (with `dangling=false`) that no container uses. */
import { isEngineError } from '../../../base/errors.ts';
import { chainIDs } from '../../../codec/chain-id.ts';
import type { ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';
import type { EngineParts } from '../../parts.ts';
import type { Filters } from '../api.ts';
import type { EventLog } from '../event-log.ts';
import { assertKnownFilters, matchesLabels } from '../filters.ts';
import type { ImageRemoval } from '../image-types.ts';
import { createdMs } from '../../image-times.ts';
import { booleanFilter, untilFilter } from './filters.ts';
import { isDigestReference, referencesByImage } from './references.ts';
import { removeImage } from './remove.ts';

const KNOWN_FILTERS = ['dangling', 'label', 'label!', 'until'];

/** Removes them. Images that cannot go are left. Throws `invalid-argument` for unknown filters. */
export async function pruneImages(
  { store, clock }: Pick<EngineParts, 'store' | 'clock'>,
  events: EventLog,
  filters: Filters,
): Promise<{ readonly ImagesDeleted: readonly ImageRemoval[]; readonly SpaceReclaimed: number }> {
  assertKnownFilters(filters, KNOWN_FILTERS);
  const danglingOnly = booleanFilter(filters, 'dangling', true);
  const until = untilFilter(filters, clock);
  const records = await store.images.list();
  const parents = new Set(records.map(({ parent }) => parent));
  const names = await referencesByImage(store);
  const sizes = await sizesByChain(store, records);
  const removed: ImageRemoval[] = [];

  for (const record of records) {
    const own = names.get(record.id) ?? [];
    if (own.length === 0 && (parents.has(record.id) || record.marks.includes('build-cache'))) continue;
    if (until !== undefined && (createdMs(record) ?? Infinity) > until) continue;
    if (!matchesLabels(filters, record.config.config?.Labels ?? {})) continue;
    if (danglingOnly && !own.every(isDigestReference)) continue;
    const targets = own.length === 0 ? [record.id] : own.map(({ name }) => name);
    for (const target of targets) removed.push(...(await removedUnlessUsed(store, events, target)));
  }
  const freed = removed.map((row) => ('Deleted' in row ? (sizes.get(row.Deleted) ?? 0) : 0));
  return { ImagesDeleted: removed, SpaceReclaimed: freed.reduce((sum, bytes) => sum + bytes, 0) };
}

async function removedUnlessUsed(store: Store, events: EventLog, target: string): Promise<readonly ImageRemoval[]> {
  try {
    return await removeImage(store, events, target, { force: false, pruneParents: true });
  } catch (error) {
    if (isEngineError(error, 'conflict') || isEngineError(error, 'not-found')) return [];
    throw error;
  }
}

/** Bytes of each layer, by the chain it is the top of. */
async function sizesByChain(store: Store, records: readonly ImageRecord[]): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const { config } of records) {
    const diffIDs = config.rootfs.diff_ids;
    for (const [index, chain] of chainIDs(diffIDs).entries()) {
      const diffID = diffIDs[index];
      if (diffID === undefined || sizes.has(chain)) continue;
      sizes.set(chain, (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0);
    }
  }
  return sizes;
}
