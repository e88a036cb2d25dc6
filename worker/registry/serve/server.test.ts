import { describe, expect, it } from 'vitest';
import { describeRegistry } from '../../../tests/interop/registry-contract.ts';
import { createRegistry } from '../../../tests/interop/registry-world.ts';
import { utf8 } from '../../base/bytes.ts';
import { digestOf } from '../../codec/sha256.ts';

const shared = createRegistry();
describeRegistry('the in-page registry', () => Promise.resolve({ domain: 'localhost:5000', transport: shared }));

const BASE = 'http://localhost:5000';

describe('the in-page registry', () => {
  it('says that it speaks the distribution API', async () => {
    const response = await createRegistry()(new Request(`${BASE}/v2/`));
    expect(response.status).toBe(200);
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  });

  it('refuses an invalid name and an unknown address', async () => {
    const registry = createRegistry();
    const named = await registry(new Request(`${BASE}/v2/Not-A-Name/tags/list`));
    expect([named.status, await named.json()]).toMatchObject([400, { errors: [{ code: 'NAME_INVALID' }] }]);
    expect((await registry(new Request(`${BASE}/v2/name/nonsense`))).status).toBe(404);
    expect((await registry(new Request(`${BASE}/v2/name/tags/list`, { method: 'POST' }))).status).toBe(405);
  });

  it('takes a blob in chunks, tells how far it is, and refuses a chunk out of order', async () => {
    const registry = createRegistry();
    const digest = await digestOf(utf8('first second'));
    const begun = await registry(new Request(`${BASE}/v2/app/blobs/uploads/`, { method: 'POST' }));
    const location = `${BASE}${begun.headers.get('location') ?? ''}`;
    const patch = (body: string, range: string): Promise<Response> =>
      registry(new Request(location, { method: 'PATCH', body, headers: { 'content-range': range } }));
    expect((await patch('first ', '0-5')).headers.get('range')).toBe('0-5');
    expect((await patch('second', '9-14')).status).toBe(416);
    expect((await registry(new Request(location))).headers.get('range')).toBe('0-5');
    expect((await patch('second', '6-11')).status).toBe(202);
    const finished = await registry(new Request(`${location}?digest=${digest}`, { method: 'PUT' }));
    expect([finished.status, finished.headers.get('location')]).toEqual([201, `/v2/app/blobs/${digest}`]);
    const part = await registry(new Request(`${BASE}/v2/app/blobs/${digest}`, { headers: { range: 'bytes=6-' } }));
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 6-11/12',
      'second',
    ]);
    const beyond = await registry(new Request(`${BASE}/v2/app/blobs/${digest}`, { headers: { range: 'bytes=12-' } }));
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */12']);
  });

  it('forgets an upload that was cancelled', async () => {
    const registry = createRegistry();
    const begun = await registry(new Request(`${BASE}/v2/app/blobs/uploads/`, { method: 'POST' }));
    const location = `${BASE}${begun.headers.get('location') ?? ''}`;
    expect((await registry(new Request(location, { method: 'DELETE' }))).status).toBe(204);
    expect((await registry(new Request(location))).status).toBe(404);
  });

  it('does not serve a repository what was pushed to another', async () => {
    const registry = createRegistry();
    const digest = await digestOf(utf8('mine'));
    await registry(new Request(`${BASE}/v2/mine/blobs/uploads/?digest=${digest}`, { method: 'POST', body: 'mine' }));
    expect((await registry(new Request(`${BASE}/v2/mine/blobs/${digest}`, { method: 'HEAD' }))).status).toBe(200);
    expect((await registry(new Request(`${BASE}/v2/yours/blobs/${digest}`, { method: 'HEAD' }))).status).toBe(404);
  });

  it('lists in pages, each with the way to the next', async () => {
    const registry = createRegistry();
    const config = utf8('{}');
    const digest = await digestOf(config);
    await registry(new Request(`${BASE}/v2/app/blobs/uploads/?digest=${digest}`, { method: 'POST', body: config }));
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: 2 }],
    });
    for (const tag of ['one', 'two', 'three']) {
      await registry(new Request(`${BASE}/v2/app/manifests/${tag}`, { method: 'PUT', body: manifest }));
    }
    const first = await registry(new Request(`${BASE}/v2/app/tags/list?n=2`));
    expect(await first.json()).toEqual({ name: 'app', tags: ['one', 'three'] });
    expect(first.headers.get('link')).toBe('</v2/app/tags/list?n=2&last=three>; rel="next"');
    const second = await registry(new Request(`${BASE}/v2/app/tags/list?n=2&last=three`));
    expect([await second.json(), second.headers.get('link')]).toEqual([{ name: 'app', tags: ['two'] }, null]);
  });

  it('finds what refers to an image by its subject', async () => {
    const registry = createRegistry();
    const config = utf8('{}');
    const digest = await digestOf(config);
    await registry(new Request(`${BASE}/v2/app/blobs/uploads/?digest=${digest}`, { method: 'POST', body: config }));
    const subject = {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: await digestOf(utf8('x')),
      size: 1,
    };
    const signature = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.example.signature',
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2 },
      layers: [{ mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2 }],
      subject,
    });
    const put = await registry(new Request(`${BASE}/v2/app/manifests/signature`, { method: 'PUT', body: signature }));
    expect([put.status, put.headers.get('oci-subject')]).toEqual([201, subject.digest]);
    const found = await registry(new Request(`${BASE}/v2/app/referrers/${subject.digest}`));
    expect(await found.json()).toMatchObject({ manifests: [{ artifactType: 'application/vnd.example.signature' }] });
    const other = await registry(new Request(`${BASE}/v2/app/referrers/${subject.digest}?artifactType=other`));
    expect([await other.json(), other.headers.get('oci-filters-applied')]).toMatchObject([
      { manifests: [] },
      'artifactType',
    ]);
  });
});
