/**
 * The connection to the browser's database: opening it with its migrations while other tabs may hold an older or a newer
 * version, and losing it again.
 */
import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { EngineError } from '../base/errors.ts';
import { closedError, storageError } from './indexeddb-errors.ts';
import { MIGRATIONS, type Migration } from './schema.ts';

export interface IndexedDatabaseOptions {
  /** Name of the database; another name is another world. */
  readonly name?: string;
  readonly migrations?: readonly Migration[];
  /** How long another tab may take to let go of an older version, 10 s by default. */
  readonly blockedLimitMs?: number;
  /** Called once when the browser or another tab takes the database away; calls throw this error from then on. */
  readonly onLost?: (error: EngineError) => void;
}

const DEFAULT_NAME = 'strata';
const BLOCKED_LIMIT_MS = 10_000;

/** The connection, and why it is gone once it is. */
export class Connection {
  readonly name: string;
  readonly #options: IndexedDatabaseOptions;
  #database: IDBPDatabase | undefined;
  #gone: EngineError | undefined;

  constructor(options: IndexedDatabaseOptions) {
    this.name = options.name ?? DEFAULT_NAME;
    this.#options = options;
  }

  /** Throws `storage`, or what a migration threw. */
  async open(): Promise<void> {
    const { migrations = MIGRATIONS, blockedLimitMs = BLOCKED_LIMIT_MS } = this.#options;
    const blocked = new AbortController();
    let failedMigration: unknown;
    // A sandboxed page is refused at the call itself.
    const opening = Promise.resolve().then(() =>
      openDB(this.name, migrations.length, {
        upgrade(database, oldVersion, _newVersion, transaction) {
          migrate(migrations.slice(oldVersion), database, transaction).catch((error: unknown) => {
            failedMigration = error;
            transaction.done.catch(() => undefined);
            transaction.abort();
          });
        },
        blocked: () => blocked.abort(),
        blocking: () => this.#lose('outdated'),
        terminated: () => this.#lose('terminated'),
      }),
    );
    try {
      this.#database = await withinBlockedLimit(opening, blocked.signal, blockedLimitMs);
    } catch (error) {
      // Should the browser open it after all, nobody is there to use it.
      void opening.then(
        (database) => database.close(),
        () => undefined,
      );
      throw storageError(failedMigration ?? error);
    }
  }

  /** The open database. Throws why it is not. */
  get database(): IDBPDatabase {
    if (this.#gone !== undefined) throw this.#gone;
    if (this.#database === undefined) throw closedError('closed');
    return this.#database;
  }

  close(): void {
    this.#gone ??= closedError('closed');
    this.#database?.close();
  }

  #lose(why: 'outdated' | 'terminated'): void {
    this.#gone = closedError(why);
    this.#database?.close();
    this.#options.onLost?.(this.#gone);
  }
}

/** A migration that fails leaves the database as the old version had it. */
async function migrate(
  migrations: readonly Migration[],
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
): Promise<void> {
  for (const migration of migrations) await migration(database, transaction);
}

/** Waits for the database; once another tab is known to hold it, for a limited time. */
async function withinBlockedLimit(
  opening: Promise<IDBPDatabase>,
  blocked: AbortSignal,
  limitMs: number,
): Promise<IDBPDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    blocked.addEventListener('abort', () => {
      timer = setTimeout(() => reject(closedError('blocked')), limitMs);
    });
  });
  try {
    return await Promise.race([opening, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
