import { describe, expect, it } from 'vitest';
import {
  createClient,
  createEagerClock,
  createJob,
  createRegistry,
  createStore,
  pushRequest,
  storeImage,
} from '../../tests/interop/registry-world.ts';
import { utf8 } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Transport } from '../base/ports.ts';
import { MEDIA_TYPES } from '../oci/descriptor.ts';
import { parseReference } from '../oci/reference.ts';
import { NOT_KEPT } from './errors.ts';
import { pushImage } from './push.ts';
import { putManifest } from './repository.ts';
import { resolveImage } from './resolve.ts';

const AMD64 = { os: 'linux', architecture: 'amd64' };
const MIRROR = 'https://page.example/mirror';

/** Docker Hub (a registry with one image) and a mirror before it; notes who was asked. */
async function hubAndMirror(mirror: Transport, hub?: Transport) {
  const registry = createRegistry();
  const ours = createStore();
  const image = await storeImage(ours, [{ a: 'hub' }]);
  const direct = createClient((request) => registry(request));
  await pushImage(pushRequest(direct, ours, image, 'app'));
  const asked: string[] = [];
  const transport: Transport = (request) => {
    const { host } = new URL(request.url);
    if (asked.at(-1) !== host) asked.push(host);
    return host === 'page.example' ? mirror(request) : (hub ?? registry)(request);
  };
  const client = createClient(transport, { settings: { mirrors: [`${MIRROR}/`] }, clock: createEagerClock() });
  return { client, asked, image };
}

/** The status that Docker Hub answers strangers with, for what it does not have. */
const denied: Transport = (request) =>
  Promise.resolve(
    new Response('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}', {
      status: 401,
      headers: {
        'www-authenticate': `Bearer realm="${new URL(request.url).origin}/none",error="insufficient_scope"`,
      },
    }),
  );

describe('resolving a name of Docker Hub', () => {
  it.each([
    ['has nothing', () => Promise.resolve(new Response('', { status: 404 }))],
    ['answers everything with its page', () => Promise.resolve(new Response('<!doctype html><title>x</title>'))],
    ['is broken', () => Promise.resolve(new Response('', { status: 403 }))],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('asks the registry itself when the mirror %s', async (_, mirror: Transport) => {
    const { client, asked, image } = await hubAndMirror(mirror);
    const found = await resolveImage(client, parseReference('app'), AMD64, createJob());
    expect(found.manifest.config.digest).toBe(image.config.digest);
    expect(asked).toEqual(['page.example', 'registry-1.docker.io']);
  });

  it('stays with the mirror when it has the image', async () => {
    const mirror = createRegistry();
    const theirs = createStore();
    const image = await storeImage(theirs, [{ a: 'mirror' }]);
    await pushImage(pushRequest(createClient(mirror), theirs, image, 'app'));
    const { client, asked } = await hubAndMirror((request) =>
      mirror(new Request(request.url.replace('/mirror/', '/'), request)),
    );
    const found = await resolveImage(client, parseReference('app'), AMD64, createJob());
    expect(found.manifest.config.digest).toBe(image.config.digest);
    expect(asked).toEqual(['page.example']);
  });

  it('tells that the mirror was asked too when the registry cannot be', async () => {
    const { client } = await hubAndMirror(
      () => Promise.resolve(new Response('', { status: 404 })),
      () => Promise.reject(new TypeError('Failed to fetch')),
    );
    await expect(resolveImage(client, parseReference('nginx'), AMD64, createJob())).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        /^the mirror has no nginx:latest; .*no answer from registry-1\.docker\.io/,
      ) as string,
      data: { mirrors: [MIRROR] },
    });
  });

  it('asks nobody else where the mirror has it, and there is no network', async () => {
    const notKept = new EngineError('network', 'bundled, but not kept here', { data: { why: NOT_KEPT } });
    const { client, asked } = await hubAndMirror(() => Promise.reject(notKept));
    await expect(resolveImage(client, parseReference('nginx'), AMD64, createJob())).rejects.toBe(notKept);
    expect(asked).toEqual(['page.example']);
  });

  it('tells it as well when the registry is there and keeps this page out', async () => {
    const { client } = await hubAndMirror(
      () => Promise.resolve(new Response('', { status: 404 })),
      () => Promise.reject(new EngineError('cors', 'registry-1.docker.io does not let this page read its answers.')),
    );
    await expect(resolveImage(client, parseReference('mysql:8'), AMD64, createJob())).rejects.toMatchObject({
      code: 'cors',
      message: expect.stringMatching(/^the mirror has no mysql:8; .*does not let this page read its answers/) as string,
      data: { mirrors: [MIRROR] },
    });
  });

  it('that is denied is worded as docker pull words it', async () => {
    const { client } = await hubAndMirror(
      () => Promise.resolve(new Response('', { status: 404 })),
      (request) => (request.url.endsWith('/none') ? Promise.resolve(Response.json({ token: 't' })) : denied(request)),
    );
    await expect(resolveImage(client, parseReference('me/secret:1'), AMD64, createJob())).rejects.toMatchObject({
      code: 'not-found',
      message:
        "pull access denied for me/secret, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    });
  });

  it('of another registry asks no mirror', async () => {
    const { client, asked } = await hubAndMirror(() => Promise.reject(new Error('must not be asked')));
    await expect(
      resolveImage(client, parseReference('registry.example/app'), AMD64, createJob()),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(asked).toEqual(['registry.example']);
  });
});

describe('an image for several platforms', () => {
  async function multiPlatform() {
    const registry = createRegistry();
    const client = createClient(registry);
    const repository = { endpoint: client.registry('localhost:5000'), path: 'multi' };
    const ours = createStore();
    const manifests: object[] = [];
    const configs: string[] = [];
    for (const [architecture, variant] of [
      ['arm', 'v7'],
      ['amd64', undefined],
    ] as const) {
      const image = await storeImage(ours, [{ architecture }]);
      const { descriptor } = await pushImage(pushRequest(client, ours, image, `localhost:5000/multi:${architecture}`));
      manifests.push({ ...descriptor, platform: { os: 'linux', architecture, ...(variant ? { variant } : {}) } });
      configs.push(image.config.digest);
    }
    const mediaType = MEDIA_TYPES.ociIndex;
    const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
    await putManifest(client, repository, 'latest', { mediaType, bytes }, createJob());
    return { client, configs };
  }

  it('gives the one for the platform asked for, with the index that led there', async () => {
    const { client, configs } = await multiPlatform();
    const reference = parseReference('localhost:5000/multi');
    const amd64 = await resolveImage(client, reference, AMD64, createJob());
    const arm = await resolveImage(client, reference, { os: 'linux', architecture: 'arm', variant: 'v7' }, createJob());
    expect([arm.manifest.config.digest, amd64.manifest.config.digest]).toEqual(configs);
    expect(amd64.documents.map(({ kind }) => kind)).toEqual(['index', 'manifest']);
    expect(amd64.target.mediaType).toBe(MEDIA_TYPES.ociIndex);
  });

  it('says which platforms there are when none fits', async () => {
    const { client } = await multiPlatform();
    const wanted = { os: 'linux', architecture: 's390x' };
    await expect(
      resolveImage(client, parseReference('localhost:5000/multi'), wanted, createJob()),
    ).rejects.toMatchObject({
      code: 'not-found',
      message:
        'no matching manifest for linux/s390x in the manifest list entries: localhost:5000/multi:latest has linux/arm/v7, linux/amd64',
    });
  });
});
