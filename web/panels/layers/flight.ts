/** Where a file goes when a container writes: what rises, what appears, what is hidden. */
import { isBareDirectory, type WriteEntry } from '../../state/write-log.ts';

/** What is seen of one write on the stack. */
export interface Ghost {
  readonly id: number;
  /** Last name of the path. */
  readonly name: string;
  /** The layer it rises from; undefined where it appears in the writable one. */
  readonly fromLayer: number | undefined;
  readonly copiedBytes: number;
  readonly hides: boolean;
}

/** More at once would be a swarm. */
const MOST_GHOSTS = 4;

/** The ghosts of entries that came together: of many the latest, and directories that came along are none. */
export function ghostsOf(entries: readonly WriteEntry[]): Ghost[] {
  return entries
    .filter((entry) => !isBareDirectory(entry))
    .slice(-MOST_GHOSTS)
    .map((entry) => ({
      id: entry.id,
      name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
      fromLayer: entry.kind === 'copy-up' ? entry.layer : undefined,
      copiedBytes: entry.copiedBytes,
      hides: entry.kind === 'whiteout' || entry.kind === 'opaque' || entry.kind === 'remove',
    }));
}
