/**
 * A {@link Database} in memory: for Node, for tests, and for a browser that refuses to store. Several handles on one
 * {@link MemoryStorage} act as tabs of one origin do: they see each other's writes, wait for each other's locks, and hear
 * of each other's changes.
 */
import { EngineError } from '../base/errors.ts';
import type { Database, TableName, Tables, WriteOperation } from './database.ts';
import { NamedLocks } from './named-locks.ts';
import { bytesLength, isStoredBytes } from './stored-bytes.ts';

type Listener = (table: TableName) => void;

/** What the handles share. */
export interface MemoryStorage {
  readonly quotaBytes: number;
  readonly tables: { readonly [T in TableName]: Map<string, Tables[T]> };
  readonly locks: NamedLocks;
  readonly handles: Set<{ readonly listeners: Set<Listener> }>;
}

/** Storage without records. Bodies beyond `quotaBytes` are refused; other records count for nothing. */
export function createMemoryStorage(quotaBytes = Infinity): MemoryStorage {
  return {
    quotaBytes,
    tables: {
      content: new Map(),
      layers: new Map(),
      layerIndexes: new Map(),
      bodies: new Map(),
      snapshots: new Map(),
      images: new Map(),
      references: new Map(),
      buildCache: new Map(),
      buildCacheParts: new Map(),
      lineages: new Map(),
      containers: new Map(),
      containerLogs: new Map(),
      volumes: new Map(),
      networks: new Map(),
      leases: new Map(),
      projects: new Map(),
      settings: new Map(),
    },
    locks: new NamedLocks(),
    handles: new Set(),
  };
}

/** A handle on storage in memory: on `storage`, or on one of its own. Closing it releases its locks, as closing a tab does. */
export function createMemoryDatabase(storage: MemoryStorage = createMemoryStorage()): Database {
  const self = { listeners: new Set<Listener>() };
  const held = new Set<() => void>();
  let closed = false;
  storage.handles.add(self);

  const assertOpen = (): void => {
    if (closed) throw new EngineError('storage', 'The database is closed.');
  };

  const tableOf = <T extends TableName>(table: T): Map<string, Tables[T]> => {
    assertOpen();
    return storage.tables[table];
  };

  const apply = (operations: readonly WriteOperation[]): void => {
    // Cloned first, and counted: a record that cannot be stored must not leave half a batch behind.
    const cloned = operations.map(cloneOperation);
    assertRoom(storage, cloned);
    for (const operation of cloned) applyOperation(storage, operation);
    const tables = new Set(cloned.map((operation) => operation.table));
    for (const other of storage.handles) {
      if (other === self) continue;
      for (const listener of other.listeners) for (const table of tables) queueMicrotask(() => listener(table));
    }
  };

  return {
    get: async (table, key) => tableOf(table).get(key),
    has: async (table, key) => tableOf(table).has(key),
    keys: async (table, prefix = '') => sortedKeys(tableOf(table), prefix),
    async entries<T extends TableName>(table: T, prefix = '') {
      const map = tableOf(table);
      return sortedKeys(map, prefix).map((key) => [key, map.get(key) as Tables[T]] as const);
    },
    async write(operations) {
      assertOpen();
      apply(operations);
    },
    async update(table, keys, change) {
      const records = tableOf(table);
      apply(change(keys.map((key) => records.get(key))));
    },
    async withLock(name, mode, work) {
      assertOpen();
      const release = await storage.locks.acquire(name, mode);
      held.add(release);
      try {
        assertOpen();
        return await work();
      } finally {
        held.delete(release);
        release();
      }
    },
    onForeignWrite(listener) {
      self.listeners.add(listener);
      return () => self.listeners.delete(listener);
    },
    estimate: async () => ({ usedBytes: usedBytes(storage), quotaBytes: storage.quotaBytes, lasting: false }),
    close() {
      closed = true;
      storage.handles.delete(self);
      self.listeners.clear();
      for (const release of held) release();
    },
  };
}

function cloneOperation(operation: WriteOperation): WriteOperation {
  try {
    return structuredClone(operation);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('internal', `A record cannot be stored: ${reason}`, { cause: error });
  }
}

function applyOperation<T extends TableName>(
  storage: MemoryStorage,
  operation: { readonly table: T; readonly key: string; readonly record: Tables[T] | undefined },
): void {
  const map: Map<string, Tables[T]> = storage.tables[operation.table];
  if (operation.record === undefined) map.delete(operation.key);
  else map.set(operation.key, operation.record);
}

function sortedKeys(map: ReadonlyMap<string, unknown>, prefix: string): string[] {
  return [...map.keys()].filter((key) => key.startsWith(prefix)).sort();
}

function usedBytes(storage: MemoryStorage): number {
  let sum = 0;
  for (const body of storage.tables.bodies.values()) sum += bytesLength(body);
  return sum;
}

function assertRoom(storage: MemoryStorage, operations: readonly WriteOperation[]): void {
  if (storage.quotaBytes === Infinity) return;
  let added = 0;
  for (const { table, key, record } of operations) {
    if (table !== 'bodies') continue;
    const before = storage.tables.bodies.get(key);
    added += (isStoredBytes(record) ? bytesLength(record) : 0) - (before === undefined ? 0 : bytesLength(before));
  }
  if (added > 0 && usedBytes(storage) + added > storage.quotaBytes) {
    throw new EngineError(
      'storage',
      'No room left in memory for Strata. Remove images or build cache, then try again.',
      {
        data: { quotaBytes: storage.quotaBytes },
      },
    );
  }
}
