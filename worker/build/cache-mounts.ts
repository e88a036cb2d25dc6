/**
 * Caches of `RUN --mount=type=cache`: directories that outlive the build. Each is kept like a step's result, as a snapshot with a
 * build cache record, so that gc, `docker builder prune` and storage treat it like any other.
 */
import { ROOT, resolvePath, type AbsolutePath } from '../base/path.ts';
import type { Store } from '../store/index.ts';
import { EMPTY_TREE } from '../vfs/merge.ts';
import type { UnionView } from '../vfs/view.ts';
import { digestOfValue } from './graph.ts';
import type { FileSystem, OperationContext } from './operation.ts';
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
  open(request: CacheMountRequest, origin: FileSystem | undefined, context: OperationContext): Promise<OpenCacheMount>;
}

/** The caches of one build. Steps that share one see the same view. */
export function createCacheMounts(store: Store): CacheMounts {
  const views = new Map<string, Promise<UnionView>>();
  const locks = new Map<string, Promise<void>>();

  const load = async (request: CacheMountRequest, origin: FileSystem | undefined, context: OperationContext) => {
    const view = stepView(EMPTY_TREE, context);
    const record = await store.buildCache.get(keyOf(request.id));
    const settings = {
      owner: undefined,
      mode: undefined,
      excludes: undefined,
      timeMs: context.timeMs(),
      rootName: '',
      job: context.job,
    };
    if (record?.result !== undefined) {
      const from = stepView(await store.snapshots.tree(record.result), context);
      await createTreeCopier(from, view, settings).copy(ROOT, '', '/');
      return view;
    }
    view.mkdir(CACHE_DIRECTORY, { mode: request.mode, uid: request.uid, gid: request.gid });
    if (origin === undefined) return view;
    const from = stepView(origin.tree, context);
    await createTreeCopier(from, view, settings).copy(rootPath(from, request.source), '', `${CACHE_DIRECTORY}/`);
    return view;
  };

  const save = async (id: string, view: UnionView, context: OperationContext): Promise<void> => {
    const layer = await commitStep(view, undefined, context);
    const nowMs = context.environment.clock.nowMs();
    await store.buildCache.put({
      key: keyOf(id),
      parts: [{ kind: 'mount', name: id, value: '' }],
      lineage: `cache-mount ${id}`,
      result: layer.chainID,
      sizeBytes: layer.sizeBytes,
      description: `mount cache ${id}`,
      createdMs: nowMs,
      lastUsedMs: nowMs,
      usageCount: 1,
    });
  };

  /** Waits for the one before; returns how to let the next in. */
  const lock = async (id: string): Promise<() => void> => {
    const before = locks.get(id);
    let unlock = (): void => undefined;
    locks.set(id, new Promise((resolve) => (unlock = resolve)));
    await before;
    return unlock;
  };

  return {
    async open(request, origin, context) {
      const unlock = request.sharing !== 'shared' ? await lock(request.id) : undefined;
      try {
        const loading = views.get(request.id) ?? load(request, origin, context);
        views.set(request.id, loading);
        const view = await loading;
        return {
          view,
          source: CACHE_DIRECTORY,
          async release() {
            try {
              await save(request.id, view, context);
            } finally {
              unlock?.();
            }
          },
        };
      } catch (error) {
        views.delete(request.id);
        unlock?.();
        throw error;
      }
    },
  };
}

function keyOf(id: string) {
  return digestOfValue(['cache-mount', id]);
}
