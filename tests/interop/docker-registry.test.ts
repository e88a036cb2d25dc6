/** Our client and Debian's docker-registry, read back with skopeo and by the real Docker Engine. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../worker/codec/sha256.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { pushImage } from '../../worker/registry/push.ts';
import { registryMissing, startDockerRegistry, type RunningRegistry } from './docker-registry.ts';
import { dockerMissing, output, skopeoMissing } from './peers.ts';
import { describeRegistry } from './registry-contract.ts';
import { createClient, createStore, pullRequest, pushRequest, storeImage } from './registry-world.ts';

let registry: RunningRegistry | undefined;
let domain = '';

beforeAll(async () => {
  if (registryMissing !== undefined) return;
  registry = await startDockerRegistry();
  ({ domain } = registry);
});
afterAll(() => registry?.stop());

if (registryMissing !== undefined) {
  it.skip(`docker-registry: ${registryMissing}`, () => undefined);
} else {
  describeRegistry("Debian's docker-registry", () =>
    Promise.resolve({ domain, transport: (request) => fetch(request) }),
  );

  describe.skipIf(skopeoMissing !== undefined)(
    `skopeo${skopeoMissing === undefined ? '' : ` (${skopeoMissing})`}`,
    () => {
      it('reads what we pushed: the same manifest, config and layers', async () => {
        const store = createStore();
        const image = await storeImage(store, [{ 'etc/motd': 'for skopeo\n' }, { 'app/a': 'a' }]);
        const name = `${domain}/interop/skopeo:1`;
        const pushed = await pushImage(pushRequest(createClient(fetch), store, image, name));
        const raw = await output('skopeo', 'inspect', '--raw', '--tls-verify=false', `docker://${name}`);
        expect(await digestOf(new TextEncoder().encode(raw))).toBe(pushed.descriptor.digest);
        const config: unknown = JSON.parse(
          await output('skopeo', 'inspect', '--config', '--tls-verify=false', `docker://${name}`),
        );
        expect(config).toMatchObject({ rootfs: { diff_ids: image.layers } });

        const folder = await mkdtemp(join(tmpdir(), 'strata-skopeo-'));
        try {
          await output('skopeo', 'copy', '--src-tls-verify=false', `docker://${name}`, `oci:${folder}/out:1`);
          const index: unknown = JSON.parse(await readFile(join(folder, 'out/index.json'), 'utf8'));
          expect(index).toMatchObject({ manifests: [{ annotations: { 'org.opencontainers.image.ref.name': '1' } }] });
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      });

      it('writes what we pull: converted to OCI and compressed by another program', async () => {
        const store = createStore();
        const image = await storeImage(store, [{ 'etc/motd': 'through skopeo\n' }]);
        const client = createClient(fetch);
        const [from, to] = [`${domain}/interop/ours:1`, `${domain}/interop/theirs:1`];
        await pushImage(pushRequest(client, store, image, from));
        const flags = ['--src-tls-verify=false', '--dest-tls-verify=false', '--format', 'oci', '--dest-compress'];
        await output(
          'skopeo',
          'copy',
          ...flags,
          '--dest-compress-format',
          'zstd',
          `docker://${from}`,
          `docker://${to}`,
        );
        const theirs = createStore();
        const pulled = await pullImage(pullRequest(client, theirs, to));
        expect(pulled.config.rootfs.diff_ids).toEqual(image.layers);
        expect(await theirs.snapshots.hasLayer(image.layers[0]!)).toBe(true);

        // and goes on as it came: zstd layers under the manifest they were pulled by
        const { manifest } = pulled;
        const manifestDigest = pulled.manifestDescriptor.digest;
        expect(manifest.layers[0]?.mediaType).toBe(MEDIA_TYPES.ociLayerZstd);
        const onward = { config: manifest.config, layers: image.layers, manifest: manifestDigest };
        const layerBlobs = new Map(image.layers.map((diffID, index) => [diffID, manifest.layers[index]!]));
        const name = `${domain}/interop/onward:1`;
        const pushed = await pushImage(pushRequest(client, theirs, onward, name, { layerBlobs }));
        expect(pushed.descriptor.digest).toBe(manifestDigest);
        expect((await pullImage(pullRequest(client, createStore(), name))).manifest).toEqual(manifest);
      });
    },
  );

  describe.skipIf(dockerMissing !== undefined)(
    `the Docker Engine${dockerMissing === undefined ? '' : ` (${dockerMissing})`}`,
    () => {
      it('pulls what we pushed, and we pull what it pushed', async () => {
        const store = createStore();
        const image = await storeImage(store, [{ 'etc/motd': 'for docker\n' }]);
        const client = createClient(fetch);
        const [ours, theirs] = [`${domain}/interop/docker:1`, `${domain}/interop/docker-again:1`];
        await pushImage(pushRequest(client, store, image, ours));
        try {
          await output('docker', 'pull', '-q', ours);
          expect(await output('docker', 'image', 'inspect', '-f', '{{.Id}}', ours)).toBe(image.config.digest);
          await output('docker', 'tag', ours, theirs);
          await output('docker', 'push', '-q', theirs);
        } finally {
          await output('docker', 'rmi', '-f', ours, theirs);
        }
        const pulled = await pullImage(pullRequest(client, createStore(), theirs));
        expect(pulled.manifest.config.digest).toBe(image.config.digest);
      });
    },
  );
}
