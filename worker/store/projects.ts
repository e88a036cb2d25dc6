/**
 * Projects: the build contexts a person works on. A project is saved on every pause in typing, so a save writes only what
 * changed: the bytes of each file are stored once by their digest, and the project's record is a list that names them.
 */
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import { digestHex } from '../oci/digest.ts';
import type { Database, WriteOperation } from './database.ts';
import {
  checkRecord,
  corruptRecord,
  isAmount,
  isObject,
  isText,
  listOf,
  listOfShape,
  oneOf,
  optional,
  type Shape,
} from './record.ts';
import { isStoredBytes, storedBytes, storedDigest, type StoredBytes } from './stored-bytes.ts';

/** One entry of a project's folder; `path` is relative, with slashes, without `..`. */
export interface ProjectFile {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Content of a file. */
  readonly body?: StoredBytes;
  /** Target of a symlink. */
  readonly target?: string;
  /** Permission bits, 0o644 by default. */
  readonly mode: number;
  readonly mtimeMs: number;
}

export interface ProjectBuildSettings {
  readonly target?: string;
  readonly platform?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly files: readonly ProjectFile[];
  /** Target stage, platform and arguments to build with, where not as by default. */
  readonly build?: ProjectBuildSettings;
  /** Hosts that a project from a link may ask; absent where it may ask all. */
  readonly allowedHosts?: readonly string[];
  /** Grows with each save; a save on top of another revision than the stored one is a conflict (two tabs). */
  readonly revision: number;
  readonly updatedMs: number;
}

/** A file as the project's record names it. */
export interface ProjectEntry extends Omit<ProjectFile, 'body'> {
  /** Hexadecimal sha256 of the content, under which `bodies` has it; absent where the file has no body. */
  readonly bodyHex?: string;
}

/** What is stored of a project beside the bytes of its files. */
export interface ProjectHead extends Omit<ProjectRecord, 'files'> {
  readonly entries: readonly ProjectEntry[];
}

export interface ProjectStore {
  list(): Promise<readonly Omit<ProjectRecord, 'files'>[]>;
  /** Throws `corrupt` naming the file whose bytes are gone. */
  get(id: string): Promise<ProjectRecord | undefined>;
  /**
   * Saves, and returns the new revision. Throws `conflict` when the stored revision is not `record.revision`; that of a
   * project that is not stored is 0. `updatedMs` is set here.
   */
  save(record: ProjectRecord): Promise<number>;
  remove(id: string): Promise<void>;
}

const ENTRY_SHAPE: Shape<ProjectEntry> = {
  path: isText,
  kind: oneOf('file', 'directory', 'symlink'),
  bodyHex: optional(isText),
  target: optional(isText),
  mode: isAmount,
  mtimeMs: (value) => typeof value === 'number',
};
const BUILD_SHAPE: Shape<ProjectBuildSettings> = {
  target: optional(isText),
  platform: optional(isText),
  buildArgs: optional((value) => isObject(value) && listOf(isText)(Object.values(value as object))),
};
const SHAPE: Shape<ProjectHead> = {
  id: isText,
  name: isText,
  revision: isAmount,
  updatedMs: isAmount,
  entries: listOfShape(ENTRY_SHAPE),
  build: optional((value) => listOfShape(BUILD_SHAPE)([value])),
  allowedHosts: optional(listOf(isText)),
};

const bodiesPrefix = (id: string): string => `projects/${id}/`;

/** The projects of a database. */
export function createProjectStore(database: Database, clock: Clock): ProjectStore {
  async function head(id: string): Promise<ProjectHead | undefined> {
    const record = await database.get('projects', id);
    return record && checkRecord('projects', id, record, SHAPE);
  }

  return {
    async list() {
      const entries = await database.entries('projects');
      return entries.map(([key, record]) => {
        const { id, name, revision, updatedMs } = checkRecord('projects', key, record, SHAPE);
        return { id, name, revision, updatedMs };
      });
    },
    async get(id) {
      const project = await head(id);
      if (project === undefined) return undefined;
      const { entries, ...rest } = project;
      const bodies = new Map(await database.entries('bodies', bodiesPrefix(id)));
      return { ...rest, files: entries.map((entry) => fileOf(id, entry, bodies)) };
    },
    async save(project) {
      const { id, name, revision, files, ...settings } = project;
      const bodies = new Map<string, StoredBytes>();
      const entries = await Promise.all(files.map((file) => entryOf(file, bodies)));
      const stored = new Set(await database.keys('bodies', bodiesPrefix(id)));
      const saved: ProjectHead = { ...settings, id, name, revision: revision + 1, updatedMs: clock.nowMs(), entries };
      await database.update(
        'projects',
        [id],
        ([current]) => {
          if ((current?.revision ?? 0) !== revision) throw savedElsewhere(name, id);
          return [{ table: 'projects', key: id, record: saved }, ...bodyChanges(id, bodies, stored)];
        },
        ['bodies'],
      );
      return saved.revision;
    },
    async remove(id) {
      const bodies = await database.keys('bodies', bodiesPrefix(id));
      await database.write([
        { table: 'projects', key: id, record: undefined },
        ...bodies.map((key) => ({ table: 'bodies', key, record: undefined }) as const),
      ]);
    },
  };
}

/** The entry of a file; its bytes are put into `bodies` by their digest. */
async function entryOf({ body, ...file }: ProjectFile, bodies: Map<string, StoredBytes>): Promise<ProjectEntry> {
  if (body === undefined) return file;
  const bodyHex = digestHex(await storedDigest(body, file.path));
  bodies.set(bodyHex, await storedBytes(body));
  return { ...file, bodyHex };
}

function fileOf(id: string, { bodyHex, ...file }: ProjectEntry, bodies: ReadonlyMap<string, unknown>): ProjectFile {
  if (bodyHex === undefined) return file;
  const body = bodies.get(bodiesPrefix(id) + bodyHex);
  if (!isStoredBytes(body)) throw corruptRecord('projects', id, file.path);
  return { ...file, body };
}

/** What brings the stored bytes of a project to what it now holds. */
function bodyChanges(
  id: string,
  bodies: ReadonlyMap<string, StoredBytes>,
  stored: ReadonlySet<string>,
): readonly WriteOperation[] {
  const wanted = new Map([...bodies].map(([bodyHex, body]) => [bodiesPrefix(id) + bodyHex, body]));
  const added = [...wanted].filter(([key]) => !stored.has(key));
  const gone = [...stored].filter((key) => !wanted.has(key));
  return [
    ...added.map(([key, record]) => ({ table: 'bodies', key, record }) as const),
    ...gone.map((key) => ({ table: 'bodies', key, record: undefined }) as const),
  ];
}

function savedElsewhere(name: string, id: string): EngineError {
  return new EngineError(
    'conflict',
    `"${name}" was saved in another tab meanwhile. Reload it there, or save it under another name.`,
    {
      data: { id },
    },
  );
}
