/** Union views for the page: the tree of an image, of a build's step or of a container, a trace, a file's bytes. */
import { EngineError } from '../base/errors.ts';
import { baseName, resolvePath, type AbsolutePath } from '../base/path.ts';
import type { ChainID } from '../oci/digest.ts';
import { treeRows } from '../layer/analyse.ts';
import type { Store } from '../store/index.ts';
import { readBody, type Body } from '../vfs/body.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView } from '../vfs/view.ts';
import type { Containers } from './containers.ts';
import { subtreeFiles } from './docker/subtree.ts';
import { tarBlob } from './docker/tar-stream.ts';
import type { Images } from './images.ts';
import type { TraceLine, TreeRow, ViewTarget } from './model.ts';

/** Bytes of a file that are read unless more are asked for. */
const PREVIEW_BYTES = 1 << 20;

/** The engine's calls about file systems. */
export function createViews(store: Store, images: Images, containers: Containers) {
  async function open(target: ViewTarget): Promise<UnionView> {
    if (target.kind === 'container') return containers.view(target.id);
    const chainID = target.kind === 'image' ? (await images.find(target.id)).chainID : (target.chainID as ChainID);
    return createUnionView(await store.snapshots.tree(chainID), { now: () => 0 });
  }

  return {
    tree: async (target: ViewTarget): Promise<readonly TreeRow[]> => treeRows(await open(target)),

    async trace(target: ViewTarget, path: string): Promise<readonly TraceLine[]> {
      const view = await open(target);
      return view.trace(resolvePath(path)).map((hit): TraceLine => {
        if (hit.says === 'found') {
          const size = hit.inode.kind === 'file' ? { sizeBytes: hit.inode.body.sizeBytes } : {};
          return { layer: hit.layer, says: 'found', visible: hit.visible, ...size };
        }
        const directory = hit.says === 'opaque' ? { directory: hit.directory } : {};
        return { layer: hit.layer, says: hit.says, visible: false, ...directory };
      });
    },

    /** Throws `not-found` where nothing is seen. */
    async archive(target: ViewTarget, path: string): Promise<Blob> {
      const view = await open(target);
      const at = resolvePath(path);
      const inode = view.lookup(at, { follow: false });
      if (inode === undefined) throw new EngineError('not-found', `${path} is not there.`, { data: { path } });
      return tarBlob(subtreeFiles(view, at, inode, baseName(at) || '/'));
    },

    /** Throws `not-found` when no file is there to read. */
    async readFile(target: ViewTarget, path: string, options: { layer?: number; maxBytes?: number } = {}) {
      const body = findBody(await open(target), resolvePath(path), options.layer);
      if (body === undefined) throw new EngineError('not-found', `${path} is not a file here.`, { data: { path } });
      const bytes = await readBody(body, 0, Math.min(body.sizeBytes, options.maxBytes ?? PREVIEW_BYTES));
      return { bytes, sizeBytes: body.sizeBytes };
    },
  };
}

/** The file seen at a path, or what one layer has there, seen or not. */
function findBody(view: UnionView, path: AbsolutePath, layer: number | undefined): Body | undefined {
  if (layer === undefined) {
    const inode = view.lookup(path);
    return inode?.kind === 'file' ? inode.body : undefined;
  }
  const hit = view.trace(path).find((candidate) => candidate.layer === layer);
  return hit?.says === 'found' && hit.inode.kind === 'file' ? hit.inode.body : undefined;
}
