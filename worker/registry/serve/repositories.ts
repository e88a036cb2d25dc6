/** What the in-page registry knows of its repositories: tags, manifests, and which blobs each may serve. */
import { EngineError } from '../../base/errors.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import type { Database } from '../../store/database.ts';

export interface RepositoryRecord {
  readonly tags: Readonly<Record<string, Digest>>;
  /** Manifests and indexes with their media type, tagged or not. */
  readonly manifests: Readonly<Record<Digest, string>>;
  /** A repository serves what was pushed or mounted into it, though others share the stored bytes. */
  readonly blobs: readonly Digest[];
}

export const EMPTY_REPOSITORY: RepositoryRecord = { tags: {}, manifests: {}, blobs: [] };

/** Repositories by name. */
export interface RepositoryTable {
  get(name: string): Promise<RepositoryRecord | undefined>;
  /** In code unit order. */
  names(): Promise<readonly string[]>;
  /** Replaces a record by what `change` makes of it, with no other change in between. */
  update(name: string, change: (record: RepositoryRecord) => RepositoryRecord): Promise<void>;
}

const PREFIX = 'registry/';

/** Repositories kept among a database's settings, shared by all tabs. */
export function storedRepositories(database: Database): RepositoryTable {
  const get = async (name: string): Promise<RepositoryRecord | undefined> => {
    const record = await database.get('settings', PREFIX + name);
    return record === undefined ? undefined : readRecord(record);
  };
  return {
    get,
    async names() {
      return (await database.keys('settings', PREFIX)).map((key) => key.slice(PREFIX.length));
    },
    update: (name, change) =>
      database.withLock(`${PREFIX}${name}`, 'exclusive', async () => {
        const record = change((await get(name)) ?? EMPTY_REPOSITORY);
        await database.write([{ table: 'settings', key: PREFIX + name, record }]);
      }),
  };
}

/** A stored record, checked: settings hold anything. */
function readRecord(value: unknown): RepositoryRecord {
  const fields = typeof value === 'object' && value !== null ? value : {};
  const tags: unknown = Reflect.get(fields, 'tags');
  const manifests: unknown = Reflect.get(fields, 'manifests');
  const blobs: unknown = Reflect.get(fields, 'blobs');
  if (
    typeof tags !== 'object' ||
    tags === null ||
    typeof manifests !== 'object' ||
    manifests === null ||
    !Array.isArray(blobs)
  ) {
    throw new EngineError('corrupt', 'A stored repository of the registry cannot be read.');
  }
  return {
    tags: Object.fromEntries(Object.entries(tags).flatMap(([tag, digest]: [string, unknown]) => entryIf(tag, digest))),
    manifests: Object.fromEntries(
      Object.entries(manifests).flatMap(([digest, type]: [string, unknown]) =>
        isDigest(digest) && typeof type === 'string' ? [[digest, type]] : [],
      ),
    ),
    blobs: blobs.filter((digest: unknown): digest is Digest => typeof digest === 'string' && isDigest(digest)),
  };
}

function entryIf(tag: string, digest: unknown): [string, Digest][] {
  return typeof digest === 'string' && isDigest(digest) ? [[tag, digest]] : [];
}
