/** Committing a step: its view's upper becomes a layer on its parent, protected from gc while the build runs. */
import type { ChainID } from '../oci/digest.ts';
import { commitLayer } from '../layer/write-layer.ts';
import type { UnionView } from '../vfs/view.ts';
import type { FileSystem, OperationContext } from './operation.ts';

export interface CommittedStep extends FileSystem {
  readonly chainID: ChainID;
  /** Logical bytes of the new layer. */
  readonly sizeBytes: number;
}

/** Stores what was written to a view as a layer on `parent`; an empty upper gives the empty layer. Throws `cancelled` and `storage`. */
export async function commitStep(
  view: UnionView,
  parent: ChainID | undefined,
  { environment, job, lease, sourceDateEpoch }: OperationContext,
): Promise<CommittedStep> {
  const { snapshots } = environment.store;
  const options = { linksToLower: 'copied', ...(sourceDateEpoch === undefined ? {} : { sourceDateEpoch }) } as const;
  const layer = await commitLayer(view, options, job);
  await lease.add(`layers/${layer.diffID}`);
  await snapshots.putLayer(layer);
  const chainID = await snapshots.putSnapshot(parent, layer.diffID);
  await lease.add(`snapshots/${chainID}`);
  return { tree: await snapshots.tree(chainID), chainID, sizeBytes: layer.sizeBytes };
}
