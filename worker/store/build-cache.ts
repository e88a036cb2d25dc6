/** The build cache: results of steps by cache key, with the key's named parts so that a miss can be explained. */
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import type { ChainID, Digest } from '../oci/digest.ts';
import type { Database, WriteOperation } from './database.ts';
import { againstGc } from './locks.ts';
import { RecentCache } from './recent-cache.ts';
import {
  checkRecord,
  corruptRecord,
  isAmount,
  isDigestText,
  isText,
  listOfShape,
  optional,
  type Shape,
} from './record.ts';

/** One named part of a cache key (see `build/cache-key.ts`). */
export interface KeyPart {
  /** `parent`, `instruction`, `argument`, `environment`, `file`, `image`, `mount`, `other`. */
  readonly kind: 'parent' | 'instruction' | 'argument' | 'environment' | 'file' | 'image' | 'mount' | 'other';
  /** What it is the part of: a path, an argument's name; empty where the kind says it all. */
  readonly name: string;
  /** Its value, or a digest of it where the value is long. */
  readonly value: string;
}

/** A cached step without its key's parts, which may be thousands. */
export interface BuildCacheHead {
  /** Digest over the parts; also the table's key. */
  readonly key: Digest;
  /** Equal for the "same" step across edits (stage and position in it): what a new key is compared with to explain a miss. */
  readonly lineage: string;
  /** The file system after the step; undefined for an empty one. */
  readonly result?: ChainID;
  /** Bytes the step added. */
  readonly sizeBytes: number;
  /** As the step was shown, e.g. `[build 2/4] RUN make`. */
  readonly description: string;
  /** Set where a program of the step was simulated. */
  readonly simulated?: string;
  /** Equal where the same was looked for in the same stored layers: then the parts that came of it are the same too. */
  readonly sourcesKey?: Digest;
  readonly createdMs: number;
  readonly lastUsedMs: number;
  readonly usageCount: number;
}

export interface BuildCacheRecord extends BuildCacheHead {
  readonly parts: readonly KeyPart[];
}

/** The key last used in a lineage. */
export interface LineageRecord {
  readonly key: Digest;
}

export interface BuildCache {
  /**
   * From memory where it was read or written here, and no other tab has written to the cache since: uses may have been counted
   * meanwhile, and what it leads to may be gone.
   */
  get(key: Digest): Promise<BuildCacheHead | undefined>;
  /** The result of the record of a lineage that was last read or written here. Nothing is read. */
  expected(lineage: string): ChainID | undefined;
  /** Throws `not-found` when the result is not stored: a hit must never lead nowhere. */
  put(record: BuildCacheRecord): Promise<void>;
  /** Notes a use of each, for pruning by age. A key that is gone is no error. */
  touch(keys: readonly Digest[]): Promise<void>;
  /** The most recently used record of a lineage. */
  latest(lineage: string): Promise<BuildCacheRecord | undefined>;
  list(): Promise<readonly BuildCacheHead[]>;
  remove(keys: readonly Digest[]): Promise<void>;
}

const HEAD_SHAPE: Shape<BuildCacheHead> = {
  key: isDigestText,
  lineage: isText,
  result: optional(isDigestText),
  sizeBytes: isAmount,
  description: isText,
  simulated: optional(isText),
  sourcesKey: optional(isDigestText),
  createdMs: isAmount,
  lastUsedMs: isAmount,
  usageCount: isAmount,
};
/** Records that a session keeps in memory. */
const REMEMBERED_RECORDS = 5000;
const PARTS_CHECK = listOfShape<KeyPart>({ kind: isText, name: isText, value: isText });

/** The build cache over a database. */
export function createBuildCache(database: Database, clock: Clock): BuildCache {
  const heads = new RecentCache<BuildCacheHead>(REMEMBERED_RECORDS);
  const results = new RecentCache<ChainID>(REMEMBERED_RECORDS);
  let timesForgotten = 0;
  database.onForeignWrite((table) => {
    if (table === 'buildCache') forget();
  });

  function forget(): void {
    heads.clear();
    timesForgotten++;
  }

  function learn(head: BuildCacheHead): BuildCacheHead {
    heads.set(head.key, head, 1);
    if (head.result !== undefined) results.set(head.lineage, head.result, 1);
    return head;
  }

  async function get(key: Digest): Promise<BuildCacheHead | undefined> {
    const known = heads.get(key);
    if (known !== undefined) return learn(known);
    const asked = timesForgotten;
    const head = await read(key);
    // what was forgotten meanwhile may be gone
    return head && asked === timesForgotten ? learn(head) : head;
  }

  async function read(key: Digest): Promise<BuildCacheHead | undefined> {
    const head = await database.get('buildCache', key);
    return head && checkRecord('buildCache', key, head, HEAD_SHAPE);
  }

  async function list(): Promise<readonly BuildCacheHead[]> {
    const entries = await database.entries('buildCache');
    return entries.map(([key, head]) => checkRecord('buildCache', key, head, HEAD_SHAPE));
  }

  return {
    get,
    expected: (lineage) => results.get(lineage),
    list,
    put: async ({ parts, ...head }) => {
      await againstGc(database, async () => {
        if (head.result !== undefined && !(await database.has('snapshots', head.result))) {
          throw new EngineError('not-found', `snapshot ${head.result} is not stored`, {
            data: { digest: head.result },
          });
        }
        await database.write([
          { table: 'buildCache', key: head.key, record: head },
          { table: 'buildCacheParts', key: head.key, record: parts },
          { table: 'lineages', key: head.lineage, record: { key: head.key } },
        ]);
      });
      learn(head);
    },
    async touch(keys) {
      if (keys.length === 0) return;
      const nowMs = clock.nowMs();
      const use = (head: BuildCacheHead): WriteOperation[] => [
        {
          table: 'buildCache',
          key: head.key,
          record: { ...head, lastUsedMs: nowMs, usageCount: head.usageCount + 1 },
        },
        { table: 'lineages', key: head.lineage, record: { key: head.key } },
      ];
      await database.update(
        'buildCache',
        keys,
        (current) => current.flatMap((head) => (head === undefined ? [] : use(head))),
        ['lineages'],
      );
    },
    async latest(lineage) {
      const pointer = await database.get('lineages', lineage);
      if (pointer === undefined) return undefined;
      const [head, parts] = await Promise.all([read(pointer.key), database.get('buildCacheParts', pointer.key)]);
      if (head === undefined) return undefined;
      if (parts === undefined || !PARTS_CHECK(parts)) throw corruptRecord('buildCacheParts', pointer.key, 'parts');
      return { ...head, parts };
    },
    remove: (keys) =>
      againstGc(database, async () => {
        const gone = new Set<string>(keys);
        await database.write([...keys.flatMap(deletion), ...lineageRepairs(await list(), gone)]);
        forget();
      }),
  };
}

function deletion(key: Digest): readonly WriteOperation[] {
  return [
    { table: 'buildCache', key, record: undefined },
    { table: 'buildCacheParts', key, record: undefined },
  ];
}

/** Points each lineage that loses a record at the most recently used of those that stay. */
function lineageRepairs(heads: readonly BuildCacheHead[], gone: ReadonlySet<string>): readonly WriteOperation[] {
  const touched = new Set(heads.filter((head) => gone.has(head.key)).map((head) => head.lineage));
  return [...touched].map((lineage) => {
    const stay = heads.filter((head) => head.lineage === lineage && !gone.has(head.key));
    const latest = stay.reduce<BuildCacheHead | undefined>(
      (best, head) => (best === undefined || head.lastUsedMs > best.lastUsedMs ? head : best),
      undefined,
    );
    return { table: 'lineages', key: lineage, record: latest && { key: latest.key } };
  });
}
