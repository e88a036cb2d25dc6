/** Archives we write, taken by the real Docker Engine and run there: the base is the bundled, real busybox. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAll, utf8 } from '../../worker/base/bytes.ts';
import { directoryTransport } from '../../worker/host/node/directory-transport.ts';
import { indexLayer } from '../../worker/layer/index-layer.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import { parseImageConfig, type ImageConfig } from '../../worker/oci/config.ts';
import { writeDockerArchive } from '../../worker/registry/docker-archive.ts';
import { readImageArchive } from '../../worker/registry/load.ts';
import { layoutRegistry } from '../../worker/registry/layout-registry.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { dockerMissing, output } from './peers.ts';
import { createClient, createJob, createStore, pullRequest, tarOf } from './registry-world.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');
const MIRROR_URL = 'http://mirror.invalid/mirror';
const NAME = 'strata-interop-load';

const mirrorClient = (): ReturnType<typeof createClient> =>
  createClient(layoutRegistry(MIRROR_URL, directoryTransport(PUBLIC)), { settings: { mirrors: [MIRROR_URL] } });

/** An image on the mirror's busybox with one more layer, and its archive. */
async function imageOnBusybox(tag: string) {
  const store = createStore();
  const client = mirrorClient();
  const base = await pullImage(pullRequest(client, store, 'busybox'));
  const layer = await indexLayer(tarOf({ 'etc/motd': 'hello from a browser\n' }), createJob());
  await store.snapshots.putLayer(layer);
  const config: ImageConfig = {
    ...base.config,
    config: { ...base.config.config, Cmd: ['cat', '/etc/motd'] },
    rootfs: { type: 'layers', diff_ids: [...base.config.rootfs.diff_ids, layer.diffID] },
    history: [...(base.config.history ?? []), { created_by: 'COPY motd /etc/motd # buildkit' }],
  };
  const stored = await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, utf8(JSON.stringify(config)));
  const record = { id: stored.digest, config: parseImageConfig(await store.content.readBytes(stored.digest)) };
  const names = [`docker.io/library/${NAME}:${tag}`];
  return { record, archive: await writeDockerArchive({ ...store, images: [{ record, names }] }) };
}

async function withFile<T>(archive: Blob, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-load-'));
  try {
    const path = join(folder, 'image.tar');
    await writeFile(path, await readAll(archive.stream()));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.skipIf(dockerMissing !== undefined)(
  `docker load${dockerMissing === undefined ? '' : ` (${dockerMissing})`}`,
  () => {
    it('takes our archive, and the image runs', async () => {
      const { record, archive } = await imageOnBusybox('run');
      const name = `${NAME}:run`;
      try {
        expect(await withFile(archive, (path) => output('docker', 'load', '-i', path))).toBe(`Loaded image: ${name}`);
        expect(await output('docker', 'image', 'inspect', '-f', '{{.Id}}', name)).toBe(record.id);
        expect(await output('docker', 'run', '--rm', '--network', 'none', name)).toBe('hello from a browser');
      } finally {
        await output('docker', 'rmi', '-f', name);
      }
    });

    it('takes a replica, holes and all, at its full size', async () => {
      const store = createStore();
      const client = mirrorClient();
      const { config, manifest } = await pullImage(pullRequest(client, store, 'alpine:3.20'));
      const name = `${NAME}:replica`;
      const image = { record: { id: manifest.config.digest, config }, names: [`docker.io/library/${name}`] };
      const archive = await writeDockerArchive({ ...store, images: [image] });
      const { sizeBytes } = (await store.snapshots.layerInfo(config.rootfs.diff_ids[0]!))!;
      expect(archive.size).toBeLessThan(sizeBytes / 5);
      try {
        await withFile(archive, (path) => output('docker', 'load', '-i', path));
        expect(Number(await output('docker', 'image', 'inspect', '-f', '{{.Size}}', name))).toBe(sizeBytes);
      } finally {
        await output('docker', 'rmi', '-f', name);
      }
    });

    it('saves again what we can read, with the same image in it', async () => {
      const { record, archive } = await imageOnBusybox('again');
      const name = `${NAME}:again`;
      try {
        await withFile(archive, (path) => output('docker', 'load', '-i', path));
        const images = await withFile(new Blob(), async (path) => {
          await output('docker', 'save', '-o', path, name);
          const { openAsBlob } = await import('node:fs');
          return readImageArchive(await openAsBlob(path), createJob());
        });
        expect(images.map(({ names, config }) => [names, config.rootfs.diff_ids])).toEqual([
          [[`docker.io/library/${name}`], record.config.rootfs.diff_ids],
        ]);
      } finally {
        await output('docker', 'rmi', '-f', name);
      }
    });
  },
);
