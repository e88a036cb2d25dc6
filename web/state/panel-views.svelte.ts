/**
 * How panels were left: the view that was chosen, filters, what was unfolded, how far they were scrolled. It lasts as long as the
 * page, so that a panel one comes back to is as it was.
 */
import type { BuildOutline } from '../../worker/api/types.ts';
import type { Move } from '../panels/cache/what-if.ts';
import type { ChangeFilter } from '../panels/files/union-rows.ts';
import type { ScanView } from '../panels/scan/scan-words.ts';
import type { ScrollPlace } from '../ui/scroll-place.ts';

/** Which versions are shown of a file: their layers; those the panel chooses where they are absent. */
export interface FileVersions {
  readonly path: string;
  readonly layer?: number | undefined;
  readonly beside?: number | undefined;
}

export interface FilesView {
  text: string;
  changes: ReadonlySet<ChangeFilter>;
  leastBytes: number;
  showDeleted: boolean;
  /** Folders opened and closed by hand. */
  turned: ReadonlySet<string>;
  versions: FileVersions;
}

interface WasteView {
  view: 'causes' | 'map';
  by: 'path' | 'layer';
  asTable: boolean;
  /** The place in the map that fills it. */
  focus: string;
  /** Causes of which all files are listed. */
  unfolded: ReadonlySet<string>;
}

export class PanelViews {
  readonly files = $state<FilesView>({
    text: '',
    changes: new Set(),
    leastBytes: 0,
    showDeleted: true,
    turned: new Set(),
    versions: { path: '' },
  });
  readonly waste = $state<WasteView>({ view: 'causes', by: 'path', asTable: false, focus: '', unfolded: new Set() });
  readonly scan = $state<{ view: ScanView; packages: string }>({
    view: 'advisories',
    packages: '',
  });
  cache = $state<'builds' | 'what-if'>('builds');
  /** The file that “What if” asks about. */
  askedFile = $state<string | undefined>();
  /** The move that “What if” proposes; void in any outline but its own. */
  move = $state.raw<{ readonly move: Move; readonly outline: BuildOutline } | undefined>();
  /** The log of writes tells all containers of the image together. */
  allWriters = $state(false);
  /** What is to be pulled. */
  readonly pull = $state({ reference: '', platform: 'linux/amd64' });
  /** The command line being typed for a container. */
  commandLine = $state('');
  /** Steps of the build log opened or closed by hand. */
  turnedSteps = $state.raw<ReadonlySet<string>>(new Set());
  /** Every problem is listed, not the first of them alone. */
  allProblems = $state(false);
  /** Folders of the build context that are folded. */
  foldedFolders = $state.raw<ReadonlySet<string>>(new Set());
  readonly #places = new Map<string, ScrollPlace>();

  /** Where something was scrolled to, by a name of its own; at its beginning, and following its end, when it is new. */
  place(name: string): ScrollPlace {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = { px: 0, atEnd: true };
    this.#places.set(name, place);
    return place;
  }
}
