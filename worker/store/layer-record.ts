/** How a layer is stored: a head, an index, and its tar, which may be compressed. */
import { EngineError } from '../base/errors.ts';
import type { DiffID } from '../oci/digest.ts';
import { checkRecord, isAmount, optional, type Shape } from './record.ts';

/** The head of a layer; its tar is in `bodies` under {@link layerBodyKey}, its index in `layerIndexes`. */
export interface LayerRecord {
  /** Logical size: the sum of its files' sizes. */
  readonly sizeBytes: number;
  readonly tarBytes: number;
  /** Length of the tar as it is stored, where that is compressed. */
  readonly packedBytes?: number;
  readonly createdMs: number;
}

const SHAPE: Shape<LayerRecord> = {
  sizeBytes: isAmount,
  tarBytes: isAmount,
  packedBytes: optional(isAmount),
  createdMs: isAmount,
};

/** Where a layer's tar is in `bodies`. */
export const layerBodyKey = (diffID: string): string => `layers/${diffID}`;

/** The head as it was read. Throws `corrupt` for anything else. */
export function checkedLayerRecord(diffID: string, record: unknown): LayerRecord {
  return checkRecord('layers', diffID, record, SHAPE);
}

/** What removes a layer. */
export function layerDeletion(diffID: string) {
  return [
    { table: 'layers', key: diffID, record: undefined },
    { table: 'layerIndexes', key: diffID, record: undefined },
    { table: 'bodies', key: layerBodyKey(diffID), record: undefined },
  ] as const;
}

/** The error of a layer that is not there. */
export function missingLayer(diffID: DiffID): EngineError {
  return new EngineError('not-found', `layer ${diffID} is not stored`, { data: { digest: diffID } });
}

/** The error of a layer of which something is gone or changed. */
export function corruptLayer(diffID: DiffID): EngineError {
  return new EngineError('corrupt', `The stored layer ${diffID} is damaged. Pull or build it again.`, {
    data: { digest: diffID },
  });
}
