import { describe, expect, it } from 'vitest';
import { createClient, createStore, pullRequest } from '../../tests/interop/registry-world.ts';
import { utf8 } from '../base/bytes.ts';
import type { Transport } from '../base/ports.ts';
import { digestOf } from '../codec/sha256.ts';
import { layoutRegistry } from './layout-registry.ts';
import { pullImage } from './pull.ts';

const HOST = 'https://page.example/strata/mirror';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** A layout with one image of one empty layer, `library/app:1`, as a static host has it; notes the paths that are asked for. */
async function staticHost() {
  const layer = new Uint8Array(1024);
  const layerDigest = await digestOf(layer);
  const rootfs = { type: 'layers', diff_ids: [layerDigest] };
  const config = utf8(JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs }));
  const configDigest = await digestOf(config);
  const manifest = utf8(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: configDigest, size: config.byteLength },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layerDigest, size: layer.byteLength }],
    }),
  );
  const digest = await digestOf(manifest);
  const index = {
    schemaVersion: 2,
    manifests: ['docker.io/library/app:1', 'docker.io/library/app:latest'].map((name) => ({
      mediaType: MANIFEST_TYPE,
      digest,
      size: manifest.byteLength,
      annotations: { 'org.opencontainers.image.ref.name': name },
    })),
  };
  const bodies = new Map<string, Uint8Array<ArrayBuffer>>([
    ['index.json', utf8(JSON.stringify(index))],
    [`blobs/${digest.replace(':', '/')}`, manifest],
    [`blobs/${configDigest.replace(':', '/')}`, config],
    [`blobs/${layerDigest.replace(':', '/')}`, layer],
  ]);
  const asked: string[] = [];
  const files: Transport = (request) => {
    const path = request.url.slice(HOST.length + 1);
    asked.push(path);
    const body = bodies.get(path);
    return Promise.resolve(body === undefined ? new Response('<html>', { status: 404 }) : new Response(body));
  };
  return { files, asked, digest };
}

const get = (transport: Transport, path: string, method = 'GET'): Promise<Response> =>
  transport(new Request(`${HOST}${path}`, { method }));

describe('a layout on a static host', () => {
  it('is pulled from as a registry is, by names of files without a colon', async () => {
    const { files, asked } = await staticHost();
    const client = createClient(layoutRegistry(HOST, files), { settings: { mirrors: [HOST] } });
    const { config } = await pullImage(pullRequest(client, createStore(), 'app:1'));
    expect(config.architecture).toBe('amd64');
    expect(asked.filter((path) => path === 'index.json')).toHaveLength(1);
    expect(asked.every((path) => !path.includes(':'))).toBe(true);
  });

  it('says by HEAD what a tag is, without a request for it', async () => {
    const { files, asked, digest } = await staticHost();
    const answer = await get(layoutRegistry(`${HOST}/`, files), '/v2/library/app/manifests/latest', 'HEAD');
    expect(answer.headers.get('docker-content-digest')).toBe(digest);
    expect(asked).toEqual(['index.json']);
  });

  it('lists the tags of a name', async () => {
    const { files } = await staticHost();
    const answer = await get(layoutRegistry(HOST, files), '/v2/library/app/tags/list');
    expect(await answer.json()).toEqual({ name: 'library/app', tags: ['1', 'latest'] });
  });

  it.each([
    ['a name it does not have', '/v2/library/other/manifests/1', 'MANIFEST_UNKNOWN'],
    ['a tag it does not have', '/v2/library/app/manifests/2', 'MANIFEST_UNKNOWN'],
    ['a digest it does not have', `/v2/library/app/manifests/sha256:${'0'.repeat(64)}`, 'MANIFEST_UNKNOWN'],
    ['the tags of another name', '/v2/library/other/tags/list', 'NAME_UNKNOWN'],
  ])('refuses %s with 404, whatever page its host answers with', async (_, path, code) => {
    const { files } = await staticHost();
    const answer = await get(layoutRegistry(HOST, files), path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ code }] });
  });

  it('takes nothing', async () => {
    const { files } = await staticHost();
    expect((await get(layoutRegistry(HOST, files), '/v2/library/app/blobs/uploads', 'POST')).status).toBe(405);
  });

  it('reads its index again after a failure', async () => {
    const { files, digest } = await staticHost();
    let failures = 2;
    const flaky: Transport = (request) =>
      failures-- > 1
        ? Promise.reject(new TypeError('offline'))
        : failures === 0
          ? Promise.resolve(new Response(null, { status: 503 }))
          : files(request);
    const registry = layoutRegistry(HOST, flaky);
    await expect(get(registry, '/v2/library/app/manifests/1')).rejects.toThrow('offline');
    expect((await get(registry, '/v2/library/app/manifests/1')).status).toBe(503);
    expect((await get(registry, '/v2/library/app/manifests/1')).headers.get('docker-content-digest')).toBe(digest);
  });
});
