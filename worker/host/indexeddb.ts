/**
 * The {@link Database} on IndexedDB, shared by all tabs of the origin: Web Locks for its locks, a BroadcastChannel for
 * telling other tabs what was written. Records come back as they were stored; the stores check what they read.
 *
 * A tab with a newer Strata wants to upgrade the database: this one then lets go of it at once, and every later call
 * throws `storage` with the advice to reload. Transactions have relaxed durability: after a power failure the last of them
 * may be missing, none is ever there by half.
 */
import type { IDBPTransaction } from 'idb';
import { EngineError } from '../base/errors.ts';
import type { Database, TableName, Tables, WriteOperation } from '../store/database.ts';
import { Connection, type IndexedDatabaseOptions } from './indexeddb-connection.ts';
import { storageError } from './indexeddb-errors.ts';

type WriteTransaction = IDBPTransaction<unknown, string[], 'readwrite'>;

/** Opens the database of this origin, upgraded to the schema's version. Throws `storage` with what the person can do. */
export async function openIndexedDatabase(options: IndexedDatabaseOptions = {}): Promise<Database> {
  assertSupported();
  const connection = new Connection(options);
  await connection.open();
  return databaseOn(connection);
}

function assertSupported(): void {
  const missing = typeof indexedDB === 'undefined' ? 'IndexedDB' : 'locks' in navigator ? undefined : 'Web Locks';
  if (missing === undefined) return;
  throw new EngineError(
    'storage',
    `This browser offers this page no ${missing}, so nothing can be kept. Open Strata by https or from http://localhost, outside a private window.`,
    { data: { why: 'missing', missing } },
  );
}

function databaseOn(connection: Connection): Database {
  const channel = new BroadcastChannel(`strata/${connection.name}`);
  const listeners = new Set<(table: TableName) => void>();
  channel.onmessage = ({ data }: MessageEvent<readonly TableName[]>) => {
    for (const table of data) for (const listener of listeners) listener(table);
  };

  /** Runs one write transaction to its end, and tells the other tabs. */
  async function transact(
    tables: readonly TableName[],
    work: (transaction: WriteTransaction) => Promise<readonly WriteOperation[]>,
  ): Promise<void> {
    const transaction = guarded(() =>
      connection.database.transaction([...new Set(tables)], 'readwrite', { durability: 'relaxed' }),
    );
    const written = await runTransaction(transaction, work);
    if (written.length > 0) channel.postMessage([...new Set(written.map((operation) => operation.table))]);
  }

  return {
    get: <T extends TableName>(table: T, key: string) =>
      read(async () => (await connection.database.get(table, key)) as Tables[T] | undefined),
    has: (table, key) => read(async () => (await connection.database.count(table, key)) > 0),
    keys: (table, prefix = '') =>
      read(async () => (await connection.database.getAllKeys(table, rangeOf(prefix))) as string[]),
    entries: <T extends TableName>(table: T, prefix = '') =>
      read(async () => {
        const { store } = connection.database.transaction(table);
        const range = rangeOf(prefix);
        const [keys, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
        return keys.map((key, i) => [key as string, records[i] as Tables[T]] as const);
      }),
    async write(operations) {
      if (operations.length === 0) return;
      await transact(
        operations.map((operation) => operation.table),
        async () => operations,
      );
    },
    update: <T extends TableName>(
      table: T,
      keys: readonly string[],
      change: (current: readonly (Tables[T] | undefined)[]) => readonly WriteOperation[],
      alsoWrites: readonly TableName[] = [],
    ) =>
      transact([table, ...alsoWrites], async (transaction) => {
        const records = transaction.objectStore(table);
        return change((await Promise.all(keys.map((key) => records.get(key)))) as (Tables[T] | undefined)[]);
      }),
    async withLock(name, mode, work) {
      guarded(() => connection.database);
      return await navigator.locks.request(`strata/${connection.name}/${name}`, { mode }, work);
    },
    onForeignWrite(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async estimate() {
      const { usage = 0, quota = Infinity } = await navigator.storage.estimate();
      return { usedBytes: usage, quotaBytes: quota, lasting: true };
    },
    close() {
      connection.close();
      listeners.clear();
      channel.close();
    },
  };
}

/** The keys that start with `prefix`: all from it up to the first text that no longer does. */
function rangeOf(prefix: string): IDBKeyRange | undefined {
  if (prefix === '') return undefined;
  const last = prefix.length - 1;
  const next = prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
  return IDBKeyRange.bound(prefix, next, false, true);
}

/** Applies what `work` decides, all or nothing. An error of `work` itself is passed on as it is. */
async function runTransaction(
  transaction: WriteTransaction,
  work: (transaction: WriteTransaction) => Promise<readonly WriteOperation[]>,
): Promise<readonly WriteOperation[]> {
  try {
    const operations = await work(transaction);
    for (const { table, key, record } of operations) {
      const store = transaction.objectStore(table);
      // A request that fails fails the transaction: the transaction's end tells it all.
      (record === undefined ? store.delete(key) : store.put(record, key)).catch(() => undefined);
    }
    await transaction.done;
    return operations;
  } catch (error) {
    transaction.done.catch(() => undefined);
    abort(transaction);
    throw storageError(error);
  }
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

async function read<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error);
  }
}

function guarded<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw storageError(error);
  }
}
