/** Databases that watch what is written, or refuse it. */
import { EngineError } from '../../worker/base/errors.ts';
import type { Database, WriteOperation } from '../../worker/store/database.ts';

/** A database whose batches pass `inspect` before they are written; what it throws refuses the batch. */
function inspected(database: Database, inspect: (operations: readonly WriteOperation[]) => void): Database {
  return {
    ...database,
    async write(operations) {
      inspect(operations);
      await database.write(operations);
    },
    update: (table, keys, change, alsoWrites) =>
      database.update(
        table,
        keys,
        (current) => {
          const operations = change(current);
          inspect(operations);
          return operations;
        },
        alsoWrites,
      ),
  };
}

/** Remembers every operation that is written. */
export function countingDatabase(database: Database): { database: Database; written: () => readonly WriteOperation[] } {
  const seen: WriteOperation[] = [];
  return { database: inspected(database, (operations) => seen.push(...operations)), written: () => seen };
}

/** Refuses any batch that writes to `bodies`, as a browser without room does. */
export function fullDatabase(database: Database): Database {
  return inspected(database, (operations) => {
    if (!operations.some(({ table, record }) => table === 'bodies' && record !== undefined)) return;
    throw new EngineError('storage', 'No room left.');
  });
}

/** Writes `batches` batches and then no more: what a tab leaves that is killed at that point. */
export function dyingDatabase(database: Database, batches: number): Database {
  let left = batches;
  return inspected(database, () => {
    if (left-- <= 0) throw new EngineError('storage', 'The tab is gone.');
  });
}
