import { describe, expect, it } from 'vitest';
import { createEagerClock, createJob, createStore, storeImage, tarOf } from '../../tests/interop/registry-world.ts';
import { readAll, utf8, utf8Text } from '../base/bytes.ts';
import { gzip } from '../codec/gzip.ts';
import { digestOf } from '../codec/sha256.ts';
import { indexLayer } from '../layer/index-layer.ts';
import { unpackInline } from '../layer/unpack-layer.ts';
import { parseImageConfig } from '../oci/config.ts';
import { digestHex } from '../oci/digest.ts';
import { readArchive } from './archive-files.ts';
import { writeDockerArchive } from './docker-archive.ts';
import { snapshotLayerSink } from './layer-sink.ts';
import { loadImage, readImageArchive } from './load.ts';

/** A store with one image of two layers, saved under these names. */
async function savedArchive(names: readonly string[]) {
  const store = createStore();
  const image = await storeImage(store, [{ 'etc/motd': 'hello\n' }, { 'app/run': '#!/bin/sh\n' }]);
  const config = parseImageConfig(await store.content.readBytes(image.config.digest));
  const record = { id: image.config.digest, config };
  const archive = await writeDockerArchive({ ...store, images: [{ record, names }] });
  return { archive, image, store };
}

async function textOf(files: ReadonlyMap<string, Blob>, path: string): Promise<string> {
  return (await files.get(path)?.text()) ?? '';
}

describe('an archive as docker save writes it', () => {
  it("is an OCI layout with Docker's tables beside it", async () => {
    const { archive, image } = await savedArchive(['docker.io/library/app:1', 'localhost:5000/team/app:latest']);
    const files = await readArchive(archive, createJob());
    const [bottom, top] = image.layers;
    const blobs = [...files.keys()].filter((path) => path.startsWith('blobs/'));
    expect([...files.keys()].filter((path) => !path.startsWith('blobs/'))).toEqual([
      'index.json',
      'manifest.json',
      'oci-layout',
      'repositories',
    ]);
    expect(blobs).toEqual([...blobs].sort());
    for (const path of blobs) {
      const bytes = new Uint8Array(await files.get(path)!.arrayBuffer());
      expect(`blobs/${(await digestOf(bytes)).replace(':', '/')}`).toBe(path);
    }
    expect(await textOf(files, 'oci-layout')).toBe('{"imageLayoutVersion": "1.0.0"}');
    expect(JSON.parse(await textOf(files, 'manifest.json'))).toMatchObject([
      {
        Config: `blobs/sha256/${digestHex(image.config.digest)}`,
        RepoTags: ['app:1', 'localhost:5000/team/app:latest'],
        Layers: [bottom, top].map((digest) => `blobs/sha256/${digestHex(digest!)}`),
        LayerSources: { [bottom!]: { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: bottom } },
      },
    ]);
    expect(JSON.parse(await textOf(files, 'repositories'))).toEqual({
      app: { '1': digestHex(top!) },
      'localhost:5000/team/app': { latest: digestHex(top!) },
    });
    expect(JSON.parse(await textOf(files, 'index.json'))).toMatchObject({
      manifests: [
        { annotations: { 'io.containerd.image.name': 'docker.io/library/app:1' } },
        { annotations: { 'org.opencontainers.image.ref.name': 'latest' } },
      ],
    });
  });

  it('of an image without a name has no tags and no repositories', async () => {
    const { archive } = await savedArchive([]);
    const files = await readArchive(archive, createJob());
    expect(files.has('repositories')).toBe(false);
    expect(JSON.parse(await textOf(files, 'manifest.json'))).toMatchObject([{ RepoTags: null }]);
  });

  it('of an equal image is equal', async () => {
    const [first, second] = await Promise.all([
      savedArchive(['docker.io/library/a:1']),
      savedArchive(['docker.io/library/a:1']),
    ]);
    expect(await first.archive.arrayBuffer()).toEqual(await second.archive.arrayBuffer());
  });
});

describe('loading an archive', () => {
  it.each([
    ['as it was saved', (archive: Blob) => Promise.resolve(archive)],
    ['compressed as a whole', async (archive: Blob) => new Blob([await readAll(gzip(archive.stream()))])],
  ])('%s gives the image back', async (_, change) => {
    const { archive, image } = await savedArchive(['docker.io/library/app:1']);
    const theirs = createStore(createEagerClock());
    const job = createJob();
    const [found] = await readImageArchive(await change(archive), job);
    expect(found?.names).toEqual(['docker.io/library/app:1']);
    const sink = snapshotLayerSink(theirs.snapshots, unpackInline);
    const config = await loadImage(found!, { content: theirs.content, sink, job });
    expect(config.digest).toBe(image.config.digest);
    for (const diffID of image.layers) expect(await theirs.snapshots.hasLayer(diffID)).toBe(true);
  });

  it("reads the layout alone when Docker's table is missing", async () => {
    const { archive, image } = await savedArchive(['docker.io/library/app:1', 'docker.io/library/app:2']);
    const files = await readArchive(archive, createJob());
    const layout = await repack(files, (path) => path !== 'manifest.json' && path !== 'repositories');
    const images = await readImageArchive(layout, createJob());
    expect(images.map(({ names }) => names)).toEqual([['docker.io/library/app:1', 'docker.io/library/app:2']]);
    expect(await digestOf(images[0]!.configBytes)).toBe(image.config.digest);
  });

  it('reads archives of older Dockers: a folder a layer', async () => {
    const layer = await readAll(tarOf({ a: 'old' }));
    const { diffID } = await indexLayer(new Blob([layer]).stream(), createJob());
    const config = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [diffID] },
    });
    const archive = await pack({
      'abc/layer.tar': layer,
      'abc.json': utf8(config),
      'manifest.json': utf8(JSON.stringify([{ Config: 'abc.json', RepoTags: ['old:1'], Layers: ['abc/layer.tar'] }])),
    });
    const [image] = await readImageArchive(archive, createJob());
    expect([image?.names, utf8Text(image!.configBytes)]).toEqual([['docker.io/library/old:1'], config]);
    expect(new Uint8Array(await image!.layers[0]!.blob.arrayBuffer())).toEqual(layer);
  });

  it('refuses a layer that is not what the config says, and stores nothing of it', async () => {
    const { archive, image } = await savedArchive([]);
    const [found] = await readImageArchive(archive, createJob());
    const store = createStore();
    const sink = snapshotLayerSink(store.snapshots, unpackInline);
    const swapped = { ...found!, layers: [...found!.layers].reverse() };
    await expect(loadImage(swapped, { content: store.content, sink, job: createJob() })).rejects.toMatchObject({
      code: 'corrupt',
      data: { expected: image.layers[0] },
    });
    expect(await store.snapshots.listLayers()).toEqual([]);
  });

  it('refuses what is no archive of images', async () => {
    await expect(readImageArchive(await pack({ 'hello.txt': utf8('hi') }), createJob())).rejects.toMatchObject({
      code: 'invalid-document',
    });
    const { archive } = await savedArchive([]);
    const files = await readArchive(archive, createJob());
    const incomplete = await repack(files, (path) => !path.startsWith('blobs/'));
    await expect(readImageArchive(incomplete, createJob())).rejects.toThrow(/is missing from the archive/);
  });
});

async function repack(files: ReadonlyMap<string, Blob>, keep: (path: string) => boolean): Promise<Blob> {
  const kept: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [path, body] of files) if (keep(path)) kept[path] = new Uint8Array(await body.arrayBuffer());
  return pack(kept);
}

/** A tar of these files, not written by what is tested here. */
async function pack(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Promise<Blob> {
  const { packTar } = await import('modern-tar');
  const entries = Object.entries(files).map(([name, body]) => ({ header: { name, size: body.byteLength }, body }));
  return new Blob([new Uint8Array(await packTar(entries))]);
}
