/** Images as the panels show them: found by name or ID, told with their stack of layers. */
import { EngineError, isEngineError } from '../base/errors.ts';
import type { HistoryEntry } from '../oci/config.ts';
import { isDigest, shortID } from '../oci/digest.ts';
import { familiarReference, parseReference, fullReference } from '../oci/reference.ts';
import { layerSummaries } from '../layer/analyse.ts';
import type { ImageID, ImageRecord } from '../store/images.ts';
import type { Store } from '../store/index.ts';
import { instructionOfHistory } from './history-instruction.ts';
import { createdMs, entryCreatedMs } from './image-times.ts';
import { imageSettings } from './image-settings.ts';
import type { ImageDetail, ImageSummary, StackRow } from './model.ts';

/** The engine's calls about images. */
export interface Images {
  list(): Promise<readonly ImageSummary[]>;
  detail(nameOrID: string): Promise<ImageDetail>;
  /** The record a name, an ID or the beginning of one means. Throws `not-found` as Docker words it, `conflict` when ambiguous. */
  find(nameOrID: string): Promise<ImageRecord>;
}

export function createImages(store: Store): Images {
  async function find(nameOrID: string): Promise<ImageRecord> {
    const whole = isDigest(nameOrID) ? await store.images.get(nameOrID) : undefined;
    if (whole !== undefined) return whole;
    const named = await findByName(store, nameOrID);
    const id = named ?? (await findByID(store, nameOrID));
    const record = id === undefined ? undefined : await store.images.get(id);
    if (record === undefined)
      throw new EngineError('not-found', `No such image: ${nameOrID}`, { data: { image: nameOrID } });
    return record;
  }

  return {
    find,
    async list() {
      const names = await namesByImage(store);
      const records = await store.images.list();
      const listed = records.filter((record) => names.has(record.id) || !record.marks.includes('build-cache'));
      return listed.map((record) => summary(record, names.get(record.id) ?? []));
    },
    async detail(nameOrID) {
      const record = await find(nameOrID);
      const [names, stack] = await Promise.all([namesByImage(store), stackRows(store, record)]);
      const settings = imageSettings(record.config.config);
      return {
        ...summary(record, names.get(record.id) ?? []),
        stack,
        ...(record.base === undefined ? {} : { baseName: record.base.name }),
        cmd: record.config.config?.Cmd ?? [],
        entrypoint: record.config.config?.Entrypoint ?? [],
        env: record.config.config?.Env ?? [],
        workingDir: record.config.config?.WorkingDir ?? '',
        user: record.config.config?.User ?? '',
        ...(settings.length === 0 ? {} : { settings }),
      };
    },
  };
}

async function findByName(store: Store, text: string): Promise<ImageID | undefined> {
  try {
    return await store.images.resolve(fullReference(parseReference(text)));
  } catch {
    return undefined;
  }
}

async function findByID(store: Store, text: string): Promise<ImageID | undefined> {
  if (!/^(sha256:)?[0-9a-f]{4,64}$/.test(text)) return undefined;
  const [first, second] = await store.images.findByPrefix(text);
  if (second !== undefined) {
    throw new EngineError('conflict', `${text} is the beginning of several image IDs. Give more of its digits.`, {
      data: { id: text },
    });
  }
  return first;
}

async function namesByImage(store: Store): Promise<ReadonlyMap<ImageID, readonly string[]>> {
  const names = new Map<ImageID, string[]>();
  for (const [name, id] of await store.images.names()) {
    if (!name.includes('@')) names.set(id, [...(names.get(id) ?? []), familiarReference(parseReference(name))]);
  }
  return names;
}

function summary(record: ImageRecord, names: readonly string[]): ImageSummary {
  const created = createdMs(record);
  return {
    id: record.id,
    names,
    sizeBytes: record.sizeBytes,
    ...(created === undefined ? {} : { createdMs: created }),
    replica: record.marks.includes('replica'),
    simulated: record.marks.includes('simulated'),
    layers: record.config.rootfs.diff_ids,
  };
}

/** The stack bottom up: a row for every line of history, layers with their counts. */
async function stackRows(store: Store, record: ImageRecord): Promise<readonly StackRow[]> {
  const { diff_ids: diffIDs } = record.config.rootfs;
  const chainIDs = await chainsUpTo(store, record);
  const summaries = layerSummaries(await store.snapshots.tree(record.chainID));
  const history: readonly HistoryEntry[] = record.config.history ?? diffIDs.map(() => ({}));
  let next = 0;
  return history.map((entry, row): StackRow => {
    const base = row < (record.base?.historyLength ?? 0);
    const layer = entry.empty_layer === true ? undefined : next++;
    const counts = layer === undefined ? undefined : summaries[layer];
    const diffID = layer === undefined ? undefined : diffIDs[layer];
    const chainID = layer === undefined ? undefined : chainIDs[layer];
    const created = entryCreatedMs(entry, record);
    return {
      ...(layer === undefined ? {} : { layer }),
      ...(diffID === undefined ? {} : { diffID }),
      ...(chainID === undefined ? {} : { chainID }),
      instruction: instructionOfHistory(entry.created_by ?? ''),
      sizeBytes: counts?.sizeBytes ?? 0,
      added: counts?.added ?? 0,
      changed: counts?.changed ?? 0,
      deleted: counts?.deleted ?? 0,
      base,
      ...(created === undefined ? {} : { createdMs: created }),
    };
  });
}

/** Chain IDs of each layer with all below it, bottom up. */
async function chainsUpTo(store: Store, record: ImageRecord): Promise<readonly string[]> {
  try {
    return (await store.snapshots.snapshots(record.chainID)).map(({ chainID }) => chainID);
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
    const digest = String(error.data['digest']);
    throw new EngineError(
      'corrupt',
      `Layer ${isDigest(digest) ? shortID(digest) : digest} of the image is missing from storage. Build or pull it again.`,
      { data: { chainID: digest }, cause: error },
    );
  }
}
