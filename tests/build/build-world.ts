/** A world to build in: a store in memory, a clock that ticks, programs written in the test, images made of a few files. */
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import { EngineError } from '../../worker/base/errors.ts';
import { createUnstoppableJob, type Job } from '../../worker/base/job.ts';
import { resolvePath } from '../../worker/base/path.ts';
import type { Clock, Transport } from '../../worker/base/ports.ts';
import type { SolveStatus, VertexStatus } from '../../worker/base/progress.ts';
import { build } from '../../worker/build/build.ts';
import type { BuildEnvironment, BuildOutcome, BuildRequest, ResolvedImage } from '../../worker/build/types.ts';
import { commitLayer } from '../../worker/layer/write-layer.ts';
import type { ChainID } from '../../worker/oci/digest.ts';
import type { ProcessSpec, Stdio } from '../../worker/shell/process.ts';
import { openStore, type Store } from '../../worker/store/index.ts';
import { createMemoryDatabase } from '../../worker/store/memory.ts';
import { bodyOf, readBody } from '../../worker/vfs/body.ts';
import { EMPTY_TREE } from '../../worker/vfs/merge.ts';
import type { Tree } from '../../worker/vfs/tree.ts';
import { createUnionView } from '../../worker/vfs/union-view.ts';
import type { UnionView } from '../../worker/vfs/view.ts';

/** A program: what it does to its root, and its exit code. */
export type Program = (root: UnionView, spec: ProcessSpec, io: Stdio, job: Job) => number | Promise<number>;

export interface BuildWorld {
  readonly store: Store;
  readonly environment: BuildEnvironment;
  /** Command lines (the last word of argv) that were run, in order. */
  readonly ran: string[];
  /** Programs by command line; others exit with 127. */
  readonly programs: Map<string, Program>;
  /** Images FROM finds, by full reference. */
  readonly images: Map<string, ResolvedImage>;
  /** Names that were looked up. */
  readonly lookups: string[];
  /** All reports of all builds. */
  readonly reports: SolveStatus[];
  /** What ADD of a URL gets. */
  transport: Transport;
  build(dockerfile: string, request?: Partial<BuildRequest>, job?: Job): Promise<BuildOutcome>;
  /** The file system of a chain. */
  view(chainID: ChainID | undefined): Promise<UnionView>;
  text(chainID: ChainID | undefined, path: string): Promise<string>;
}

const START_MS = Date.UTC(2024, 5, 1);
const FILE = { mode: 0o644, uid: 0, gid: 0, mtimeMs: START_MS };

/** A tree of files by path; a text that begins with `-> ` is a link, a path that ends in `/` a directory. */
export function treeOf(files: Readonly<Record<string, string>>, mtimeMs = START_MS): Tree {
  const view = createUnionView(EMPTY_TREE, { now: () => mtimeMs });
  for (const [path, text] of Object.entries(files)) {
    const absolute = resolvePath(path);
    for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const parent = resolvePath(path.slice(0, slash));
      if (view.lookup(parent) === undefined) view.mkdir(parent, { ...FILE, mode: 0o755, mtimeMs });
    }
    if (path.endsWith('/')) continue;
    if (text.startsWith('-> ')) view.symlink(absolute, text.slice(3), { ...FILE, mtimeMs });
    else view.writeFile(absolute, bodyOf(utf8(text)), { ...FILE, mtimeMs });
  }
  return view.freeze();
}

export function openBuildWorld(): BuildWorld {
  let nowMs = START_MS;
  const clock: Clock = {
    nowMs: () => nowMs++,
    monotonicMs: () => 0,
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')));
      }),
    yieldTask: () => new Promise((resolve) => setImmediate(resolve)),
  };
  let seed = 0;
  const random = { bytes: (length: number) => new Uint8Array(length).fill(++seed) };
  const store = openStore({ database: createMemoryDatabase(), clock, random });
  const world: BuildWorld = {
    store,
    ran: [],
    programs: new Map(),
    images: new Map(),
    lookups: [],
    reports: [],
    transport: () => Promise.reject(new EngineError('network', 'no network')),
    environment: {
      store,
      clock,
      transport: (request) => world.transport(request),
      executor: {
        async run(spec, root, io, job) {
          const line = spec.argv.at(-1) ?? '';
          world.ran.push(line);
          const program = world.programs.get(line);
          return { code: program === undefined ? 127 : await program(root, spec, io, job), simulated: [] };
        },
      },
      resolveImage: (name) => {
        world.lookups.push(name);
        const image = world.images.get(name);
        return image === undefined
          ? Promise.reject(new EngineError('not-found', `${name} is not here`))
          : Promise.resolve(image);
      },
    },
    build: (dockerfile, request = {}, job = createUnstoppableJob('test', clock)) =>
      build({ dockerfile, context: treeOf({}), ...request }, world.environment, job, (status) =>
        world.reports.push(status),
      ),
    view: async (chainID) => createUnionView(await store.snapshots.tree(chainID), { now: () => nowMs }),
    async text(chainID, path) {
      const inode = (await world.view(chainID)).lookup(resolvePath(path));
      if (inode?.kind !== 'file') throw new Error(`${path} is no file`);
      return utf8Text(await readBody(inode.body));
    },
  };
  return world;
}

/** Makes an image of one layer and gives it a name that FROM finds. */
export async function addImage(
  world: BuildWorld,
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const job = createUnstoppableJob('test', world.environment.clock);
  const view = createUnionView(EMPTY_TREE, { now: () => START_MS });
  for (const [path, text] of Object.entries(files)) view.writeFile(resolvePath(path), bodyOf(utf8(text)), FILE);
  const layer = await commitLayer(view, {}, job);
  await world.store.snapshots.putLayer(layer);
  const chainID = await world.store.snapshots.putSnapshot(undefined, layer.diffID);
  world.images.set(name, {
    reference: name,
    digest: layer.diffID,
    replica: false,
    config: {
      os: 'linux',
      architecture: 'amd64',
      created: '2020-01-01T00:00:00Z',
      config: { Env: ['PATH=/bin'], Cmd: ['sh'] },
      rootfs: { type: 'layers', diff_ids: [layer.diffID] },
      history: [{ created: '2020-01-01T00:00:00Z', created_by: 'base' }],
    },
    pull: () => Promise.resolve(chainID),
  });
}

/** A program that writes a file. */
export const writes =
  (path: string, text: string): Program =>
  (root) => {
    root.writeFile(resolvePath(path), bodyOf(utf8(text)), { mode: 0o644, uid: 0, gid: 0 });
    return 0;
  };

/** The last report of each vertex, by name. */
export function lastReports(world: BuildWorld): ReadonlyMap<string, VertexStatus> {
  const vertexes = world.reports.flatMap((status) => status.vertexes ?? []);
  return new Map(vertexes.map((vertex) => [vertex.name, vertex]));
}

/** Names of the steps that came from the cache, and of those that did not. */
export function hitsAndMisses(outcome: BuildOutcome): { hits: string[]; misses: string[] } {
  const keyed = outcome.steps.filter(({ cache }) => cache !== undefined);
  return {
    hits: keyed.filter(({ cache }) => cache?.hit === true).map(({ instruction }) => instruction),
    misses: keyed.filter(({ cache }) => cache?.hit === false).map(({ instruction }) => instruction),
  };
}

/** An outcome that must be an image. */
export function built(outcome: BuildOutcome): BuildOutcome & { ok: true } {
  if (!outcome.ok) throw outcome.error;
  return outcome;
}

/** An outcome that must be a failure. */
export function failed(outcome: BuildOutcome): BuildOutcome & { ok: false } {
  if (outcome.ok) throw new Error('the build did not fail');
  return outcome;
}
