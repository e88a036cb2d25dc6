import { afterEach, expect, it } from 'vitest';
import { keptMirror } from '../../worker/host/kept-mirror.ts';

const BLOB = 'https://strata.example/mirror/blobs/sha256/00';
const INDEX = 'https://strata.example/mirror/index.json';

afterEach(async () => {
  for (const name of ['mirror-blobs', 'mirror-index']) await caches.delete(name);
});

async function kept(url: string): Promise<string | undefined> {
  return (await caches.match(url))?.text();
}

it('whole answers are kept where the service worker looks for them, once', async () => {
  let asked = 0;
  const transport = keptMirror(() => Promise.resolve(new Response(`answer ${++asked}`)));
  expect(await (await transport(new Request(BLOB))).text()).toBe('answer 1');
  await expect.poll(() => kept(BLOB)).toBe('answer 1');
  await transport(new Request(BLOB));
  await transport(new Request(INDEX));
  await expect.poll(() => kept(INDEX)).toBe('answer 3');
  expect(await kept(BLOB)).toBe('answer 1');
});

it('failures and parts are not', async () => {
  const transport = keptMirror(({ headers }) =>
    Promise.resolve(new Response('x', { status: headers.has('range') ? 200 : 404 })),
  );
  await transport(new Request(BLOB));
  await transport(new Request(BLOB, { headers: { range: 'bytes=0-1' } }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await kept(BLOB)).toBeUndefined();
});
