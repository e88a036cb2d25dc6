/** What a registry must let the client do: one suite for the in-page registry and for real ones. */
import { describe, expect, it } from 'vitest';
import { readAll, utf8, utf8Text } from '../../worker/base/bytes.ts';
import type { StatusItem } from '../../worker/base/progress.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import type { Transport } from '../../worker/base/ports.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import { parseReference } from '../../worker/oci/reference.ts';
import { hasBlob, verifiedBlob } from '../../worker/registry/blobs.ts';
import { knownLayerBlobs } from '../../worker/registry/layer-blobs.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { pushImage } from '../../worker/registry/push.ts';
import { listReferrers, listRepositories, listTags, repositoryPage, tagPage } from '../../worker/registry/lists.ts';
import {
  deleteManifest,
  getManifest,
  headManifest,
  putManifest,
  type Repository,
} from '../../worker/registry/repository.ts';
import { remotePlatforms } from '../../worker/registry/resolve.ts';
import { CHUNK_BYTES, mountBlob, uploadBlob } from '../../worker/registry/uploads.ts';
import { createClient, createJob, createStore, pullRequest, pushRequest, storeImage } from './registry-world.ts';

/** A running registry, empty of what the suite pushes. */
export interface RegistryPeer {
  /** `localhost:5000`. */
  readonly domain: string;
  readonly transport: Transport;
}

export function describeRegistry(name: string, start: () => Promise<RegistryPeer>): void {
  describe(`the client and ${name}`, () => {
    const open = async (path: string) => {
      const { domain, transport } = await start();
      const client = createClient(transport);
      const repository: Repository = { endpoint: client.registry(domain), path };
      return { client, domain, repository, job: createJob() };
    };

    it('an image pushed and pulled again is the same image', async () => {
      const { client, domain, repository, job } = await open('contract/round-trip');
      const ours = createStore();
      const image = await storeImage(ours, [{ 'etc/motd': 'hello\n' }, { 'app/main.go': 'package main\n' }]);
      const pushed = await pushImage(pushRequest(client, ours, image, `${domain}/contract/round-trip:v1`));

      const theirs = createStore();
      const statuses: StatusItem[] = [];
      const pulled = await pullImage(
        pullRequest(client, theirs, `${domain}/contract/round-trip:v1`, {
          progress: (status) => statuses.push(...(status.statuses ?? [])),
        }),
      );
      expect(pulled.manifestDescriptor.digest).toBe(pushed.descriptor.digest);
      expect(pulled.manifest.config.digest).toBe(image.config.digest);
      for (const diffID of image.layers) {
        const [before, after] = await Promise.all([ours.snapshots.layer(diffID), theirs.snapshots.layer(diffID)]);
        expect(after.index).toEqual(before.index);
      }
      const last = new Map(statuses.map((status) => [status.id, status.action]));
      expect([...last.values()]).toEqual(['Resolved', 'Pull complete', 'Pull complete']);
      expect((await headManifest(client, repository, 'v1', job))?.digest).toBe(pushed.descriptor.digest);
    });

    it('layers that are there are neither sent nor fetched again', async () => {
      const { client, domain } = await open('contract/twice');
      const ours = createStore();
      const image = await storeImage(ours, [{ a: 'shared' }]);
      const pushed = await pushImage(pushRequest(client, ours, image, `${domain}/contract/twice:1`));
      const actions: (string | undefined)[] = [];
      const note = (status: { readonly statuses?: readonly StatusItem[] }): void => {
        actions.push(...(status.statuses ?? []).map(({ action }) => action));
      };
      await ours.images.put({
        id: image.config.digest,
        config: { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: image.layers } },
        sizeBytes: 0,
        createdMs: 0,
        marks: [],
        manifestDigest: pushed.descriptor.digest,
      });
      const layerBlobs = await knownLayerBlobs(ours.images, ours.content);
      await pushImage(pushRequest(client, ours, image, `${domain}/contract/twice:2`, { layerBlobs, progress: note }));
      expect(actions).toEqual(['Preparing', 'Layer already exists']);
      actions.length = 0;
      await pullImage(pullRequest(client, ours, `${domain}/contract/twice:2`, { progress: note }));
      expect(actions).toEqual(['Resolving', 'Resolved', 'Already exists']);
    });

    it('a blob is found, fetched and mounted elsewhere', async () => {
      const { client, repository, job } = await open('contract/blobs');
      const bytes = utf8('some bytes');
      const digest = await digestOf(bytes);
      const elsewhere = { ...repository, path: 'contract/elsewhere' };
      expect(await hasBlob(client, repository, digest, job)).toBe(false);
      await uploadBlob(client, repository, digest, bytes, job);
      expect(await hasBlob(client, repository, digest, job)).toBe(true);
      const descriptor = { mediaType: 'application/octet-stream', digest, size: bytes.byteLength };
      expect(utf8Text(await readAll(verifiedBlob(client, repository, descriptor, job)))).toBe('some bytes');
      expect(await mountBlob(client, elsewhere, digest, repository.path, job)).toBe(true);
      expect(await hasBlob(client, elsewhere, digest, job)).toBe(true);
      const unknown = await digestOf(utf8('never sent'));
      expect(await mountBlob(client, elsewhere, unknown, repository.path, job)).toBe(false);
    });

    it('bytes that do not have their digest are refused', async () => {
      const { client, repository, job } = await open('contract/lies');
      const digest = await digestOf(utf8('right'));
      await expect(uploadBlob(client, repository, digest, utf8('wrong'), job)).rejects.toMatchObject({
        code: 'registry',
        data: { registryCode: 'DIGEST_INVALID' },
      });
      expect(await hasBlob(client, repository, digest, job)).toBe(false);
    });

    it('a manifest whose blobs are missing is refused', async () => {
      const { client, repository, job } = await open('contract/incomplete');
      const config = {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        size: 2,
        digest: await digestOf(utf8('{}')),
      };
      const mediaType = 'application/vnd.oci.image.manifest.v1+json';
      const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [config] }));
      await expect(putManifest(client, repository, 'bad', { mediaType, bytes }, job)).rejects.toMatchObject({
        data: { registryCode: expect.stringMatching(/^MANIFEST_(?:BLOB_UNKNOWN|INVALID)$/) as string },
      });
    });

    it('tags and repositories are listed, and a deleted manifest is gone', async () => {
      const { client, domain, repository, job } = await open('contract/lists');
      const ours = createStore();
      const image = await storeImage(ours, [{ a: 'listed' }]);
      const tags = ['b', 'a', 'c'];
      for (const tag of tags) await pushImage(pushRequest(client, ours, image, `${domain}/contract/lists:${tag}`));
      expect([...(await listTags(client, repository, job))].sort()).toEqual(['a', 'b', 'c']);
      expect(await listRepositories(client, repository.endpoint, job)).toContain('contract/lists');
      const { descriptor } = await getManifest(client, repository, 'a', job);
      await deleteManifest(client, repository, descriptor.digest, job);
      expect(await headManifest(client, repository, descriptor.digest, job)).toBeUndefined();
    });

    it('lists are read a page at a time', async () => {
      const { client, repository, job } = await open('contract/pages');
      const ours = createStore();
      const image = await storeImage(ours, [{ a: 'paged' }]);
      const host = new URL(repository.endpoint.baseUrl).host;
      for (const tag of ['a', 'b', 'c'])
        await pushImage(pushRequest(client, ours, image, `${host}/contract/pages:${tag}`));
      const tags: string[] = [];
      let next: string | undefined;
      do {
        const page = await tagPage(client, repository, job, { next, pageSize: 2 });
        tags.push(...page.names);
        ({ next } = page);
      } while (next !== undefined);
      // distribution 2.8 knows no pages of tags, nor their order
      expect(tags.sort()).toEqual(['a', 'b', 'c']);
      await pushImage(pushRequest(client, ours, image, `${host}/contract/pages-more:1`));
      const repositories = await repositoryPage(client, repository.endpoint, job, { pageSize: 1 });
      expect(repositories.names).toHaveLength(1);
      const following = await repositoryPage(client, repository.endpoint, job, { next: repositories.next });
      expect(following.names[0]! > repositories.names[0]!).toBe(true);
    });

    it('an index of two platforms is pushed, and each platform pulled by it', async () => {
      const { client, domain, repository, job } = await open('contract/index');
      const ours = createStore();
      const manifests = [];
      for (const architecture of ['amd64', 'arm64']) {
        const image = await storeImage(ours, [{ arch: architecture }], { architecture });
        const { descriptor } = await pushImage(
          pushRequest(client, ours, image, `${domain}/contract/index:${architecture}`),
        );
        manifests.push({ ...descriptor, platform: { os: 'linux', architecture } });
      }
      const mediaType = MEDIA_TYPES.ociIndex;
      const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
      await putManifest(client, repository, 'both', { mediaType, bytes }, job);
      const reference = `${domain}/contract/index:both`;
      expect(await remotePlatforms(client, parseReference(reference), job)).toEqual(
        manifests.map(({ platform }) => platform),
      );
      const platform = { os: 'linux', architecture: 'arm64' };
      const pulled = await pullImage(pullRequest(client, createStore(), reference, { platform }));
      expect(pulled.manifestDescriptor.digest).toBe(manifests[1]?.digest);
      expect(pulled.target.digest).toBe(await digestOf(bytes));
    });

    it('what refers to a manifest is found, by the API or by the tag that stands for it', async () => {
      const { client, domain, repository, job } = await open('contract/referrers');
      const ours = createStore();
      const image = await storeImage(ours, [{ a: 'signed' }]);
      const { descriptor: subject } = await pushImage(
        pushRequest(client, ours, image, `${domain}/contract/referrers:1`),
      );
      expect(await listReferrers(client, repository, subject.digest, job)).toEqual([]);
      const empty = utf8('{}');
      const config = { mediaType: MEDIA_TYPES.ociEmpty, digest: await digestOf(empty), size: empty.byteLength };
      await uploadBlob(client, repository, config.digest, empty, job);
      const mediaType = MEDIA_TYPES.ociManifest;
      const artifactType = 'application/vnd.example.signature';
      const bytes = utf8(
        JSON.stringify({ schemaVersion: 2, mediaType, artifactType, config, layers: [config], subject }),
      );
      const digest = await digestOf(bytes);
      await putManifest(client, repository, digest, { mediaType, bytes }, job);
      if ((await listReferrers(client, repository, subject.digest, job)).length === 0) {
        // without the API a client keeps the list itself
        const manifests = [{ mediaType, digest, size: bytes.byteLength, artifactType }];
        const index = utf8(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests }));
        const tag = subject.digest.replace(':', '-');
        await putManifest(client, repository, tag, { mediaType: MEDIA_TYPES.ociIndex, bytes: index }, job);
      }
      expect(await listReferrers(client, repository, subject.digest, job)).toMatchObject([{ digest, artifactType }]);
    });

    it('a blob of several pieces arrives whole, and tells how far it is', async () => {
      const { client, repository, job } = await open('contract/pieces');
      const body = new Blob([new Uint8Array(CHUNK_BYTES).fill(7), new Uint8Array(CHUNK_BYTES).fill(8), utf8('end')]);
      const digest = await digestOf(new Uint8Array(await body.arrayBuffer()));
      const sent: number[] = [];
      await uploadBlob(client, repository, digest, body, job, (bytes) => sent.push(bytes));
      expect(sent).toEqual([CHUNK_BYTES, 2 * CHUNK_BYTES, body.size]);
      const descriptor = { mediaType: 'application/octet-stream', digest, size: body.size };
      let received = 0;
      for await (const chunk of verifiedBlob(client, repository, descriptor, job)) received += chunk.byteLength;
      expect(received).toBe(body.size);
    });

    it('what is not there is told as docker pull tells it', async () => {
      const { client, domain } = await open('contract/missing');
      const ours = createStore();
      const image = await storeImage(ours, [{ a: 'there' }]);
      await pushImage(pushRequest(client, ours, image, `${domain}/contract/missing:there`));
      await expect(pullImage(pullRequest(client, ours, `${domain}/contract/missing:gone`))).rejects.toMatchObject({
        code: 'not-found',
        message: `manifest for ${domain}/contract/missing:gone not found: manifest unknown: manifest unknown`,
      });
    });
  });
}
