/** What the registry tests stand on: a store in memory, a clock that does not make them wait, images made of a few files. */
import { utf8 } from '../../worker/base/bytes.ts';
import { Budget, type Job } from '../../worker/base/job.ts';
import type { Clock, Random, Transport } from '../../worker/base/ports.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import { indexLayer } from '../../worker/layer/index-layer.ts';
import { unpackInline } from '../../worker/layer/unpack-layer.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import type { DiffID } from '../../worker/oci/digest.ts';
import { parseReference, type Reference } from '../../worker/oci/reference.ts';
import { RegistryClient, type RegistryClientOptions } from '../../worker/registry/client.ts';
import { snapshotLayerSink } from '../../worker/registry/layer-sink.ts';
import type { StoredImage } from '../../worker/registry/compressed-image.ts';
import type { PushRequest } from '../../worker/registry/push.ts';
import type { PullRequest } from '../../worker/registry/pull.ts';
import { RegistryLog } from '../../worker/registry/serve/log.ts';
import { createRegistryServer } from '../../worker/registry/serve/server.ts';
import { openStore, type Store } from '../../worker/store/index.ts';
import { memoryRegistryFiles } from '../contract/memory-registry-files.ts';
import { createMemoryDatabase } from '../../worker/store/memory.ts';

/** A clock that sleeps without waiting, and remembers how long it was asked to. */
export interface EagerClock extends Clock {
  readonly sleptMs: number[];
}

export function createEagerClock(): EagerClock {
  let nowMs = 1_700_000_000_000;
  const sleptMs: number[] = [];
  return {
    sleptMs,
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    yieldTask: () => new Promise((resolve) => setImmediate(resolve)),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleptMs.push(ms);
      nowMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}

/** Counts up: tests want different bytes each time, not unpredictable ones. */
export function createCountingRandom(): Random {
  let count = 0;
  return {
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      new DataView(bytes.buffer).setUint32(0, ++count);
      return bytes;
    },
  };
}

export function createJob(signal: AbortSignal = new AbortController().signal): Job {
  return {
    id: 'test',
    signal,
    budget: new Budget(
      signal,
      () => 0,
      () => Promise.resolve(),
    ),
  };
}

export function createStore(clock: Clock = createEagerClock()): Store {
  return openStore({ database: createMemoryDatabase(), clock, random: createCountingRandom() });
}

/** An empty in-page registry, in which things may be deleted. */
export function createRegistry(clock: Clock = createEagerClock()): Transport {
  const quiet = { access: () => undefined, entry: () => undefined };
  return createRegistryServer({
    files: memoryRegistryFiles(),
    clock,
    random: createCountingRandom(),
    log: new RegistryLog(quiet, clock, 'error', {}),
    deleteEnabled: true,
    headers: {},
    goVersion: 'go1.20.8',
  });
}

export function createClient(transport: Transport, options: Partial<RegistryClientOptions> = {}): RegistryClient {
  return new RegistryClient({ transport, clock: createEagerClock(), ...options });
}

/** A layer's tar of regular files. */
export function tarOf(files: Readonly<Record<string, string>>): ReadableStream<Uint8Array> {
  const writer = new TarWriter();
  for (const [path, text] of Object.entries(files)) {
    const body = utf8(text);
    writer.add(
      { path, type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 },
      {
        sizeBytes: body.byteLength,
        segments: [{ kind: 'data', source: body, start: 0, end: body.byteLength }],
      },
    );
  }
  return partsStream(writer.finish());
}

/** Stores an image with these layers, bottom up, as a build would leave it. */
export async function storeImage(
  store: Store,
  layers: readonly Readonly<Record<string, string>>[],
  { architecture = 'amd64' }: { readonly architecture?: string } = {},
): Promise<StoredImage & { readonly layers: readonly DiffID[] }> {
  const diffIDs: DiffID[] = [];
  for (const files of layers) {
    const layer = await indexLayer(tarOf(files), createJob());
    await store.snapshots.putLayer(layer);
    diffIDs.push(layer.diffID);
  }
  const config = utf8(
    JSON.stringify({
      architecture,
      config: { Env: ['PATH=/bin'], Cmd: ['sh'] },
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: diffIDs },
      history: layers.map((_, index) => ({ created_by: `layer ${index}` })),
    }),
  );
  return { config: await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, config), layers: diffIDs };
}

/** A push of that image, to be completed. */
export function pushRequest(
  client: RegistryClient,
  store: Store,
  image: StoredImage,
  reference: string,
  more: Partial<PushRequest> = {},
): PushRequest {
  return {
    client,
    reference: parseReference(reference),
    image,
    content: store.content,
    snapshots: store.snapshots,
    layerBlobs: new Map(),
    job: createJob(),
    progress: () => undefined,
    vertex: 'push',
    ...more,
  };
}

/** A pull into that store. */
export function pullRequest(
  client: RegistryClient,
  store: Store,
  reference: string | Reference,
  more: Partial<PullRequest> = {},
): PullRequest {
  return {
    client,
    reference: typeof reference === 'string' ? parseReference(reference) : reference,
    platform: { os: 'linux', architecture: 'amd64' },
    content: store.content,
    sink: snapshotLayerSink(store.snapshots, unpackInline),
    job: createJob(),
    progress: () => undefined,
    vertex: 'pull',
    ...more,
  };
}
