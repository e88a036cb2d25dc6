/** The contract of the Database port: batches, locks, and what two tabs see of each other. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, TableName } from '../../worker/store/database.ts';
import { createWorld, type StorageFactory, type World } from './store-world.ts';

export function describeDatabase(factory: StorageFactory): void {
  let world: World;
  let database: Database;
  let other: Database;
  beforeEach(async () => {
    world = await createWorld(factory);
    database = world.database;
    other = world.other.database;
  });
  afterEach(() => world.close());

  const setting = (key: string, record: unknown) => ({ table: 'settings', key, record }) as const;
  /** Long enough for another lock holder to come in between, if it could. */
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 15));

  describe('records', () => {
    it('come back as they were written, in every handle', async () => {
      const record = {
        text: 'ü\0',
        list: [1, { deep: true }],
        bytes: new Uint8Array([0, 255]),
        map: new Map([['a', 1]]),
      };
      await database.write([setting('one', record)]);
      expect(await database.get('settings', 'one')).toEqual(record);
      expect(await other.get('settings', 'one')).toEqual(record);
      expect(await database.get('settings', 'two')).toBeUndefined();
    });

    it('are not changed by what happens to the object afterwards', async () => {
      const record = { list: [1] };
      await database.write([setting('one', record)]);
      record.list.push(2);
      expect(await database.get('settings', 'one')).toEqual({ list: [1] });
    });

    it('are replaced and deleted by key', async () => {
      await database.write([setting('one', 1), setting('two', 2)]);
      await database.write([setting('one', 'new'), setting('two', undefined)]);
      expect(await database.get('settings', 'one')).toBe('new');
      expect(await database.has('settings', 'one')).toBe(true);
      expect(await database.has('settings', 'two')).toBe(false);
    });

    it('may be Blobs of megabytes', async () => {
      const bytes = new Uint8Array(3 << 20).map((_, i) => i % 251);
      await database.write([{ table: 'bodies', key: 'content/x', record: new Blob([bytes]) }]);
      const blob = await other.get('bodies', 'content/x');
      if (!(blob instanceof Blob)) throw new TypeError('not a Blob');
      expect(blob.size).toBe(bytes.byteLength);
      expect(new Uint8Array(await blob.slice(2_000_000, 2_000_010).arrayBuffer())).toEqual(
        bytes.slice(2_000_000, 2_000_010),
      );
    });
  });

  describe('keys', () => {
    it('are told in code unit order, all or those with a prefix', async () => {
      const keys = ['b', 'a/1', 'a/10', 'a/2', 'a0', 'A', 'ä', 'a/', 'a.', 'a/\uffff\uffff'];
      await database.write(keys.map((key) => setting(key, key)));
      expect(await database.keys('settings')).toEqual([...keys].sort());
      const below = ['a/', 'a/1', 'a/10', 'a/2', 'a/\uffff\uffff'];
      expect(await other.keys('settings', 'a/')).toEqual(below);
      expect(await other.entries('settings', 'a/')).toEqual(below.map((key) => [key, key]));
      expect(await other.keys('settings', 'c')).toEqual([]);
    });

    it('of one table are not those of another', async () => {
      await database.write([setting('one', 1)]);
      expect(await database.keys('lineages')).toEqual([]);
    });
  });

  describe('a batch', () => {
    it('that cannot be stored whole is not stored at all', async () => {
      await database.write([setting('kept', 1)]);
      const bad = setting('bad', () => 'functions cannot be stored');
      const batch = [setting('new', 1), setting('kept', undefined), bad];
      await expect(database.write(batch)).rejects.toMatchObject({ code: 'internal' });
      expect(await database.keys('settings')).toEqual(['kept']);
    });

    it('may span tables', async () => {
      const digest = `sha256:${'0'.repeat(64)}` as never;
      await database.write([setting('one', 1), { table: 'lineages', key: 'one', record: { key: digest } }]);
      expect(await other.get('lineages', 'one')).toEqual({ key: digest });
    });

    it('without operations is no error', async () => {
      await expect(database.write([])).resolves.toBeUndefined();
    });
  });

  describe('update', () => {
    it('loses no change when two tabs count at once', async () => {
      const count = (handle: Database) =>
        handle.update('settings', ['n'], ([current]) => [
          setting('n', (typeof current === 'number' ? current : 0) + 1),
        ]);
      await Promise.all(Array.from({ length: 60 }, (_, i) => count(i % 2 === 0 ? database : other)));
      expect(await database.get('settings', 'n')).toBe(60);
    });

    it('gives several records in the order they are asked for', async () => {
      await database.write([setting('a', 1), setting('c', 3)]);
      await database.update('settings', ['c', 'b', 'a'], (current) => [setting('told', current)]);
      expect(await database.get('settings', 'told')).toEqual([3, undefined, 1]);
      await database.update('settings', [], (current) => [setting('told', current)]);
      expect(await database.get('settings', 'told')).toEqual([]);
    });

    it('passes on what the change throws, and writes nothing', async () => {
      const refusal = new RangeError('no');
      const update = database.update('settings', ['n'], () => {
        throw refusal;
      });
      await expect(update).rejects.toBe(refusal);
      expect(await database.keys('settings')).toEqual([]);
    });

    it('writes to other tables in the same transaction', async () => {
      const digest = `sha256:${'0'.repeat(64)}` as never;
      const operations = [setting('n', 1), { table: 'lineages', key: 'l', record: { key: digest } } as const];
      await database.update('settings', ['n'], () => operations, ['lineages']);
      expect(await other.has('lineages', 'l')).toBe(true);
    });
  });

  describe('locks', () => {
    it('let one exclusive holder in at a time, whatever the tab', async () => {
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        await aWhile();
        inside--;
      };
      const handles = [database, other, database, other];
      await Promise.all(handles.map((handle) => handle.withLock('x', 'exclusive', work)));
      expect(most).toBe(1);
    });

    it('let shared holders in together, and keep an exclusive one out meanwhile', async () => {
      const log: string[] = [];
      const shared = (name: string) => async (): Promise<void> => {
        log.push(`${name} in`);
        await aWhile();
        log.push(`${name} out`);
      };
      await Promise.all([
        database.withLock('x', 'shared', shared('a')),
        other.withLock('x', 'shared', shared('b')),
        database.withLock('x', 'exclusive', async () => void log.push('c')),
      ]);
      expect(log.slice(0, 2).sort()).toEqual(['a in', 'b in']);
      expect(log.at(-1)).toBe('c');
    });

    it('are granted in the order of asking: who shares does not overtake who excludes', async () => {
      const log: string[] = [];
      const first = database.withLock('x', 'shared', async () => {
        await aWhile();
        log.push('first');
      });
      const second = database.withLock('x', 'exclusive', async () => void log.push('second'));
      const third = database.withLock('x', 'shared', async () => void log.push('third'));
      await Promise.all([first, second, third]);
      expect(log).toEqual(['first', 'second', 'third']);
    });

    it('of different names have nothing to do with each other', async () => {
      const inner = database.withLock('x', 'exclusive', () => other.withLock('y', 'exclusive', async () => 'both'));
      expect(await inner).toBe('both');
    });

    it('pass on what the work gives or throws, and are free afterwards', async () => {
      const failure = new Error('inside');
      await expect(database.withLock('x', 'exclusive', () => Promise.reject(failure))).rejects.toBe(failure);
      expect(await other.withLock('x', 'exclusive', async () => 7)).toBe(7);
    });
  });

  describe('other tabs', () => {
    it('hear which tables were written, the writer does not', async () => {
      const heard: TableName[] = [];
      const own: TableName[] = [];
      const stop = other.onForeignWrite((table) => heard.push(table));
      database.onForeignWrite((table) => own.push(table));
      await database.write([setting('a', 1), setting('b', 2)]);
      await expect.poll(() => heard).toEqual(['settings']);
      await database.update('settings', ['a'], () => [setting('a', 2)]);
      await expect.poll(() => heard).toEqual(['settings', 'settings']);
      stop();
      await database.write([setting('a', 3)]);
      await aWhile();
      expect(heard).toHaveLength(2);
      expect(own).toEqual([]);
    });
  });

  it('estimates what is used and what may be used', async () => {
    const { usedBytes, quotaBytes } = await database.estimate();
    expect(usedBytes).toBeGreaterThanOrEqual(0);
    expect(quotaBytes).toBeGreaterThan(usedBytes);
  });

  it('throws `storage` once it is closed, and leaves the other tab alone', async () => {
    database.close();
    await expect(database.get('settings', 'a')).rejects.toMatchObject({ code: 'storage' });
    await expect(database.write([setting('a', 1)])).rejects.toMatchObject({ code: 'storage' });
    await expect(database.withLock('x', 'shared', async () => 1)).rejects.toMatchObject({ code: 'storage' });
    await other.write([setting('a', 1)]);
    expect(await other.get('settings', 'a')).toBe(1);
  });
}
