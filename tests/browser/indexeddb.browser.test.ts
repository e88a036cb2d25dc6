/** What only a browser's database has: versions and migrations, other tabs in the way, a quota, Blobs on disk. */
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownBytes } from '../../worker/base/bytes.ts';
import { EngineError } from '../../worker/base/errors.ts';
import { createJob } from '../../worker/base/job.ts';
import { createBrowserClock } from '../../worker/host/clock.ts';
import { openIndexedDatabase } from '../../worker/host/indexeddb.ts';
import { cryptoRandom } from '../../worker/host/random.ts';
import { MIGRATIONS, type Migration } from '../../worker/host/schema.ts';
import { openStore } from '../../worker/store/index.ts';

const MB = 1024 * 1024;

let name: string;
beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});
afterEach(() => deleteDB(name));

describe('versions', () => {
  const addTable: Migration = (database) => void database.createObjectStore('later');
  const moveSetting: Migration = async (_, transaction) => {
    const settings = transaction.objectStore('settings');
    await settings.put(`${String(await settings.get('old'))}, migrated`, 'new');
    await settings.delete('old');
  };

  it('run the migrations that a database lacks, in order, on the records that are there', async () => {
    const first = await openIndexedDatabase({ name });
    await first.write([{ table: 'settings', key: 'old', record: 'value' }]);
    first.close();
    const second = await openIndexedDatabase({ name, migrations: [...MIGRATIONS, addTable, moveSetting] });
    expect(await second.entries('settings')).toEqual([['new', 'value, migrated']]);
    second.close();
  });

  it('stay as they were when a migration fails, and say why', async () => {
    const first = await openIndexedDatabase({ name });
    await first.write([{ table: 'settings', key: 'old', record: 'value' }]);
    first.close();
    const failing: Migration = async (_, transaction) => {
      await transaction.objectStore('settings').clear();
      throw new EngineError('corrupt', 'This cannot be migrated.');
    };
    const opening = openIndexedDatabase({ name, migrations: [...MIGRATIONS, failing] });
    await expect(opening).rejects.toMatchObject({ message: 'This cannot be migrated.' });
    const again = await openIndexedDatabase({ name });
    expect(await again.entries('settings')).toEqual([['old', 'value']]);
    again.close();
  });

  it('let a newer tab upgrade at once, and tell this one to reload', async () => {
    let lost: EngineError | undefined;
    const old = await openIndexedDatabase({ name, onLost: (error) => (lost = error) });
    const newer = await openIndexedDatabase({ name, migrations: [...MIGRATIONS, addTable] });
    const outdated = { code: 'storage', data: { why: 'outdated' } };
    await expect(old.get('settings', 'a')).rejects.toMatchObject(outdated);
    await expect(old.write([{ table: 'settings', key: 'a', record: 1 }])).rejects.toMatchObject(outdated);
    expect(lost).toMatchObject(outdated);
    expect(lost?.message).toMatch(/newer Strata.*Reload/);
    newer.close();
  });

  it('refuse a database that a newer tab upgraded already', async () => {
    (await openIndexedDatabase({ name, migrations: [...MIGRATIONS, addTable] })).close();
    await expect(openIndexedDatabase({ name })).rejects.toMatchObject({ code: 'storage', data: { why: 'outdated' } });
  });

  it('wait for a tab that does not let go, but not for ever', async () => {
    const stubborn = await openDB(name, 1);
    const upgraded = { name, migrations: [...MIGRATIONS, addTable], blockedLimitMs: 100 };
    await expect(openIndexedDatabase(upgraded)).rejects.toMatchObject({ code: 'storage', data: { why: 'blocked' } });
    stubborn.close();
  });
});

it('a database whose site data were cleared says so', async () => {
  const database = await openIndexedDatabase({ name });
  await deleteDB(name);
  await expect(database.get('settings', 'a')).rejects.toMatchObject({ code: 'storage' });
});

it('a lock goes free when the tab that holds it is gone', async () => {
  const database = await openIndexedDatabase({ name });
  const script = `navigator.locks.request(${JSON.stringify(`strata/${name}/x`)}, () => { postMessage('in'); return new Promise(() => {}); })`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const tab = new Worker(url);
  await new Promise((resolve) => tab.addEventListener('message', resolve, { once: true }));
  const waiting = database.withLock('x', 'exclusive', async () => 'mine');
  expect(await Promise.race([waiting, createBrowserClock().sleep(50)])).toBeUndefined();
  tab.terminate();
  URL.revokeObjectURL(url);
  expect(await waiting).toBe('mine');
  database.close();
});

describe('a quota', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('that is full refuses a batch whole with `storage` and advice, and room can be made', async () => {
    const { database, release } = await openInSmallBucket(8 * MB);
    const store = openStore({ database, clock: createBrowserClock(), random: cryptoRandom });
    const { digest } = await store.content.ingest({}, noise(2 * MB).stream(), endlessJob());
    const batch = [
      { table: 'settings', key: 'small', record: 1 },
      { table: 'bodies', key: 'content/large', record: noise(20 * MB) },
    ] as const;
    await expect(database.write(batch)).rejects.toMatchObject({
      code: 'storage',
      data: { why: 'QuotaExceededError' },
      message: expect.stringMatching(/no room left.*Remove images/) as string,
    });
    expect(await database.keys('settings')).toEqual([]);
    expect(await store.content.info(digest)).toMatchObject({ sizeBytes: 2 * MB });
    expect(await store.gc.collect()).toMatchObject({ content: [digest], freedBytes: 2 * MB });
    await release();
  });
});

it('streams a blob of 300 MB into storage, holding a part of it at a time', { timeout: 120_000 }, async () => {
  const database = await openIndexedDatabase({ name });
  const store = openStore({ database, clock: createBrowserClock(), random: cryptoRandom });
  const source = countedSource(300);
  const { digest, size } = await store.content.ingest({}, source.stream, endlessJob());
  expect(size).toBe(300 * MB);
  const stored = await store.content.readBlob(digest);
  expect(new Uint8Array(await stored.slice(250 * MB - 1, 250 * MB + 1).arrayBuffer())).toEqual(
    new Uint8Array([249, 250]),
  );
  expect(source.mostHeapBytes()).toBeLessThan(225 * MB);
  database.close();
});

const endlessJob = () => createJob('test', new AbortController().signal, createBrowserClock());
const noise = (bytes: number) => new Blob([ownBytes(cryptoRandom.bytes(bytes))]);

/** A stream of so many chunks of a megabyte, each filled with its number, that watches how large the heap gets. */
function countedSource(chunks: number) {
  // Chromium's own; nobody standardised it.
  const { memory } = performance as Performance & { readonly memory: { readonly usedJSHeapSize: number } };
  const before = memory.usedJSHeapSize;
  let sent = 0;
  let most = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === chunks) {
        controller.close();
        return;
      }
      controller.enqueue(new Uint8Array(MB).fill(sent++));
      most = Math.max(most, memory.usedJSHeapSize - before);
    },
  });
  return { stream, mostHeapBytes: (): number => most };
}

/** A database in a storage bucket of its own, the one place where a page can choose how much room there is. */
async function openInSmallBucket(quota: number) {
  const { storageBuckets } = navigator as Navigator & { readonly storageBuckets: StorageBuckets };
  const bucket = await storageBuckets.open('small', { quota });
  vi.stubGlobal('indexedDB', bucket.indexedDB);
  const database = await openIndexedDatabase({ name });
  return {
    database,
    release: async () => {
      database.close();
      await storageBuckets.delete('small');
    },
  };
}

/** The Storage Buckets API as far as it is used here; the compiler does not know it yet. */
interface StorageBuckets {
  open(name: string, options: { quota: number }): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}
