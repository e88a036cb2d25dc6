/** Volumes: directories that outlive containers. What a volume holds is stored as a layer, like any writable file system. */
import { EngineError } from '../base/errors.ts';
import type { DiffID } from '../oci/digest.ts';
import type { Database } from './database.ts';
import { againstGc } from './locks.ts';
import { checkRecord, isAmount, isDigestText, isObject, isText, optional, type Shape } from './record.ts';

export interface VolumeRecord {
  readonly name: string;
  readonly createdMs: number;
  /** Null where none were given, as Docker tells the two apart. */
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  /** Made for a container that asked for a volume without a name. */
  readonly anonymous: boolean;
  /** What it held when it was last saved; undefined while it never held anything. */
  readonly content?: DiffID;
}

export interface VolumeStore {
  get(name: string): Promise<VolumeRecord | undefined>;
  /** Stores it, or replaces it. Throws `not-found` when the layer `content` is not stored. */
  put(record: VolumeRecord): Promise<void>;
  remove(name: string): Promise<void>;
  /** By name. */
  list(): Promise<readonly VolumeRecord[]>;
}

const isOptionalMap = (value: unknown): boolean => value === null || isObject(value);

const SHAPE: Shape<VolumeRecord> = {
  name: isText,
  createdMs: isAmount,
  labels: isOptionalMap,
  options: isOptionalMap,
  anonymous: (value) => typeof value === 'boolean',
  content: optional(isDigestText),
};

/** The volume store over a database. */
export function createVolumeStore(database: Database): VolumeStore {
  return {
    async get(name) {
      const record = await database.get('volumes', name);
      return record && checkRecord('volumes', name, record, SHAPE);
    },
    put: (record) =>
      againstGc(database, async () => {
        const { content } = record;
        if (content !== undefined && !(await database.has('layers', content))) {
          throw new EngineError('not-found', `layers/${content} is not stored`, { data: { digest: content } });
        }
        await database.write([{ table: 'volumes', key: record.name, record }]);
      }),
    remove: (name) => againstGc(database, () => database.write([{ table: 'volumes', key: name, record: undefined }])),
    async list() {
      const entries = await database.entries('volumes');
      return entries.map(([key, record]) => checkRecord('volumes', key, record, SHAPE));
    },
  };
}
