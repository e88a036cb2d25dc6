/**
 * Layers that come with their index: a blob beside the layer's, named by annotations of its descriptor, so that the layer need not be
 * unpacked to be shown and built on. Nothing proves that such an index tells the truth but unpacking the layer: it is taken only from
 * where they were made and checked together, the mirror that comes with the page.
 */
import { utf8, utf8Text, readAll, type Bytes } from '../base/bytes.ts';
import { EngineError, isEngineError } from '../base/errors.ts';
import { partsStream } from '../codec/byte-parts.ts';
import { gunzip } from '../codec/gzip.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { isDigest } from '../oci/digest.ts';
import type { LayerIndex } from '../vfs/layer-entry.ts';
import { decodeLayerIndex } from '../vfs/layer-index-codec.ts';
import { layerIndexToJSON, storedIndexOfJSON } from '../vfs/layer-index-json.ts';

export const READY_INDEX_TYPE = 'application/vnd.strata.layer.index.v1.json+gzip';

/** Annotations of a layer's descriptor. */
const DIGEST_ANNOTATION = 'org.strata.layer.index.digest';
const SIZE_ANNOTATION = 'org.strata.layer.index.size';

/** Bytes of an uncompressed document: some 200,000 entries. */
const MAX_DOCUMENT_BYTES = 16 << 20;

/** What is known of a layer without unpacking it. */
export interface ReadyIndex {
  /** Length of the uncompressed tar. */
  readonly tarBytes: number;
  readonly index: LayerIndex;
  /** The index in its stored form. */
  readonly storedIndex: unknown;
}

/** What a layer's descriptor says of its index. */
export function readyIndexAnnotations({ digest, size }: Pick<Descriptor, 'digest' | 'size'>): Record<string, string> {
  return { [DIGEST_ANNOTATION]: digest, [SIZE_ANNOTATION]: String(size) };
}

/** The index that a layer's descriptor names; undefined where it names none. */
export function readyIndexOf({ annotations = {} }: Pick<Descriptor, 'annotations'>): Descriptor | undefined {
  const digest = annotations[DIGEST_ANNOTATION];
  const size = Number(annotations[SIZE_ANNOTATION]);
  if (digest === undefined || !isDigest(digest) || !Number.isSafeInteger(size)) return undefined;
  return { mediaType: READY_INDEX_TYPE, digest, size };
}

/** The document, uncompressed. */
export function writeReadyIndex({ tarBytes, index }: Pick<ReadyIndex, 'tarBytes' | 'index'>): Bytes {
  return utf8(JSON.stringify({ tarBytes, index: layerIndexToJSON(index) }));
}

/** Reads a compressed document. Throws `corrupt` for anything that {@link writeReadyIndex} does not write. */
export async function readReadyIndex(compressed: Bytes): Promise<ReadyIndex> {
  const document = await parsed(compressed);
  const tarBytes: unknown = Reflect.get(document, 'tarBytes');
  if (typeof tarBytes !== 'number' || !Number.isSafeInteger(tarBytes) || tarBytes < 0) throw corrupt();
  const storedIndex = storedIndexOfJSON(Reflect.get(document, 'index'));
  return { tarBytes, storedIndex, index: decodeLayerIndex(storedIndex) };
}

async function parsed(compressed: Bytes): Promise<object> {
  try {
    const bytes = await readAll(gunzip(partsStream([compressed])), MAX_DOCUMENT_BYTES);
    const value: unknown = JSON.parse(utf8Text(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    throw isEngineError(cause, 'corrupt') ? cause : corrupt(cause);
  }
  throw corrupt();
}

function corrupt(cause?: unknown): EngineError {
  return new EngineError('corrupt', 'The index that came with a layer cannot be read.', { cause });
}
