/** What comes of the vertices of a build. */
import type { EngineError } from '../base/errors.ts';
import type { CacheVerdict } from '../base/progress.ts';
import { EMPTY_TREE } from '../vfs/merge.ts';
import { openFileSystem, type SolvedFileSystem } from './solved-file-system.ts';

/** What came of one vertex. */
export interface Solved {
  readonly fileSystem: SolvedFileSystem;
  /** It made a layer, of this many logical bytes. */
  readonly layer?: { readonly sizeBytes: number };
  /** When its layer was made, in the build's time (`stepTimeMs`), milliseconds. */
  readonly createdMs?: number;
  readonly cache?: CacheVerdict;
  readonly simulated?: string;
  /** The step failed; `fileSystem` is how it left things. */
  readonly failure?: EngineError;
}

/** What a stage from scratch begins with. */
export const EMPTY_ROOT: Solved = { fileSystem: openFileSystem({ tree: EMPTY_TREE }) };
