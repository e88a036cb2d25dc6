/** Containers: what was run of which image, with its writable layer. */
import { EngineError } from '../base/errors.ts';
import type { ContainerConfig } from '../oci/config.ts';
import type { ChainID, DiffID } from '../oci/digest.ts';
import type { Database } from './database.ts';
import type { ImageID } from './images.ts';
import { againstGc } from './locks.ts';
import { checkRecord, isAmount, isDigestText, isObject, isText, oneOf, optional, type Shape } from './record.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

export interface ContainerRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Without the slash Docker puts in front. */
  readonly name: string;
  readonly imageID: ImageID;
  /** The name the image was asked for by. */
  readonly imageName: string;
  /** The layers it stands on; gc keeps them even when the image record goes. Absent for an image without layers. */
  readonly chainID?: ChainID;
  readonly config: ContainerConfig;
  readonly state: ContainerState;
  readonly exitCode: number;
  readonly createdMs: number;
  readonly startedMs?: number;
  readonly finishedMs?: number;
  readonly error?: string;
  /** The writable layer as it was last saved, stored like any layer; undefined while nothing was written. */
  readonly upper?: DiffID;
  /** Options that are not part of the image's config (ports, mounts, restart policy), as the command line gave them. */
  readonly hostConfig: Readonly<Record<string, unknown>>;
}

export interface ContainerStore {
  get(id: string): Promise<ContainerRecord | undefined>;
  /** Stores it, or replaces it. Throws `not-found` when the layer `upper` or the chain is not stored. */
  put(record: ContainerRecord): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly ContainerRecord[]>;
}

const SHAPE: Shape<ContainerRecord> = {
  id: isText,
  name: isText,
  imageID: isDigestText,
  imageName: isText,
  chainID: optional(isDigestText),
  config: isObject,
  state: oneOf('created', 'running', 'paused', 'restarting', 'exited', 'dead'),
  exitCode: (value) => typeof value === 'number',
  createdMs: isAmount,
  startedMs: optional(isAmount),
  finishedMs: optional(isAmount),
  error: optional(isText),
  upper: optional(isDigestText),
  hostConfig: isObject,
};

/** The container store over a database. */
export function createContainerStore(database: Database): ContainerStore {
  return {
    async get(id) {
      const record = await database.get('containers', id);
      return record && checkRecord('containers', id, record, SHAPE);
    },
    put: (record) =>
      againstGc(database, async () => {
        await assertStored(database, 'layers', record.upper);
        await assertStored(database, 'snapshots', record.chainID);
        await database.write([{ table: 'containers', key: record.id, record }]);
      }),
    remove: (id) => againstGc(database, () => database.write([{ table: 'containers', key: id, record: undefined }])),
    async list() {
      const entries = await database.entries('containers');
      return entries.map(([key, record]) => checkRecord('containers', key, record, SHAPE));
    },
  };
}

async function assertStored(
  database: Database,
  table: 'layers' | 'snapshots',
  digest: string | undefined,
): Promise<void> {
  if (digest === undefined || (await database.has(table, digest))) return;
  throw new EngineError('not-found', `${table}/${digest} is not stored`, { data: { digest } });
}
