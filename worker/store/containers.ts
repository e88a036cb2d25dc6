/** Containers: what was run of which image, with its writable layer and what its processes printed. */
import { EngineError } from '../base/errors.ts';
import type { ContainerConfig } from '../oci/config.ts';
import type { ChainID, DiffID } from '../oci/digest.ts';
import type { Database } from './database.ts';
import type { ImageID } from './images.ts';
import { againstGc } from './locks.ts';
import {
  checkRecord,
  corruptRecord,
  isAmount,
  isDigestText,
  isObject,
  isText,
  listOfShape,
  oneOf,
  optional,
  type Shape,
} from './record.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

/** Settings of a container beyond those an image has, as `docker inspect` tells them under `Config`. */
export interface ContainerSettings extends ContainerConfig {
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly StdinOnce?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
}

/** A file system that a container sees at a path. */
export interface MountRecord {
  readonly type: 'volume' | 'bind' | 'tmpfs';
  /** Of a volume. */
  readonly name?: string;
  /** The directory of the host that is bound; empty for the rest. */
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
  /** As it was written behind the second colon of `-v`. */
  readonly mode: string;
  /** It was asked for with `--mount`. */
  readonly explicit?: boolean;
}

/** How a container is connected to a network. */
export interface EndpointRecord {
  /** The network's name. */
  readonly network: string;
  /** Further names it has there. */
  readonly aliases: readonly string[];
  /** The address it asked for. */
  readonly address?: string;
}

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
  readonly config: ContainerSettings;
  readonly state: ContainerState;
  readonly exitCode: number;
  readonly createdMs: number;
  readonly startedMs?: number;
  readonly finishedMs?: number;
  readonly error?: string;
  readonly outOfMemory?: boolean;
  /** How often its restart policy has started it again. */
  readonly restartCount?: number;
  readonly mounts?: readonly MountRecord[];
  /** Absent in records older than networks that people make: it is on the one its `NetworkMode` names. */
  readonly networks?: readonly EndpointRecord[];
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
  /** What its processes printed, oldest first; empty for a container without a log. */
  log(id: string): Promise<readonly LogEntry[]>;
  /** Adds a piece behind the pieces that are there; with `fresh` it replaces them. */
  appendLog(id: string, entries: readonly LogEntry[], fresh: boolean): Promise<void>;
}

/** A line a process printed, or the part of a long one. */
export interface LogEntry {
  readonly stream: 1 | 2;
  readonly timeMs: number;
  /** With the line's end, where it had one. */
  readonly data: Uint8Array;
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
  outOfMemory: optional((value) => typeof value === 'boolean'),
  restartCount: optional(isAmount),
  mounts: optional(
    listOfShape<MountRecord>({
      type: oneOf('volume', 'bind', 'tmpfs'),
      name: optional(isText),
      source: isText,
      destination: isText,
      readOnly: (value) => typeof value === 'boolean',
      mode: isText,
      explicit: optional((value) => typeof value === 'boolean'),
    }),
  ),
  networks: optional(
    listOfShape<EndpointRecord>({
      network: isText,
      aliases: (value) => Array.isArray(value) && value.every(isText),
      address: optional(isText),
    }),
  ),
  upper: optional(isDigestText),
  hostConfig: isObject,
};

/** Digits of a log piece's number in its key, so that keys sort as the pieces follow each other. */
const PIECE_DIGITS = 8;

const logPrefix = (id: string): string => `${id}/`;

const isLogPiece = listOfShape<LogEntry>({
  stream: (value) => value === 1 || value === 2,
  timeMs: isAmount,
  data: (value) => value instanceof Uint8Array,
});

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
    async remove(id) {
      const log = await database.keys('containerLogs', logPrefix(id));
      const pieces = log.map((key) => ({ table: 'containerLogs', key, record: undefined }) as const);
      await againstGc(database, () => database.write([{ table: 'containers', key: id, record: undefined }, ...pieces]));
    },
    async log(id) {
      const pieces = await database.entries('containerLogs', logPrefix(id));
      return pieces.flatMap(([key, piece]) => {
        if (!isLogPiece(piece)) throw corruptRecord('containerLogs', key, 'the record itself');
        return piece;
      });
    },
    async appendLog(id, entries, fresh) {
      const there = await database.keys('containerLogs', logPrefix(id));
      const gone = fresh ? there : [];
      const last = fresh ? undefined : there.at(-1);
      const number = last === undefined ? 0 : Number(last.slice(logPrefix(id).length)) + 1;
      await database.write([
        ...gone.map((key) => ({ table: 'containerLogs', key, record: undefined }) as const),
        { table: 'containerLogs', key: logPrefix(id) + String(number).padStart(PIECE_DIGITS, '0'), record: entries },
      ]);
    },
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
