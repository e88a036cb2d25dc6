/** `docker import`: an image of one layer from the tar of a root file system. */
import { EngineError, isEngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { decompress } from '../../../codec/decompress.ts';
import { indexLayer } from '../../../layer/index-layer.ts';
import type { ImageConfig } from '../../../oci/config.ts';
import { imageConfigBytes } from '../../../oci/config-bytes.ts';
import { digestOf } from '../../../codec/sha256.ts';
import { MEDIA_TYPES } from '../../../oci/descriptor.ts';
import { DEFAULT_PLATFORM, parsePlatform } from '../../../oci/platform.ts';
import { fullReference, parseReference } from '../../../oci/reference.ts';
import type { ImageID } from '../../../store/images.ts';
import type { NewLayer } from '../../../store/snapshots.ts';
import type { EngineParts } from '../../parts.ts';
import { applyChanges } from '../config-changes.ts';
import type { EventLog } from '../event-log.ts';

export interface ImportOptions {
  readonly reference?: string;
  readonly message?: string;
  readonly changes: readonly string[];
  readonly platform?: string;
}

/** Gives the image's ID. Throws `invalid-reference`, `invalid-argument` for changes, `invalid-document` for what is no tar. */
export async function importImage(
  { store, clock }: Pick<EngineParts, 'store' | 'clock'>,
  events: EventLog,
  archive: ReadableStream<Uint8Array>,
  options: ImportOptions,
  job: Job,
): Promise<ImageID> {
  const names = options.reference === undefined ? [] : [fullReference(parseReference(options.reference))];
  const config = applyChanges({}, options.changes);
  const layer = await readLayer(archive, job);
  const lease = store.leases.create();
  try {
    await lease.add(`layers/${layer.diffID}`);
    await store.snapshots.putLayer(layer);
    const chainID = await store.snapshots.putSnapshot(undefined, layer.diffID);
    const created = new Date(clock.nowMs()).toISOString();
    const image: ImageConfig = {
      ...(options.platform === undefined ? DEFAULT_PLATFORM : parsePlatform(options.platform)),
      created,
      config,
      rootfs: { type: 'layers', diff_ids: [layer.diffID] },
      history: [{ created, ...(options.message === undefined ? {} : { comment: options.message }) }],
    };
    const bytes = imageConfigBytes(image);
    const id = await digestOf(bytes);
    await lease.add(`content/${id}`);
    await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, bytes);
    const createdMs = clock.nowMs();
    await store.images.put(
      { id, config: image, chainID, sizeBytes: layer.index.sizeBytes, createdMs, marks: [] },
      names,
    );
    events.add('image', 'import', id, { name: options.reference ?? id });
    return id;
  } finally {
    await lease.release();
  }
}

async function readLayer(archive: ReadableStream<Uint8Array>, job: Job): Promise<NewLayer> {
  try {
    return await indexLayer(decompress(archive), job);
  } catch (error) {
    if (!isEngineError(error, 'invalid-document') && !isEngineError(error, 'corrupt')) throw error;
    throw new EngineError('invalid-document', 'unexpected EOF', { cause: error });
  }
}
