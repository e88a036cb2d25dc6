/** Edits that a page took with it: kept in localStorage, which answers while a page closes, until a later page has stored them. */
import type { ContextFile } from '../../worker/api/types.ts';
import type { ProjectFiles } from './project-files.ts';
import { fieldsOf, storedFields } from './stored-fields.ts';

const PREFIX = 'strata.unsaved.';

/** Longer ones are not kept, in characters: a browser gives five million to all of a site. */
const MAX_LENGTH = 2_000_000;

/** One file, as it was stored and as it was edited; null where there was none. */
interface Change {
  readonly path: string;
  readonly was: ContextFile | null;
  readonly is: ContextFile | null;
}

/** What was edited in a project and not stored. */
export interface UnsavedEdits {
  readonly id: string;
  readonly name: string;
  /** Revision of the project that was edited; 0 for one that was never stored. */
  readonly revision: number;
  readonly leftMs: number;
  readonly changes: readonly Change[];
}

/** Unsaved edits of this browser, one entry for each project. Works without storage too: then there are none. */
export class UnsavedStore {
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  /** Keeps what was edited; files that are no text are left out. */
  keep(project: { id: string; name: string; revision: number }, stored: ProjectFiles, edited: ProjectFiles): void {
    const { id, name, revision } = project;
    const changes = changesOf(revision === 0 ? [] : stored, edited);
    const written = JSON.stringify({ id, name, revision, leftMs: Date.now(), changes } satisfies UnsavedEdits);
    if (changes.length === 0 || written.length > MAX_LENGTH) return;
    try {
      this.#storage?.setItem(PREFIX + id, written);
    } catch {
      // full or forbidden: the page is closing, and there is no other place that answers in time
    }
  }

  forget(id: string): void {
    this.#storage?.removeItem(PREFIX + id);
  }

  of(id: string): UnsavedEdits | undefined {
    return parse(this.#storage?.getItem(PREFIX + id));
  }

  /** Those of the project that was left last. */
  latest(): UnsavedEdits | undefined {
    const storage = this.#storage;
    if (storage === undefined) return undefined;
    return Array.from({ length: storage.length }, (_, place) => storage.key(place))
      .filter((key) => key?.startsWith(PREFIX) === true)
      .map((key) => parse(storage.getItem(key!)))
      .filter((edits) => edits !== undefined)
      .sort((a, b) => b.leftMs - a.leftMs)[0];
  }
}

/** What the edits started from, and what they came to, where `stored` is all the rest. */
export function sidesOf(edits: UnsavedEdits, stored: ProjectFiles): { base: ProjectFiles; mine: ProjectFiles } {
  const changed = new Set(edits.changes.map((change) => change.path));
  const rest = stored.filter((file) => !changed.has(file.path));
  const side = (key: 'was' | 'is'): ProjectFiles => [
    ...rest,
    ...edits.changes.map((change) => change[key]).filter((file) => file !== null),
  ];
  return { base: side('was'), mine: side('is') };
}

function changesOf(stored: ProjectFiles, edited: ProjectFiles): Change[] {
  const [before, after] = [byPath(stored), byPath(edited)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, was: before.get(path) ?? null, is: after.get(path) ?? null }))
    .filter(({ was, is }) => was !== is && isText(was) && isText(is));
}

function byPath(files: ProjectFiles): ReadonlyMap<string, ContextFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function isText(file: ContextFile | null): boolean {
  return file === null || file.content === undefined || typeof file.content === 'string';
}

function parse(written: string | null | undefined): UnsavedEdits | undefined {
  const { id, name, revision, leftMs, changes } = storedFields(written ?? null);
  if (typeof id !== 'string' || typeof name !== 'string' || !Array.isArray(changes)) return undefined;
  if (typeof revision !== 'number' || typeof leftMs !== 'number') return undefined;
  const checked: readonly unknown[] = changes;
  return checked.every(isChange) ? { id, name, revision, leftMs, changes: checked } : undefined;
}

function isChange(value: unknown): value is Change {
  const { path, was, is } = fieldsOf(value);
  return typeof path === 'string' && [was, is].every((side) => side === null || isEntryAt(path, side));
}

function isEntryAt(path: string, value: unknown): boolean {
  const entry = fieldsOf(value);
  const { kind, mode, mtimeMs, content = '', target = '' } = entry;
  return (
    entry['path'] === path &&
    (kind === 'file' || kind === 'directory' || kind === 'symlink') &&
    typeof mode === 'number' &&
    typeof mtimeMs === 'number' &&
    typeof content === 'string' &&
    typeof target === 'string'
  );
}
