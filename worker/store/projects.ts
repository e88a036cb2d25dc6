/** Projects: the build contexts a person works on. */

/** One entry of a project's folder; `path` is relative, with slashes, without `..`. */
export interface ProjectFile {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Content of a file. */
  readonly body?: Blob | Uint8Array<ArrayBuffer>;
  /** Target of a symlink. */
  readonly target?: string;
  /** Permission bits, 0o644 by default. */
  readonly mode: number;
  readonly mtimeMs: number;
}

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly files: readonly ProjectFile[];
  /** Grows with each save; a save on top of another revision than the stored one is a conflict (two tabs). */
  readonly revision: number;
  readonly updatedMs: number;
}

export interface ProjectStore {
  list(): Promise<readonly Omit<ProjectRecord, 'files'>[]>;
  get(id: string): Promise<ProjectRecord | undefined>;
  /** Saves, and returns the new revision. Throws `conflict` when the stored revision is not `record.revision`. */
  save(record: ProjectRecord): Promise<number>;
  remove(id: string): Promise<void>;
}
