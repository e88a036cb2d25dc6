/**
 * A layer of 1 GiB goes to a registry and comes back, in memory that does not grow with it. Node has no disk behind its Blobs, as
 * browsers have: the layer that is sent is one Blob of 4 MiB many times over, and of what comes a Blob keeps the length alone (it was
 * hashed before). So what is counted is what is held on the way, and the compressed layer that is sent.
 *
 * A part in 64 of those 4 MiB is noise: the registry gets some 20 MB. What remains is to hash and sum a gigabyte in JavaScript, at a
 * few hundred megabytes a second; of bytes that compress less it would be several times as long.
 */
import { blobOf } from '../../worker/base/blob-like.ts';
import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { utf8, type Bytes } from '../../worker/base/bytes.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import { unpackInline } from '../../worker/layer/unpack-layer.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import { sha256Digest, type DiffID } from '../../worker/oci/digest.ts';
import type { LayerSink } from '../../worker/registry/layer-sink.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { pushImage } from '../../worker/registry/push.ts';
import type { IndexedLayer } from '../../worker/layer/index-layer.ts';
import { registryMissing, startDockerRegistry } from './docker-registry.ts';
import { createClient, createStore, pullRequest, pushRequest } from './registry-world.ts';

const FILE_BYTES = 4 << 20;
const FILES = 256;
/** What may be held beyond what was held before. */
const MOST_BYTES = 120e6;

/** Bytes of which every 64th kilobyte is noise. */
function content(): Bytes {
  const words = new Uint32Array(FILE_BYTES / 4);
  let state = 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = (i >>> 8) % 64 === 0 ? state : 0x6f6f6f6f;
  }
  return new Uint8Array(words.buffer);
}

async function largeLayer(): Promise<IndexedLayer> {
  const body = new Blob([content()]);
  const writer = new TarWriter();
  for (let i = 0; i < FILES; i++) {
    writer.add(
      { path: `file${i}`, type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 },
      { sizeBytes: FILE_BYTES, segments: [{ kind: 'data', source: body, start: 0, end: FILE_BYTES }] },
    );
  }
  const tar = await blobOf(writer.finish());
  const hash = createHash('sha256');
  for await (const chunk of tar.stream()) hash.update(chunk);
  return { diffID: sha256Digest(hash.digest('hex')), tar, index: { entries: [], sizeBytes: FILES * FILE_BYTES } };
}

/** A Blob as one on a disk is to the script: its length. */
class ForgottenBlob extends Blob {
  readonly #sizeBytes: number;

  constructor(parts: readonly (Uint8Array | Blob)[] = []) {
    super();
    this.#sizeBytes = parts.reduce((sum, part) => sum + (part instanceof Blob ? part.size : part.byteLength), 0);
  }

  override get size(): number {
    return this.#sizeBytes;
  }
}

/** The most that is held while `work` runs, beyond what is held before. */
async function heldDuring(work: () => Promise<void>): Promise<number> {
  const held = (): number => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, held() - before);
  }, 10);
  await work().finally(() => {
    clearInterval(timer);
  });
  return most;
}

const title = 'a layer of 1 GiB is pushed and pulled in constant memory';
if (registryMissing !== undefined) {
  it.skip(`${title}: ${registryMissing}`, () => undefined);
} else {
  it(title, { timeout: 180_000 }, async () => {
    const registry = await startDockerRegistry();
    try {
      const reference = `${registry.domain}/large/layer:1`;
      const store = createStore();
      const layer = await largeLayer();
      await store.snapshots.putLayer(layer);
      const config = await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, configOf(layer.diffID));
      const pushing = await heldDuring(async () => {
        await pushImage(pushRequest(createClient(fetch), store, { config, layers: [layer.diffID] }, reference));
      });

      vi.stubGlobal('Blob', ForgottenBlob);
      const sizes: number[] = [];
      const sink: LayerSink = {
        has: () => Promise.resolve(false),
        keepPacked: () => Promise.reject(new Error('no registry but the bundled one is trusted so far')),
        async unpack(expected, packed, job) {
          const unpacked = await unpackInline(packed, job);
          expect(unpacked.diffID).toBe(expected);
          sizes.push(
            'packed' in unpacked.tar ? unpacked.tar.unpacked.byteLength : unpacked.tar.size,
            unpacked.index.entries.length,
          );
        },
      };
      const pulling = await heldDuring(async () => {
        await pullImage(pullRequest(createClient(fetch), createStore(), reference, { sink }));
      });
      expect(sizes).toEqual([layer.tar.size, FILES]);
      expect(layer.tar.size).toBeGreaterThan(2 ** 30);
      expect(pushing).toBeLessThan(MOST_BYTES);
      expect(pulling).toBeLessThan(MOST_BYTES);
    } finally {
      vi.unstubAllGlobals();
      await registry.stop();
    }
  });
}

function configOf(diffID: DiffID): Bytes {
  const rootfs = { type: 'layers', diff_ids: [diffID] };
  return utf8(JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs, history: [] }));
}
