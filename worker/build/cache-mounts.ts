/**
 * Caches of `RUN --mount=type=cache`: directories that outlive the build. Each is kept like a step's result, as a snapshot with a
 * build cache record, so that gc, `docker builder prune` and storage treat it like any other.
 */
import { ROOT, resolvePath, type AbsolutePath } from '../base/path.ts';
import type { Store } from '../store/index.ts';
import { EMPTY_TREE } from '../vfs/merge.ts';
import type { UnionView } from '../vfs/view.ts';
import type { Digest } from '../oci/digest.ts';
import type { Tree } from '../vfs/tree.ts';
import { digestOfValue } from './graph.ts';
import type { OperationContext, Source } from './operation.ts';
import { createTreeCopier } from './ops/copy/tree-copier.ts';
import { rootPath } from './ops/copy/root-path.ts';
import { commitStep } from './commit.ts';
import { stepView } from './step-view.ts';

/** Which cache, and what it is made as when it is new. */
export interface CacheMountRequest {
  readonly id: string;
  readonly sharing: 'shared' | 'private' | 'locked';
  readonly source: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Where in its view a cache is: below the root, since a layer says nothing of the root's own mode and owner. */
const CACHE_DIRECTORY = resolvePath('/cache');

/** A cache in use. */
export interface OpenCacheMount {
  readonly view: UnionView;
  /** The directory of `view` to mount. */
  readonly source: AbsolutePath;
  /** Saves what the process left in it. */
  release(): Promise<void>;
}

export interface CacheMounts {
  /** Opens a cache; those not `shared` one at a time. `origin` fills one that is new. */
  open(request: CacheMountRequest, origin: Source, context: OperationContext): Promise<OpenCacheMount>;
}

/** The caches of one build. Steps that share one see the same view. */
export function createCacheMounts(store: Store): CacheMounts {
  const views = new Map<Digest, Promise<UnionView>>();
  const turns = new Map<Digest, Turn>();

  /** Waits until no other step holds the cache; returns how to let the next in. */
  const takeTurn = async (key: Digest, step: string): Promise<() => void> => {
    const before = turns.get(key);
    // one step may mount a cache twice
    if (before?.step === step) return () => undefined;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    turns.set(key, { step, ended });
    await before?.ended;
    return end;
  };

  return {
    async open(request, origin, context) {
      const key = keyOf(request, origin);
      const end = request.sharing === 'shared' ? () => undefined : await takeTurn(key, context.vertex);
      try {
        const loading = views.get(key) ?? load(store, key, request, origin, context);
        views.set(key, loading);
        const view = await loading;
        return {
          view,
          source: CACHE_DIRECTORY,
          release: () => save(store, key, request.id, view, context).finally(end),
        };
      } catch (error) {
        views.delete(key);
        end();
        throw error;
      }
    },
  };
}

/** A step that has a cache for itself, until it ends. */
interface Turn {
  readonly step: string;
  readonly ended: Promise<void>;
}

/** What a cache held when it was last saved; a new one holds what its origin has. */
async function load(
  store: Store,
  key: Digest,
  request: CacheMountRequest,
  origin: Source,
  context: OperationContext,
): Promise<UnionView> {
  const view = stepView(EMPTY_TREE, context);
  const copyFrom = (tree: Tree, source: string, destination: string): Promise<void> => {
    const from = stepView(tree, context);
    const settings = { owner: undefined, mode: undefined, excludes: undefined, rootName: '', job: context.job };
    const copier = createTreeCopier(from, view, { ...settings, timeMs: context.timeMs() });
    return copier.copy(rootPath(from, source), '', destination);
  };
  const record = await store.buildCache.get(key);
  if (record?.result !== undefined) await copyFrom(await store.snapshots.tree(record.result), ROOT, ROOT);
  else {
    view.mkdir(CACHE_DIRECTORY, { mode: request.mode, uid: request.uid, gid: request.gid });
    if (origin !== undefined) await copyFrom(origin.tree, request.source, `${CACHE_DIRECTORY}/`);
  }
  return view;
}

async function save(store: Store, key: Digest, id: string, view: UnionView, context: OperationContext): Promise<void> {
  const { chainID, sizeBytes } = await commitStep(view, undefined, context);
  const nowMs = context.environment.clock.nowMs();
  await store.buildCache.put({
    key,
    parts: [{ kind: 'mount', name: id, value: '' }],
    lineage: `cache-mount ${id}`,
    result: chainID,
    sizeBytes,
    description: `mount cache ${id}`,
    createdMs: nowMs,
    lastUsedMs: nowMs,
    usageCount: 1,
  });
}

/** Caches of one id that began differently are different caches, as in BuildKit. */
function keyOf({ id, source, mode, uid, gid }: CacheMountRequest, origin: Source): Digest {
  return digestOfValue(['cache-mount', id, origin?.chainID ?? '', source, mode, uid, gid]);
}
