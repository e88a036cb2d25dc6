/**
 * The schema of the browser's database, with the way from each version to the next. A version that was released is never
 * edited: a change is a further migration at the end of the list, and the version is the length of the list.
 */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { TableName } from '../store/database.ts';

/** Brings a database from the version before to this one, inside the upgrade's transaction; it may await that alone. */
export type Migration = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

const FIRST_TABLES: readonly TableName[] = [
  'content',
  'layers',
  'layerIndexes',
  'bodies',
  'snapshots',
  'images',
  'references',
  'buildCache',
  'buildCacheParts',
  'lineages',
  'containers',
  'leases',
  'projects',
  'settings',
];

/** Keys are strings beside the records, so a table needs no more than its name. */
const createTables: Migration = (database) => {
  for (const table of FIRST_TABLES) database.createObjectStore(table);
};

/** Containers keep what they print, and volumes outlive them. */
const addVolumes: Migration = (database) => {
  database.createObjectStore('containerLogs' satisfies TableName);
  database.createObjectStore('volumes' satisfies TableName);
};

/** People make networks for their containers. */
const addNetworks: Migration = (database) => {
  database.createObjectStore('networks' satisfies TableName);
};

export const MIGRATIONS: readonly Migration[] = [createTables, addVolumes, addNetworks];
