/** The browser's clock, random and fetch as the engine gets them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBrowserClock } from '../../worker/host/clock.ts';
import { fetchTransport } from '../../worker/host/fetch-transport.ts';
import { cryptoRandom } from '../../worker/host/random.ts';

describe('the clock', () => {
  it('yields to messages that wait already', async () => {
    const clock = createBrowserClock();
    const { port1, port2 } = new MessageChannel();
    const log: string[] = [];
    port1.onmessage = () => log.push('message');
    port2.postMessage('cancel');
    for (let i = 0; i < 5; i++) await clock.yieldTask();
    expect(log).toEqual(['message']);
    port1.close();
  });

  it('yields to each who waits', async () => {
    const clock = createBrowserClock();
    await Promise.all(Array.from({ length: 10 }, () => clock.yieldTask()));
    const start = clock.monotonicMs();
    for (let i = 0; i < 100; i++) await clock.yieldTask();
    // Timers would be held back to 4 ms each.
    expect(clock.monotonicMs() - start).toBeLessThan(300);
  });

  it('sleeps as long as told, or until the signal fires', async () => {
    const clock = createBrowserClock();
    const start = clock.monotonicMs();
    await clock.sleep(30);
    expect(clock.monotonicMs() - start).toBeGreaterThanOrEqual(29);
    const stop = new AbortController();
    const sleeping = clock.sleep(60_000, stop.signal);
    stop.abort('enough');
    await expect(sleeping).rejects.toBe('enough');
    await expect(clock.sleep(60_000, stop.signal)).rejects.toBe('enough');
  });
});

it('random bytes are as many as asked for, and not twice the same', () => {
  const [one, two] = [cryptoRandom.bytes(100_000), cryptoRandom.bytes(100_000)];
  expect(one.byteLength).toBe(100_000);
  expect(one.subarray(99_900)).not.toEqual(two.subarray(99_900));
  expect(new Set(one).size).toBe(256);
});

describe('fetch', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** Fails as a browser does, but for requests that ask nothing of the answer where `answersBlindly`. */
  const failingFetch = (answersBlindly: boolean) =>
    vi.fn(async (input: unknown, options?: RequestInit) => {
      if (answersBlindly && !(input instanceof Request) && options?.mode === 'no-cors') return new Response();
      throw new TypeError('Failed to fetch');
    });

  it('gives the answer of a server', async () => {
    const response = await fetchTransport(new Request(location.href));
    expect(response.ok).toBe(true);
  });

  it('says `network` of a port that nobody listens on', async () => {
    await expect(fetchTransport(new Request('http://127.0.0.1:59999/v2/'))).rejects.toMatchObject({
      code: 'network',
      data: { host: '127.0.0.1:59999' },
    });
  });

  it('says `cancelled` when the request was stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const request = new Request(location.href, { signal: stop.signal });
    await expect(fetchTransport(request)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says `cors`, and the origin to allow, of a server that answers but not to this page', async () => {
    vi.stubGlobal('fetch', failingFetch(true));
    await expect(fetchTransport(new Request('https://registry.example/v2/'))).rejects.toMatchObject({
      code: 'cors',
      message: expect.stringContaining(location.origin) as string,
      data: { host: 'registry.example', origin: location.origin },
    });
  });

  it('says `network` of a server that does not answer at all', async () => {
    vi.stubGlobal('fetch', failingFetch(false));
    await expect(fetchTransport(new Request('https://registry.example/v2/'))).rejects.toMatchObject({
      code: 'network',
    });
  });

  it('says that the browser is offline without asking anybody', async () => {
    const fetch = failingFetch(true);
    vi.stubGlobal('fetch', fetch);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await expect(fetchTransport(new Request('https://registry.example/v2/'))).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('offline') as string,
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
