/** Uploads in pieces: what becomes of them when a registry fails, forgets, asks for patience, or takes blobs whole alone. */
import { describe, expect, it } from 'vitest';
import { createClient, createEagerClock, createJob, createRegistry } from '../../tests/interop/registry-world.ts';
import type { Transport } from '../base/ports.ts';
import { digestOf } from '../codec/sha256.ts';
import { hasBlob } from './blobs.ts';
import { CHUNK_BYTES, uploadBlob } from './uploads.ts';

const BODY = new Blob([new Uint8Array(CHUNK_BYTES).fill(1), new Uint8Array(1000).fill(2)]);

/** Uploads a blob of two pieces to a registry that `meddle` stands in front of. */
async function upload(meddle: (request: Request, honest: Transport) => Promise<Response>) {
  const honest = createRegistry();
  const asked: string[] = [];
  const clock = createEagerClock();
  const client = createClient(
    (request) => {
      asked.push(request.method);
      return meddle(request, honest);
    },
    { clock },
  );
  const repository = { endpoint: client.registry('localhost:5000'), path: 'app' };
  const digest = await digestOf(new Uint8Array(await BODY.arrayBuffer()));
  const sent: number[] = [];
  const done = uploadBlob(client, repository, digest, BODY, createJob(), (bytes) => sent.push(bytes));
  return { done, asked, sent, clock, isThere: () => hasBlob(createClient(honest), repository, digest, createJob()) };
}

/** Answers the nth PATCH itself. */
function atPatch(nth: number, answer: (request: Request, honest: Transport) => Response | Promise<Response>) {
  let patches = 0;
  return async (request: Request, honest: Transport): Promise<Response> =>
    request.method === 'PATCH' && ++patches === nth ? answer(request, honest) : honest(request);
}

describe('an upload in pieces', () => {
  it('goes on where a 500 stopped it: no byte that arrived is sent again', async () => {
    const { done, asked, sent, isThere } = await upload(atPatch(2, () => new Response('', { status: 500 })));
    await done;
    expect(asked.join(' ')).toBe('POST PATCH PATCH GET PATCH PUT');
    expect(sent).toEqual([CHUNK_BYTES, CHUNK_BYTES, BODY.size]);
    expect(await isThere()).toBe(true);
  });

  it('goes on after the piece that did arrive, although its answer was lost', async () => {
    const { done, asked, isThere } = await upload(
      atPatch(1, async (request, honest) => {
        await honest(request);
        throw new TypeError('Failed to fetch');
      }),
    );
    await done;
    expect(asked.join(' ')).toBe('POST PATCH GET PATCH PUT');
    expect(await isThere()).toBe(true);
  });

  it('waits as long as a busy registry asks', async () => {
    const headers = { 'retry-after': '9' };
    const { done, clock } = await upload(atPatch(1, () => new Response('', { status: 429, headers })));
    await done;
    expect(clock.sleptMs).toEqual([9000]);
  });

  it('begins anew where the session was forgotten', async () => {
    let lost = false;
    const { done, isThere } = await upload(async (request, honest) => {
      if (lost || request.method !== 'PATCH' || !request.headers.get('content-range')?.startsWith('0-')) {
        return request.method === 'GET' && lost ? new Response('', { status: 404 }) : honest(request);
      }
      lost = true;
      return new Response('', { status: 503 });
    });
    await done;
    expect(await isThere()).toBe(true);
  });

  it.each([405, 416, 501])('goes whole where pieces are refused with %d', async (status) => {
    const { done, asked, isThere } = await upload(async (request, honest) =>
      request.method === 'PATCH' ? new Response('', { status }) : honest(request),
    );
    await done;
    expect(asked.join(' ')).toBe('POST PATCH POST PUT');
    expect(await isThere()).toBe(true);
  });

  it('is given up after five tries, and told with what the registry said', async () => {
    const { done, clock } = await upload(async (request, honest) =>
      request.method === 'PUT' ? new Response('', { status: 502 }) : honest(request),
    );
    await expect(done).rejects.toMatchObject({ code: 'registry', data: { status: 502 } });
    expect(clock.sleptMs).toEqual([500, 1000, 2000, 4000]);
  });

  it('that the registry finished without saying so is not sent again', async () => {
    let puts = 0;
    const { done, asked } = await upload(async (request, honest) => {
      const response = await honest(request);
      if (request.method === 'PUT' && ++puts === 1) throw new TypeError('Failed to fetch');
      return response;
    });
    await done;
    expect(asked.join(' ')).toBe('POST PATCH PATCH PUT HEAD');
  });
});
