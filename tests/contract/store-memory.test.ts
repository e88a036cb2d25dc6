/** The store's contract in memory, and what only memory has: a quota to choose, and tabs that can be killed. */
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import { createMemoryDatabase, createMemoryStorage } from '../../worker/store/memory.ts';
import { describeStore } from './store-contract.ts';
import { createWorld, type StorageFixture } from './store-world.ts';

function memoryFixture(quotaBytes?: number): StorageFixture {
  const storage = createMemoryStorage(quotaBytes);
  return { open: async () => createMemoryDatabase(storage), destroy: async () => undefined };
}

describeStore('the store in memory', async () => memoryFixture());

describe('memory', () => {
  it('refuses bodies beyond its quota, and takes them again when there is room', async () => {
    const { store, database } = await createWorld(async () => memoryFixture(10));
    const { digest } = await store.content.ingestBytes('text/plain', utf8('8 bytes.'));
    await expect(store.content.ingestBytes('text/plain', utf8('3 b'))).rejects.toMatchObject({ code: 'storage' });
    expect(await database.estimate()).toEqual({ usedBytes: 8, quotaBytes: 10, lasting: false });
    await store.content.delete(digest);
    await store.content.ingestBytes('text/plain', utf8('3 b'));
    expect(await store.content.list()).toHaveLength(1);
  });

  it('frees the locks of a handle that is closed while it holds them', async () => {
    const { database, other } = await createWorld(async () => memoryFixture());
    await new Promise<void>((inside) => {
      void database.withLock('x', 'exclusive', () => {
        inside();
        return new Promise(() => undefined);
      });
    });
    const waiting = other.database.withLock('x', 'exclusive', async () => 'in');
    database.close();
    expect(await waiting).toBe('in');
  });
});
