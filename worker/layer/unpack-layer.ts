/** From a layer as registries and archives have it to a layer of the store. */
import type { Job } from '../base/job.ts';
import { decompress } from '../codec/decompress.ts';
import type { Layer } from '../store/snapshots.ts';
import { indexLayer } from './index-layer.ts';

/**
 * Reads a layer to its end: uncompressed, hashed and its entries listed. Rejects with what {@link decompress} and {@link indexLayer}
 * throw; the stream is cancelled then. Its chunks stay as they are.
 */
export type UnpackLayer = (packed: ReadableStream<Uint8Array>, job: Job) => Promise<Layer>;

/** Unpacks in the thread that asks. */
export const unpackInline: UnpackLayer = (packed, job) => indexLayer(decompress(packed), job);
