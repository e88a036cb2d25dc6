/**
 * What was on screen last, kept beside the settings: the next visit begins with it, and asks the engine meanwhile. A stack is kept only
 * together with the files and options it was built of, so it is never shown for others; the build that every visit begins with then
 * says whether it still holds.
 */
import type { ContextFile, Project } from '../../worker/api/types.ts';
import type { BuiltView } from './build.svelte.ts';
import { fieldsOf, storedFields, type Fields } from './stored-fields.ts';

export interface LastView {
  readonly project: Project;
  readonly built?: BuiltView;
}

const KEY = 'strata.last-view';

/** To read more than this many characters would take as long as to ask the engine. */
const MAX_CHARACTERS = 400_000;

/** Whose form it has. The file is named by its content, so that no version of the page reads what another wrote. */
const WRITER = new URL(import.meta.url).pathname;

/** Keeps it, or forgets what was kept where this is too large, or holds what is no text. */
export function keepLastView(storage: Storage | undefined, view: LastView): void {
  const texts = view.project.files.every(({ content }) => content === undefined || typeof content === 'string');
  const kept = texts ? JSON.stringify({ writer: WRITER, ...view }) : '';
  try {
    if (kept === '' || kept.length > MAX_CHARACTERS) storage?.removeItem(KEY);
    else storage?.setItem(KEY, kept);
  } catch {
    // Full or forbidden storage: the next visit waits for the engine.
  }
}

/** What this version of the page kept last. */
export function readLastView(storage: Storage | undefined): LastView | undefined {
  const kept = storedFields(storage?.getItem(KEY) ?? null);
  return isLastView(kept) ? kept : undefined;
}

function isLastView(kept: Fields | LastView): kept is LastView {
  const { writer, project, built } = fieldsOf(kept);
  return writer === WRITER && isProject(project) && (built === undefined || isBuilt(built));
}

function isProject(value: unknown): value is Project {
  const { id, name, revision, files } = fieldsOf(value);
  if (typeof id !== 'string' || typeof name !== 'string' || !Number.isSafeInteger(revision)) return false;
  return Array.isArray(files) && files.every(isTextFile);
}

function isTextFile(value: unknown): value is ContextFile {
  const { path, kind, content = '' } = fieldsOf(value);
  return typeof path === 'string' && typeof kind === 'string' && typeof content === 'string';
}

/** The writer is this very file: that the outline is right tells that the rest is. */
function isBuilt(value: unknown): value is BuiltView {
  const { text, steps, image } = fieldsOf(value);
  const { id, stack } = fieldsOf(image);
  return typeof text === 'string' && Array.isArray(steps) && typeof id === 'string' && Array.isArray(stack);
}
