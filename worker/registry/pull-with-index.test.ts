import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  createClient,
  createJob,
  createRegistry,
  createStore,
  pullRequest,
  pushRequest,
  storeImage,
  tarOf,
} from '../../tests/interop/registry-world.ts';
import { utf8, type Bytes } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { indexLayer } from '../layer/index-layer.ts';
import { unpackInline } from '../layer/unpack-layer.ts';
import type { Manifest } from '../oci/manifest.ts';
import { readyIndexAnnotations, writeReadyIndex } from '../store/ready-index.ts';
import { snapshotLayerSink } from './layer-sink.ts';
import { pullImage, type PullRequest } from './pull.ts';
import { pushImage } from './push.ts';
import { putManifest } from './repository.ts';
import { uploadBlob } from './uploads.ts';

const NAME = 'localhost:5000/app:1';
const FILES = { a: 'x'.repeat(5000), b: 'y' };

/** A registry with an image of one layer, whose manifest names these bytes as the layer's index. */
async function registryWith(index: Bytes, { isUploaded = true } = {}) {
  const registry = createRegistry();
  const ours = createStore();
  const image = await storeImage(ours, [FILES]);
  const client = createClient(registry);
  const repository = { endpoint: client.registry('localhost:5000'), path: 'app' };
  await pushImage(pushRequest(client, ours, image, NAME));
  const { manifest } = await pullImage(pullRequest(client, createStore(), NAME));
  const digest = await digestOf(index);
  if (isUploaded) await uploadBlob(client, repository, digest, new Blob([index]), createJob());
  const annotations = readyIndexAnnotations({ digest, size: index.byteLength });
  const named: Manifest = { ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, annotations })) };
  await putManifest(
    client,
    repository,
    '1',
    { mediaType: manifest.mediaType!, bytes: utf8(JSON.stringify(named)) },
    createJob(),
  );
  return { client, diffID: image.layers[0]! };
}

async function indexOfFiles(files: Readonly<Record<string, string>>): Promise<Bytes> {
  const { index, tar } = await indexLayer(tarOf(files), createJob());
  return gzipSync(writeReadyIndex({ tarBytes: tar.size, index }));
}

/** Pulls into a store of its own, and tells how often a layer was unpacked. */
async function pull(client: PullRequest['client'], trustsIndexes: boolean) {
  const store = createStore();
  let unpacked = 0;
  const sink = snapshotLayerSink(store.snapshots, (packed, job) => {
    unpacked++;
    return unpackInline(packed, job);
  });
  const image = await pullImage(pullRequest(client, store, NAME, { sink, trustsIndexes }));
  return { store, image, unpacked };
}

describe('a layer that comes with its index', () => {
  it('is kept as it came, and reads as any other', async () => {
    const { client, diffID } = await registryWith(await indexOfFiles(FILES));
    const { store, image, unpacked } = await pull(client, true);
    expect(unpacked).toBe(0);
    const { index, tar } = await store.snapshots.layer(diffID);
    expect(index.entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['/a', 5000],
      ['/b', 1],
    ]);
    const [extent] = index.entries[1]!.extents ?? [];
    expect(await tar.slice(extent!.tarOffset, extent!.tarOffset! + extent!.length).text()).toBe('y');
    expect(await digestOf(new Uint8Array(await tar.arrayBuffer()))).toBe(diffID);
    const { storedBytes, tarBytes } = (await store.snapshots.layerInfo(diffID))!;
    expect([storedBytes, tarBytes]).toEqual([image.manifest.layers[0]!.size, tar.size]);
    await expect(store.snapshots.verifyLayer(diffID)).resolves.toBeUndefined();
  });

  it('is unpacked where the index cannot be trusted', async () => {
    const { client, diffID } = await registryWith(await indexOfFiles({ lie: '' }));
    const { store, unpacked } = await pull(client, false);
    expect(unpacked).toBe(1);
    expect((await store.snapshots.layer(diffID)).index.entries.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  it.each([
    ['is not there', indexOfFiles(FILES), { isUploaded: false }],
    ['is damaged', Promise.resolve(utf8('no index')), {}],
    ['is another document', Promise.resolve(gzipSync(utf8('{"tarBytes":5}'))), {}],
  ])('is unpacked where the index %s', async (_, index, options) => {
    const { client, diffID } = await registryWith(await index, options);
    const { store, unpacked } = await pull(client, true);
    expect(unpacked).toBe(1);
    expect(await store.snapshots.hasLayer(diffID)).toBe(true);
  });

  it('is not fetched again where its blob is stored already', async () => {
    const { client, diffID } = await registryWith(await indexOfFiles(FILES));
    const { store, image } = await pull(client, true);
    const [layer] = image.manifest.layers;
    const again = createStore();
    await again.content.ingestHashed(layer!, await store.content.readBlob(layer!.digest));
    const actions: (string | undefined)[] = [];
    const sink = snapshotLayerSink(again.snapshots, unpackInline);
    const progress: PullRequest['progress'] = ({ statuses = [] }) => {
      actions.push(...statuses.filter(({ id }) => id === layer!.digest).map(({ action }) => action));
    };
    await pullImage(pullRequest(client, again, NAME, { sink, trustsIndexes: true, progress }));
    expect(actions).toEqual(['Pulling fs layer', 'Pull complete']);
    await expect(again.snapshots.verifyLayer(diffID)).resolves.toBeUndefined();
  });

  it('is fetched again where storage damaged it', async () => {
    const { client, diffID } = await registryWith(await indexOfFiles(FILES));
    const { store, image } = await pull(client, true);
    const [layer] = image.manifest.layers;
    const bytes = (await store.content.readBytes(layer!.digest)).slice();
    bytes.set([bytes[30]! ^ 1], 30);
    const damaged = createStore();
    await damaged.content.ingestHashed(layer!, new Blob([bytes]));
    const sink = snapshotLayerSink(damaged.snapshots, unpackInline);
    await pullImage(pullRequest(client, damaged, NAME, { sink, trustsIndexes: true }));
    await expect(damaged.snapshots.verifyLayer(diffID)).resolves.toBeUndefined();
    expect(await damaged.content.readBytes(layer!.digest)).toEqual(await store.content.readBytes(layer!.digest));
  });
});
