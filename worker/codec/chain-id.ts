/** Chain IDs (image-spec, "config.md", Layer ChainID): the identity of a layer together with all below it. */
import { utf8 } from '../base/bytes.ts';
import { sha256Digest, type ChainID, type DiffID } from '../oci/digest.ts';
import { sha256OfSmall } from './sha256.ts';

/** The chain ID of a layer on the chain `parent`; a layer on nothing has its diff ID. */
export function chainedID(parent: ChainID | undefined, diffID: DiffID): ChainID {
  return parent === undefined ? diffID : sha256Digest(sha256OfSmall(utf8(`${parent} ${diffID}`)));
}

/** The chain IDs of all layers, from the lowest up. */
export function chainIDs(diffIDs: readonly DiffID[]): ChainID[] {
  const chain: ChainID[] = [];
  for (const diffID of diffIDs) chain.push(chainedID(chain.at(-1), diffID));
  return chain;
}
