/**
 * What was on screen last, kept beside the settings: the next visit begins with it, and asks the engine meanwhile. A stack is kept only
 * together with the files and options it was built of, so it is never shown for others; the build that every visit begins with then
 * says whether it still holds.
 */
import type { ContextFile, Project } from '../../worker/api/types.ts';
import { holdsProject } from '../share/project-hash.ts';
import type { BuiltView } from './build.svelte.ts';
import { fieldsOf, SETTINGS_KEY, storedFields, type Fields } from './stored-fields.ts';
import { UnsavedStore } from './unsaved-edits.ts';

export interface LastView {
  readonly project: Project;
  readonly built?: BuiltView;
}

const KEY = 'strata.last-view';

/** To read more than this many characters would take as long as to ask the engine. */
const MAX_CHARACTERS = 400_000;

/** Keeps it, or forgets what was kept where this is too large, or holds what is no text. `writer` names the version of the page. */
export function keepLastView(storage: Storage | undefined, writer: string, view: LastView): void {
  const texts = view.project.files.every(({ content }) => content === undefined || typeof content === 'string');
  const kept = texts ? JSON.stringify({ writer, ...view }) : '';
  try {
    if (kept === '' || kept.length > MAX_CHARACTERS) storage?.removeItem(KEY);
    else storage?.setItem(KEY, kept);
  } catch {
    // Full or forbidden storage: the next visit waits for the engine.
  }
}

/** What a visit at this address goes on with; nothing where it begins with a link, a lesson, or edits that the last one took with it. */
export function viewToGoOn(storage: Storage | undefined, writer: string, hash: string): LastView | undefined {
  const { lesson = '' } = storedFields(storage?.getItem(SETTINGS_KEY) ?? null);
  if (holdsProject(hash) || lesson !== '' || new UnsavedStore(storage).latest() !== undefined) return undefined;
  return readLastView(storage, writer);
}

/** What this version of the page kept last. */
function readLastView(storage: Storage | undefined, writer: string): LastView | undefined {
  const kept = storedFields(storage?.getItem(KEY) ?? null);
  return kept['writer'] === writer && isLastView(kept) ? kept : undefined;
}

function isLastView(kept: Fields | LastView): kept is LastView {
  const { project, built } = fieldsOf(kept);
  return isProject(project) && (built === undefined || isBuilt(built));
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

/** The writer is this very version: that the outline is right tells that the rest is. */
function isBuilt(value: unknown): value is BuiltView {
  const { text, steps, image } = fieldsOf(value);
  const { id, stack } = fieldsOf(image);
  return typeof text === 'string' && Array.isArray(steps) && typeof id === 'string' && Array.isArray(stack);
}
