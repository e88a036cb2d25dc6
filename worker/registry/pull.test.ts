import { describe, expect, it } from 'vitest';
import {
  createClient,
  createJob,
  createRegistry,
  createStore,
  pullRequest,
  pushRequest,
  storeImage,
} from '../../tests/interop/registry-world.ts';
import type { StatusItem } from '../base/progress.ts';
import { MEDIA_TYPES } from '../oci/descriptor.ts';
import { pullImage } from './pull.ts';
import { pushImage } from './push.ts';

const NAME = 'localhost:5000/app:1';

/** A registry with an image of these layers, and how often a layer's blob was asked for. */
async function registryWith(layers: readonly Readonly<Record<string, string>>[]) {
  const registry = createRegistry();
  const ours = createStore();
  const image = await storeImage(ours, layers);
  await pushImage(pushRequest(createClient(registry), ours, image, NAME));
  const fetched: string[] = [];
  const client = createClient((request) => {
    const blob = /\/blobs\/(sha256:.*)$/.exec(request.url)?.[1];
    if (request.method === 'GET' && blob !== undefined && blob !== image.config.digest) fetched.push(blob);
    return registry(request);
  });
  return { client, image, fetched };
}

describe('pulling', () => {
  it('fetches a layer once that the image holds twice', async () => {
    const { client, image, fetched } = await registryWith([{ a: '1' }, { b: '2' }, { a: '1' }]);
    const store = createStore();
    await pullImage(pullRequest(client, store, NAME));
    expect(fetched).toHaveLength(2);
    for (const diffID of image.layers) expect(await store.snapshots.hasLayer(diffID)).toBe(true);
  });

  it('unpacks a blob that is stored already without fetching it', async () => {
    const { client, image, fetched } = await registryWith([{ a: '1' }]);
    const store = createStore();
    const { manifest } = await pullImage(pullRequest(client, store, NAME));
    const again = createStore();
    const layer = manifest.layers[0]!;
    await again.content.ingestHashed(layer, await store.content.readBlob(layer.digest));
    await pullImage(pullRequest(client, again, NAME));
    expect(fetched).toHaveLength(1);
    expect(await again.snapshots.hasLayer(image.layers[0]!)).toBe(true);
  });

  it('fetches a stored blob again that was damaged in storage', async () => {
    const { client, image, fetched } = await registryWith([{ a: '1' }]);
    const store = createStore();
    const { manifest } = await pullImage(pullRequest(client, store, NAME));
    const damaged = createStore();
    const layer = manifest.layers[0]!;
    const bytes = new Uint8Array(await (await store.content.readBlob(layer.digest)).arrayBuffer());
    bytes.set([bytes[30]! ^ 1], 30);
    await damaged.content.ingestHashed(layer, new Blob([bytes]));
    await pullImage(pullRequest(client, damaged, NAME));
    expect(fetched).toEqual([layer.digest, layer.digest]);
    expect(await damaged.snapshots.hasLayer(image.layers[0]!)).toBe(true);
    expect(await damaged.content.readBytes(layer.digest)).toEqual(await store.content.readBytes(layer.digest));
  });

  it('tells how far each layer is, and ends with all bytes told', async () => {
    const { client, image } = await registryWith([{ a: 'x'.repeat(100_000) }]);
    const statuses: StatusItem[] = [];
    const { manifest } = await pullImage(
      pullRequest(client, createStore(), NAME, {
        progress: (status) => statuses.push(...(status.statuses ?? [])),
        vertex: 'the vertex',
      }),
    );
    const { digest, size } = manifest.layers[0]!;
    const own = statuses.filter(({ id }) => id === digest);
    expect(new Set(own.map(({ vertex }) => vertex))).toEqual(new Set(['the vertex']));
    expect([...new Set(own.map(({ action }) => action))]).toEqual([
      'Pulling fs layer',
      'Downloading',
      'Verifying Checksum',
      'Download complete',
      'Extracting',
      'Pull complete',
    ]);
    expect(own.at(-1)).toMatchObject({ current: size, total: size, completedMs: expect.any(Number) as number });
    expect(statuses[0]).toMatchObject({ id: 'resolve localhost:5000/app:1' });
    expect(image.layers).toHaveLength(1);
  });

  it('tells of layers as Docker does: what is here first, what waits for its turn, and none complete before those below it', async () => {
    const { client } = await registryWith([{ base: 'b' }]);
    const store = createStore();
    await pullImage(pullRequest(client, store, NAME));
    const layers = [{ base: 'b' }, ...['1', '2', '3', '4', '5'].map((name) => ({ [name]: name.repeat(9) }))];
    const { client: other } = await registryWith(layers);
    const lines: string[] = [];
    const { manifest } = await pullImage(
      pullRequest(other, store, NAME, {
        progress: ({ statuses = [] }) => {
          lines.push(...statuses.map(({ id, action }) => `${id} ${action}`));
        },
      }),
    );
    const told = new Set(
      lines.map((line) =>
        line.replace(/^\S+/, (id) => String(manifest.layers.findIndex(({ digest }) => digest === id))),
      ),
    );
    expect([...told].slice(2, 10)).toEqual([
      '0 Already exists',
      ...[1, 2, 3, 4, 5].map((layer) => `${layer} Pulling fs layer`),
      '4 Waiting',
      '5 Waiting',
    ]);
    expect([...told].filter((line) => line.endsWith('Pull complete'))).toEqual(
      [1, 2, 3, 4, 5].map((layer) => `${layer} Pull complete`),
    );
    expect([...told].filter((line) => line.startsWith('5 '))).toEqual(
      [
        'Pulling fs layer',
        'Waiting',
        'Downloading',
        'Verifying Checksum',
        'Download complete',
        'Extracting',
        'Pull complete',
      ].map((action) => `5 ${action}`),
    );
  });

  it('takes an uncompressed layer, which is its own tar and is stored once', async () => {
    const client = createClient(createRegistry());
    const ours = createStore();
    const image = await storeImage(ours, [{ a: 'plain' }]);
    const diffID = image.layers[0]!;
    const { tar } = await ours.snapshots.layer(diffID);
    const blob = await ours.content.ingest({ mediaType: MEDIA_TYPES.ociLayer }, tar.stream(), createJob());
    expect(blob.digest).toBe(diffID);
    await pushImage(pushRequest(client, ours, image, NAME, { layerBlobs: new Map([[diffID, blob]]) }));

    const theirs = createStore();
    const { manifest } = await pullImage(pullRequest(client, theirs, NAME));
    expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual([MEDIA_TYPES.dockerLayer]);
    expect(await theirs.snapshots.hasLayer(diffID)).toBe(true);
    expect(await theirs.content.info(diffID)).toBeUndefined();
  });

  it('refuses layers that may not be distributed, and says why', async () => {
    const { client } = await registryWith([{ a: '1' }]);
    const foreign = createClient(async (request) => {
      const response = await client.exchange({
        endpoint: client.registry('localhost:5000'),
        method: 'GET',
        target: new URL(request.url).pathname,
        scopes: [],
        job: pullRequest(client, createStore(), NAME).job,
      });
      if (!request.url.includes('/manifests/')) return response;
      const text = (await response.text()).replace(MEDIA_TYPES.dockerLayerGzip, MEDIA_TYPES.dockerForeignLayer);
      return new Response(text);
    });
    await expect(pullImage(pullRequest(foreign, createStore(), NAME))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('may not be distributed') as string,
    });
  });
});
