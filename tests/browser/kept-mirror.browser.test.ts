import { afterEach, expect, it } from 'vitest';
import { EngineError } from '../../worker/base/errors.ts';
import { keptMirror } from '../../worker/host/kept-mirror.ts';

const BLOB = 'https://strata.example/mirror/blobs/sha256/00';
const INDEX = 'https://strata.example/mirror/index.json';

afterEach(async () => {
  Reflect.deleteProperty(navigator, 'onLine');
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

it('what is not kept names the button that keeps all, where there is no network and the mirror is known to have it', async () => {
  const transport = keptMirror(() => Promise.reject(new EngineError('network', 'strata.example does not answer.')));
  await expect(transport(new Request(BLOB))).rejects.toThrow('strata.example does not answer.');
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  await expect(transport(new Request(INDEX))).rejects.toThrow('strata.example does not answer.');
  const refused = transport(new Request(BLOB));
  await expect(refused).rejects.toMatchObject({ code: 'network' });
  await expect(refused).rejects.toThrow('“Fetch all images for offline use” under Storage');
});
