/**
 * The rules of the OCI distribution-spec 1.1 as cases: pull, push, content discovery, content management. They speak plain HTTP,
 * so that any registry can be held to them; the in-page one passes all, and real ones show that the cases are right.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import type { Transport } from '../../worker/base/ports.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';

/** What of the specification a registry may lack: rules that distribution 2.8 is older than, or does not follow. */
export type Shortcoming =
  | 'single-post' // a blob in one POST is MAY; the answer is then 202
  | 'ordered-chunks' // it takes a chunk that is out of order
  | 'tag-pages' // n and last of a tag list are ignored
  | 'tag-deletion' // tags go with their manifests alone
  | 'referrers'; // specification 1.1

export interface ConformancePeer {
  /** `http://localhost:5000`. */
  readonly baseUrl: string;
  readonly transport: Transport;
}

const CONFIG = utf8('{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}');
const LAYER = utf8('the bytes of a layer, which a registry does not look into');
const ACCEPT = { accept: `${MEDIA_TYPES.ociManifest}, ${MEDIA_TYPES.ociIndex}` };

export function describeConformance(
  name: string,
  start: () => Promise<ConformancePeer>,
  shortcomings: readonly Shortcoming[] = [],
): void {
  let peer: ConformancePeer;
  const lacks = (one: Shortcoming): boolean => shortcomings.includes(one);
  const send = (target: string, init: RequestInit = {}): Promise<Response> =>
    peer.transport(new Request(new URL(target, peer.baseUrl), { redirect: 'manual', ...init }));
  const put = (target: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    send(target, { method: 'PUT', body, headers: { 'content-type': 'application/octet-stream', ...headers } });

  async function beginUpload(repository: string): Promise<string> {
    const response = await send(`/v2/${repository}/blobs/uploads/`, { method: 'POST' });
    expect(response.status).toBe(202);
    return locationOf(response);
  }
  async function pushBlob(repository: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const digest = await digestOf(bytes);
    const response = await put(withDigest(await beginUpload(repository), digest), bytes);
    expect(response.status).toBe(201);
    return digest;
  }
  async function manifestOf(more: object = {}): Promise<string> {
    const part = async (mediaType: string, bytes: Uint8Array<ArrayBuffer>): Promise<object> => ({
      mediaType,
      digest: await digestOf(bytes),
      size: bytes.byteLength,
    });
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.ociManifest,
      config: await part(MEDIA_TYPES.ociConfig, CONFIG),
      layers: [await part(MEDIA_TYPES.ociLayer, LAYER)],
      ...more,
    });
  }
  async function pushManifest(repository: string, reference: string, text: string): Promise<Response> {
    return put(`/v2/${repository}/manifests/${reference}`, text, { 'content-type': MEDIA_TYPES.ociManifest });
  }
  async function pushImage(repository: string, ...tags: readonly string[]): Promise<string> {
    for (const bytes of [CONFIG, LAYER]) await pushBlob(repository, bytes);
    const text = await manifestOf();
    for (const tag of tags) expect((await pushManifest(repository, tag, text)).status).toBe(201);
    return digestOf(utf8(text));
  }

  describe(`${name} follows the distribution-spec`, () => {
    beforeAll(async () => {
      peer = await start();
    });

    it('says that it is a registry', async () => {
      expect((await send('/v2/')).status).toBe(200);
    });

    describe('pull', () => {
      it('gives a blob by its digest, whole, in part and as its head alone', async () => {
        const digest = await pushBlob('rules/pull', LAYER);
        const target = `/v2/rules/pull/blobs/${digest}`;
        const whole = await send(target);
        expect([whole.status, new Uint8Array(await whole.arrayBuffer())]).toEqual([200, LAYER]);
        const head = await send(target, { method: 'HEAD' });
        expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
          200,
          String(LAYER.byteLength),
          '',
        ]);
        const part = await send(target, { headers: { range: 'bytes=4-8' } });
        expect([part.status, await part.text()]).toEqual([206, 'bytes']);
        expect(part.headers.get('content-range')).toBe(`bytes 4-8/${LAYER.byteLength}`);
        expect((await send(target, { headers: { range: `bytes=${LAYER.byteLength}-` } })).status).toBe(416);
      });

      it('gives a manifest by tag and by digest, byte for byte, with its type and digest', async () => {
        const digest = await pushImage('rules/manifests', 'v1');
        for (const reference of ['v1', digest]) {
          const response = await send(`/v2/rules/manifests/manifests/${reference}`, { headers: ACCEPT });
          expect(response.status).toBe(200);
          expect(response.headers.get('content-type')).toBe(MEDIA_TYPES.ociManifest);
          expect(response.headers.get('docker-content-digest')).toBe(digest);
          expect(await digestOf(new Uint8Array(await response.arrayBuffer()))).toBe(digest);
        }
        const head = await send('/v2/rules/manifests/manifests/v1', { method: 'HEAD', headers: ACCEPT });
        expect([head.status, head.headers.get('docker-content-digest'), await head.text()]).toEqual([200, digest, '']);
      });

      it('answers 404 with an error document for what it does not have', async () => {
        const unknown = await digestOf(utf8('never sent'));
        const cases = [
          [`/v2/rules/pull/blobs/${unknown}`, 'BLOB_UNKNOWN'],
          ['/v2/rules/pull/manifests/nosuch', 'MANIFEST_UNKNOWN'],
          [`/v2/rules/pull/manifests/${unknown}`, 'MANIFEST_UNKNOWN'],
          ['/v2/rules/nosuch/tags/list', 'NAME_UNKNOWN'],
        ] as const;
        for (const [target, code] of cases) {
          const response = await send(target, { headers: ACCEPT });
          expect([response.status, await response.json()]).toMatchObject([404, { errors: [{ code }] }]);
        }
        expect((await send(`/v2/rules/pull/blobs/${unknown}`, { method: 'HEAD' })).status).toBe(404);
      });
    });

    describe('push', () => {
      it('takes a blob with POST and PUT, and says where it is', async () => {
        const digest = await digestOf(LAYER);
        const response = await put(withDigest(await beginUpload('rules/push'), digest), LAYER);
        expect(response.status).toBe(201);
        const there = await send(locationOf(response));
        expect(new Uint8Array(await there.arrayBuffer())).toEqual(LAYER);
      });

      it.skipIf(lacks('single-post'))('takes a blob with a single POST', async () => {
        const digest = await digestOf(LAYER);
        const response = await send(`/v2/rules/single/blobs/uploads/?digest=${digest}`, {
          method: 'POST',
          body: LAYER,
        });
        expect([response.status, response.headers.get('docker-content-digest')]).toEqual([201, digest]);
      });

      it('takes a blob in chunks, and tells after each how far it is', async () => {
        let location = await beginUpload('rules/chunks');
        const chunk = async (from: number, to: number): Promise<Response> =>
          send(location, {
            method: 'PATCH',
            body: LAYER.slice(from, to),
            headers: { 'content-type': 'application/octet-stream', 'content-range': `${from}-${to - 1}` },
          });
        const first = await chunk(0, 10);
        expect([first.status, first.headers.get('range')]).toEqual([202, '0-9']);
        location = locationOf(first);
        const second = await chunk(10, LAYER.byteLength);
        expect([second.status, second.headers.get('range')]).toEqual([202, `0-${LAYER.byteLength - 1}`]);
        const digest = await digestOf(LAYER);
        expect((await put(withDigest(locationOf(second), digest), '')).status).toBe(201);
        expect((await send(`/v2/rules/chunks/blobs/${digest}`)).status).toBe(200);
      });

      it.skipIf(lacks('ordered-chunks'))('refuses a chunk out of order, and goes on after it', async () => {
        const location = await beginUpload('rules/order');
        const patch = (body: string, range: string): Promise<Response> =>
          send(location, { method: 'PATCH', body, headers: { 'content-range': range } });
        expect((await patch('first ', '0-5')).status).toBe(202);
        expect((await patch('second', '9-14')).status).toBe(416);
        expect((await patch('second', '6-11')).headers.get('range')).toBe('0-11');
      });

      it('tells how far an upload is, and forgets one that is cancelled', async () => {
        const location = await beginUpload('rules/status');
        const state = await send(location);
        expect([state.status, state.headers.get('range')]).toEqual([204, '0-0']);
        expect((await send(location, { method: 'DELETE' })).status).toBe(204);
        const gone = await send(location);
        expect([gone.status, await gone.json()]).toMatchObject([404, { errors: [{ code: 'BLOB_UPLOAD_UNKNOWN' }] }]);
      });

      it('refuses bytes that do not have the digest they are said to have', async () => {
        const digest = await digestOf(utf8('something else'));
        const response = await put(withDigest(await beginUpload('rules/lies'), digest), LAYER);
        expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ code: 'DIGEST_INVALID' }] }]);
        expect((await send(`/v2/rules/lies/blobs/${digest}`, { method: 'HEAD' })).status).toBe(404);
        const none = await put(withDigest(await beginUpload('rules/lies'), 'sha256:short'), LAYER);
        expect(none.status).toBe(400);
      });

      it('mounts a blob of another repository, and begins an upload where it cannot', async () => {
        const digest = await pushBlob('rules/from', LAYER);
        const mounted = await send(`/v2/rules/to/blobs/uploads/?mount=${digest}&from=rules/from`, { method: 'POST' });
        expect(mounted.status).toBe(201);
        expect((await send(locationOf(mounted), { method: 'HEAD' })).status).toBe(200);
        const unknown = await digestOf(utf8('never sent'));
        const begun = await send(`/v2/rules/to/blobs/uploads/?mount=${unknown}&from=rules/from`, { method: 'POST' });
        expect(begun.status).toBe(202);
      });

      it('does not serve a repository what was pushed to another', async () => {
        const digest = await pushBlob('rules/mine', utf8('mine alone'));
        expect((await send(`/v2/rules/mine/blobs/${digest}`, { method: 'HEAD' })).status).toBe(200);
        expect((await send(`/v2/rules/yours/blobs/${digest}`, { method: 'HEAD' })).status).toBe(404);
      });

      it('refuses a manifest it cannot read, one whose blobs are missing, one with another digest', async () => {
        const invalid = await pushManifest('rules/push', 'bad', 'no JSON at all');
        expect([invalid.status, await invalid.json()]).toMatchObject([400, { errors: [{ code: 'MANIFEST_INVALID' }] }]);
        const incomplete = await pushManifest('rules/empty', 'v1', await manifestOf());
        expect([incomplete.status, await incomplete.json()]).toMatchObject([
          400,
          { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }, { code: 'MANIFEST_BLOB_UNKNOWN' }] },
        ]);
        await pushImage('rules/push', 'v1');
        const other = await pushManifest('rules/push', await digestOf(utf8('other')), await manifestOf());
        expect([other.status, await other.json()]).toMatchObject([400, { errors: [{ code: 'DIGEST_INVALID' }] }]);
      });

      it('takes an index of manifests that it has', async () => {
        const digest = await pushImage('rules/index', 'part');
        const size = utf8(await manifestOf()).byteLength;
        const index = JSON.stringify({
          schemaVersion: 2,
          mediaType: MEDIA_TYPES.ociIndex,
          manifests: [{ mediaType: MEDIA_TYPES.ociManifest, digest, size }],
        });
        const response = await put('/v2/rules/index/manifests/all', index, { 'content-type': MEDIA_TYPES.ociIndex });
        expect(response.status).toBe(201);
        const got = await send('/v2/rules/index/manifests/all', { headers: ACCEPT });
        expect([got.headers.get('content-type'), await got.text()]).toEqual([MEDIA_TYPES.ociIndex, index]);
      });
    });

    describe('content discovery', () => {
      it('lists tags', async () => {
        await pushImage('rules/tags', 'b', 'a', 'c');
        const response = await send('/v2/rules/tags/tags/list');
        const list = (await response.json()) as { name: string; tags: string[] };
        expect([list.name, [...list.tags].sort()]).toEqual(['rules/tags', ['a', 'b', 'c']]);
      });

      it.skipIf(lacks('tag-pages'))('lists tags in order, in pages, each with the way to the next', async () => {
        await pushImage('rules/pages', 'b', 'a', 'c');
        const first = await send('/v2/rules/pages/tags/list?n=2');
        expect(await first.json()).toEqual({ name: 'rules/pages', tags: ['a', 'b'] });
        const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
        const second = await send(next);
        expect([await second.json(), second.headers.get('link')]).toEqual([{ name: 'rules/pages', tags: ['c'] }, null]);
        expect(await (await send('/v2/rules/pages/tags/list?n=0')).json()).toMatchObject({ tags: [] });
        expect(await (await send('/v2/rules/pages/tags/list?last=a')).json()).toMatchObject({ tags: ['b', 'c'] });
      });

      it('lists repositories in pages', async () => {
        await pushImage('rules/catalog', 'v1');
        const first = await send('/v2/_catalog?n=1');
        expect(((await first.json()) as { repositories: string[] }).repositories).toHaveLength(1);
        expect(first.headers.get('link')).toMatch(/rel="next"/);
        const all = await send('/v2/_catalog?n=1000');
        expect(((await all.json()) as { repositories: string[] }).repositories).toContain('rules/catalog');
      });

      it.skipIf(lacks('referrers'))('lists what refers to a manifest, also one it does not have', async () => {
        const digest = await pushImage('rules/referrers', 'v1');
        const subject = { mediaType: MEDIA_TYPES.ociManifest, digest, size: 1 };
        const artifactType = 'application/vnd.example.signature';
        const pushed = await pushManifest('rules/referrers', 'sig', await manifestOf({ artifactType, subject }));
        expect([pushed.status, pushed.headers.get('oci-subject')]).toEqual([201, digest]);
        const list = await send(`/v2/rules/referrers/referrers/${digest}`);
        expect(list.headers.get('content-type')).toBe(MEDIA_TYPES.ociIndex);
        expect(await list.json()).toMatchObject({ schemaVersion: 2, manifests: [{ artifactType }] });
        const none = await send(`/v2/rules/referrers/referrers/${digest}?artifactType=other/type`);
        expect([await none.json(), none.headers.get('oci-filters-applied')]).toMatchObject([
          { manifests: [] },
          'artifactType',
        ]);
        const unknown = await send(`/v2/rules/referrers/referrers/${await digestOf(utf8('no'))}`);
        expect([unknown.status, await unknown.json()]).toMatchObject([200, { manifests: [] }]);
      });
    });

    describe('content management', () => {
      it.skipIf(lacks('tag-deletion'))('takes a tag away, and leaves the manifest', async () => {
        const digest = await pushImage('rules/untag', 'v1', 'v2');
        expect((await send('/v2/rules/untag/manifests/v1', { method: 'DELETE' })).status).toBe(202);
        expect((await send('/v2/rules/untag/manifests/v1', { headers: ACCEPT })).status).toBe(404);
        expect((await send(`/v2/rules/untag/manifests/${digest}`, { headers: ACCEPT })).status).toBe(200);
      });

      it('takes a manifest away by its digest, with the tags that lead to it', async () => {
        const digest = await pushImage('rules/delete', 'v1');
        expect((await send(`/v2/rules/delete/manifests/${digest}`, { method: 'DELETE' })).status).toBe(202);
        for (const reference of [digest, 'v1']) {
          expect((await send(`/v2/rules/delete/manifests/${reference}`, { headers: ACCEPT })).status).toBe(404);
        }
        expect((await send(`/v2/rules/delete/manifests/${digest}`, { method: 'DELETE' })).status).toBe(404);
      });

      it('takes a blob away from its repository', async () => {
        const digest = await pushBlob('rules/blob-delete', LAYER);
        const target = `/v2/rules/blob-delete/blobs/${digest}`;
        expect((await send(target, { method: 'DELETE' })).status).toBe(202);
        expect((await send(target, { method: 'HEAD' })).status).toBe(404);
        expect((await send(target, { method: 'DELETE' })).status).toBe(404);
      });
    });
  });

  function locationOf(response: Response): string {
    const location = response.headers.get('location');
    expect(location).not.toBeNull();
    return new URL(location ?? '', peer.baseUrl).href;
  }
}

function withDigest(location: string, digest: string): string {
  const url = new URL(location);
  url.searchParams.set('digest', digest);
  return url.href;
}
