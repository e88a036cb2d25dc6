/** The versions of a file: one for each layer that has it, the newest first. */
import type { TraceLine } from '../../../worker/api/types.ts';

export interface FileVersion {
  readonly layer: number;
  readonly sizeBytes: number;
  /** The one that is seen. */
  readonly visible: boolean;
}

/** Versions of a path by its trace; none of what is no file. */
export function versionsOf(trace: readonly TraceLine[]): FileVersion[] {
  return trace.flatMap(({ says, layer, sizeBytes, visible }) =>
    says === 'found' && sizeBytes !== undefined ? [{ layer, sizeBytes, visible }] : [],
  );
}

/** The version that is shown at first: the one that is seen, else the newest that was hidden. */
export function firstShown(versions: readonly FileVersion[]): FileVersion | undefined {
  return versions.find(({ visible }) => visible) ?? versions[0];
}
