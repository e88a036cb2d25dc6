/** Registries that are down, slow, rude or lying: what the client makes of each. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  createClient,
  createEagerClock,
  createJob,
  createRegistry,
  createStore,
  pullRequest,
  pushRequest,
  storeImage,
} from '../../tests/interop/registry-world.ts';
import { readAll, utf8 } from '../base/bytes.ts';
import type { Transport } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';
import { digestOf } from '../codec/sha256.ts';
import type { DiffID } from '../oci/digest.ts';
import type { Store } from '../store/index.ts';
import { blobStream, verifiedBlob } from './blobs.ts';
import { pullImage } from './pull.ts';
import { pushImage } from './push.ts';

const NAME = 'localhost:5000/app:1';

/** A registry that holds one image, behind a transport that `meddle` may change the answers of. */
async function registryWithImage(meddle: (request: Request, honest: Transport) => Promise<Response>) {
  const honest = createRegistry();
  const ours = createStore();
  const image = await storeImage(ours, [{ a: 'a'.repeat(5000) }, { b: 'b'.repeat(5000) }]);
  const pushed = await pushImage(pushRequest(createClient(honest), ours, image, NAME));
  const clock = createEagerClock();
  const client = createClient((request) => meddle(request, honest), { clock });
  return { client, clock, image, pushed, ours, theirs: createStore() };
}

const isBlob = (request: Request): boolean => request.url.includes('/blobs/sha256:') && request.method === 'GET';
const isManifest = (request: Request): boolean => request.url.includes('/manifests/') && request.method === 'GET';

async function storedLayers(store: Store, diffIDs: readonly DiffID[]): Promise<number> {
  const held = await Promise.all(diffIDs.map((diffID) => store.snapshots.hasLayer(diffID)));
  return held.filter(Boolean).length;
}

/** The same answer with other bytes. */
async function withBody(response: Response, change: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return new Response(change(bytes), { status: response.status, headers: response.headers });
}

describe('a registry that lies', () => {
  it('about the bytes of a blob: nothing of it is kept', async () => {
    let config = '';
    const { client, image, theirs } = await registryWithImage(async (request, honest) => {
      const response = await honest(request);
      if (!isBlob(request) || request.url.endsWith(config)) return response;
      return withBody(response, (bytes) => {
        const damaged = new Uint8Array(bytes);
        damaged.set([damaged[60]! ^ 1], 60);
        return damaged;
      });
    });
    config = image.config.digest;
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({ code: 'corrupt' });
    expect(await storedLayers(theirs, image.layers)).toBe(0);
    const kept = (await theirs.content.list()).map(({ mediaType }) => mediaType);
    expect(kept.filter((mediaType) => mediaType.includes('tar'))).toEqual([]);
  });

  it('about a manifest asked for by digest is found out', async () => {
    const { client, pushed, theirs } = await registryWithImage(async (request, honest) => {
      const response = await honest(request);
      return isManifest(request)
        ? withBody(response, (bytes) => utf8(`${new TextDecoder().decode(bytes)} `))
        : response;
    });
    const name = `localhost:5000/app@${pushed.descriptor.digest}`;
    await expect(pullImage(pullRequest(client, theirs, name))).rejects.toMatchObject({
      code: 'corrupt',
      data: { expected: pushed.descriptor.digest },
    });
  });

  it('with a blob longer than announced is stopped there, however long it goes on', async () => {
    let sent = 0;
    const { client } = await registryWithImage(() => {
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1000;
          controller.enqueue(new Uint8Array(1000));
        },
      });
      return Promise.resolve(new Response(endless));
    });
    const descriptor = { mediaType: 'x', digest: await digestOf(utf8('x')), size: 2500 };
    const repository = { endpoint: client.registry('localhost:5000'), path: 'app' };
    await expect(readAll(blobStream(client, repository, descriptor, createJob()))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('longer than the 2500 bytes announced') as string,
    });
    expect(sent).toBeLessThan(10_000);
  });

  it('with a blob shorter than announced, over and over, is given up', async () => {
    const { client, theirs, image } = await registryWithImage(async (request, honest) => {
      const response = await honest(request);
      return isBlob(request) ? withBody(response, (bytes) => new Uint8Array(bytes).slice(0, -1)) : response;
    });
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({ code: 'corrupt' });
    expect(await storedLayers(theirs, image.layers)).toBe(0);
  });

  it('about the part it sends is found out by the digest of the whole', async () => {
    let answers = 0;
    const { client, theirs, image } = await registryWithImage(async (request, honest) => {
      if (!isBlob(request) || request.url.endsWith(image.config.digest)) return honest(request);
      const whole = await honest(new Request(request.url));
      const bytes = new Uint8Array(await whole.arrayBuffer());
      // half of it, and then the first half again as though it were the second
      if (answers++ % 2 === 1)
        return new Response(bytes.slice(0, bytes.byteLength - (bytes.byteLength >> 1)), { status: 206 });
      return new Response(bytes.slice(0, bytes.byteLength >> 1));
    });
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({ code: 'corrupt' });
    expect(await storedLayers(theirs, image.layers)).toBe(0);
  });

  it('by sending the client round in circles is told not to answer', async () => {
    const server = createServer((request, response) => {
      response.writeHead(307, { location: request.url ?? '/' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const client = createClient(fetch);
      const pull = pullImage(pullRequest(client, createStore(), `127.0.0.1:${port}/app:1`));
      await expect(pull).rejects.toMatchObject({ code: 'network' });
    } finally {
      server.close();
    }
  });

  it('by answering with a web page is told to have no manifest there', async () => {
    const { client, theirs } = await registryWithImage(() =>
      Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })),
    );
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({ code: 'invalid-document' });
  });
});

describe('a connection that breaks', () => {
  /** Ends every blob answer after `limit` bytes, as a lost connection does. */
  const breaking =
    (limit: number, honourRange: boolean) =>
    async (request: Request, honest: Transport): Promise<Response> => {
      const asked = honourRange ? request : new Request(request.url);
      const response = await honest(asked);
      if (!isBlob(request) || !response.ok) return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      let given = false;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (given && bytes.byteLength > limit) controller.error(new TypeError('terminated'));
          else if (given) controller.close();
          else controller.enqueue(bytes.subarray(0, limit));
          given = true;
        },
      });
      return new Response(body, { status: response.status, headers: response.headers });
    };

  it('is taken up where it broke', async () => {
    const { client, image, theirs } = await registryWithImage(breaking(150, true));
    await pullImage(pullRequest(client, theirs, NAME));
    expect(await storedLayers(theirs, image.layers)).toBe(2);
  });

  it('again and again is given up, and told with how far it came', async () => {
    const { client, clock, image, theirs } = await registryWithImage(breaking(20, false));
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({
      code: 'corrupt',
      data: { receivedBytes: 20 },
    });
    expect(clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
    expect(await storedLayers(theirs, image.layers)).toBe(0);
  });
});

describe('a registry that is busy', () => {
  it('is asked again after what Retry-After says', async () => {
    let refusals = 2;
    const { client, clock, theirs, image } = await registryWithImage((request, honest) =>
      isManifest(request) && refusals-- > 0
        ? Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '7' } }))
        : honest(request),
    );
    await pullImage(pullRequest(client, theirs, NAME));
    expect(clock.sleptMs).toEqual([7000, 7000]);
    expect(await storedLayers(theirs, image.layers)).toBe(2);
  });

  it('makes the layer say how long it waits, and then what it does again', async () => {
    let refusals = 1;
    const { client, ours, image } = await registryWithImage((request, honest) =>
      request.method === 'PUT' && request.url.includes('/blobs/uploads/') && refusals-- > 0
        ? Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '9' } }))
        : honest(request),
    );
    const told: string[] = [];
    const progress: ProgressSink = ({ statuses = [] }) => {
      for (const { id, action } of statuses) if (id === image.layers[0]) told.push(action ?? '');
    };
    const request = pushRequest(client, ours, { ...image, layers: image.layers.slice(0, 1) }, 'localhost:5000/waits:1');
    await pushImage({ ...request, progress });
    expect(told).toEqual([
      'Preparing',
      'Pushing',
      'Retrying in 9 seconds',
      ...['Pushing', 'Pushing', 'Pushing'],
      'Pushed',
    ]);
  });

  it('is left at once when the push is cancelled during the wait', async () => {
    const { client, ours, image } = await registryWithImage((request, honest) =>
      request.method === 'PUT' ? Promise.resolve(new Response('', { status: 503 })) : honest(request),
    );
    const stop = new AbortController();
    const request = pushRequest(client, ours, image, 'localhost:5000/cancelled:1');
    const job = createJob(stop.signal);
    const progress: ProgressSink = ({ statuses = [] }) => {
      if (statuses.some(({ action }) => action?.startsWith('Retrying') === true)) stop.abort();
    };
    await expect(pushImage({ ...request, job, progress })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('for an hour is not waited for', async () => {
    const details = 'You have reached your pull rate limit.';
    const { client, clock, theirs } = await registryWithImage(() =>
      Promise.resolve(Response.json({ details }, { status: 429, headers: { 'retry-after': '3600' } })),
    );
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({
      code: 'rate-limited',
      message: `toomanyrequests: ${details}`,
    });
    expect(clock.sleptMs).toEqual([]);
  });

  it('with errors of its own is given up after five tries with growing pauses', async () => {
    const { client, clock, theirs } = await registryWithImage(() =>
      Promise.resolve(new Response('oops', { status: 500 })),
    );
    await expect(pullImage(pullRequest(client, theirs, NAME))).rejects.toMatchObject({
      code: 'registry',
      data: { status: 500 },
    });
    expect(clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it('in mid-upload gets the blob anew', async () => {
    let failures = 2;
    const { client, clock, ours, image } = await registryWithImage((request, honest) =>
      request.method === 'PUT' && request.url.includes('/blobs/uploads/') && failures-- > 0
        ? Promise.resolve(new Response('', { status: 500 }))
        : honest(request),
    );
    await pushImage(pushRequest(client, ours, image, 'localhost:5000/other:1'));
    expect(clock.sleptMs).toEqual([500, 500]);
    const theirs = createStore();
    await pullImage(pullRequest(client, theirs, 'localhost:5000/other:1'));
    expect(await storedLayers(theirs, image.layers)).toBe(2);
  });
});

describe('a registry that does not answer', () => {
  it('at all is told as such, at once', async () => {
    const clock = createEagerClock();
    const client = createClient(() => Promise.reject(new TypeError('Failed to fetch')), { clock });
    await expect(pullImage(pullRequest(client, createStore(), 'registry.example/app:1'))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('no answer from registry.example') as string,
    });
    expect(clock.sleptMs).toEqual([]);
  });

  it('after it did before is tried again', async () => {
    let failures = 2;
    const { client, clock, theirs, image } = await registryWithImage((request, honest) =>
      isBlob(request) && failures-- > 0 ? Promise.reject(new TypeError('Failed to fetch')) : honest(request),
    );
    await pullImage(pullRequest(client, theirs, NAME));
    expect(clock.sleptMs).toEqual([500, 1000]);
    expect(await storedLayers(theirs, image.layers)).toBe(2);
  });

  it('hides the upload address from a browser: the header to expose is named', async () => {
    const { client, ours, image } = await registryWithImage(async (request, honest) => {
      const response = await honest(request);
      response.headers.delete('location');
      return response;
    });
    await expect(pushImage(pushRequest(client, ours, image, 'localhost:5000/new:1'))).rejects.toMatchObject({
      code: 'cors',
      message: expect.stringContaining('Location in Access-Control-Expose-Headers') as string,
    });
  });
});

describe('a pull that is cancelled', () => {
  it('ends with cancelled, and keeps no half layer', async () => {
    const stop = new AbortController();
    const { client, image, theirs } = await registryWithImage((request, honest) => {
      if (isBlob(request) && !request.url.endsWith(image.config.digest)) stop.abort();
      return honest(request);
    });
    const job = createJob(stop.signal);
    await expect(pullImage(pullRequest(client, theirs, NAME, { job }))).rejects.toMatchObject({ code: 'cancelled' });
    expect(await storedLayers(theirs, image.layers)).toBe(0);
  });
});

describe('a verified blob', () => {
  it('fails at its end when the bytes have another digest', async () => {
    const { client } = await registryWithImage(() => Promise.resolve(new Response('abcd')));
    const repository = { endpoint: client.registry('localhost:5000'), path: 'app' };
    const digest = await digestOf(utf8('else'));
    const stream = verifiedBlob(client, repository, { mediaType: 'x', digest, size: 4 }, createJob());
    await expect(readAll(stream)).rejects.toMatchObject({ code: 'corrupt', data: { expected: digest } });
  });
});
