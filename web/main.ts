/**
 * The first code of the page: small, so that the shell in index.html is painted, the engine starts, and the text of the last visit can be
 * edited before all else.
 */
import { showEarly } from './editor/early-field.ts';
import { connect, type Clients } from './engine/connect.ts';
import { withEarlyBuild } from './engine/early-build.ts';
import type { Beginning } from './state/beginning.ts';
import { buildOptionsOf } from './state/build-options.ts';
import { defaultProject } from './state/default-project.ts';
import { viewToGoOn } from './state/last-view.ts';
import { withText } from './state/project-files.ts';
import { newId } from './state/project-record.ts';
import { SETTINGS_KEY } from './state/stored-fields.ts';
import { UnsavedStore } from './state/unsaved-edits.ts';
import { afterFrame } from './ui/after-frame.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/shell.css';

const beginning = begin();
const clients = withFirstBuild(connect());
addEventListener('pagehide', keepTyped);
await afterFrame();
const { start } = await import('./start.ts');
await beginning.field?.composed();
removeEventListener('pagehide', keepTyped);
await start(clients, beginning);

function begin(): Beginning {
  const version = new URL(import.meta.url).pathname;
  const storage = pageStorage();
  const last = viewToGoOn(storage, version, location.hash);
  const isEmbedded = new URLSearchParams(location.search).has('embed');
  const field = last === undefined || isEmbedded ? undefined : showEarly(document, last.project.files);
  return { version, storage, last, field, first: isFirst(storage) ? defaultProject(newId(), Date.now()) : undefined };
}

/** Nothing was ever kept here, and the address asks for nothing. */
function isFirst(storage: Storage | undefined): boolean {
  const { hash, search } = location;
  if (storage === undefined || hash !== '' || search !== '') return false;
  return storage.getItem(SETTINGS_KEY) === null && new UnsavedStore(storage).latest() === undefined;
}

/** What a first visit shows is known before the page's code is there, and is built meanwhile. */
function withFirstBuild({ engine, language }: Clients): Clients {
  const { first } = beginning;
  if (first === undefined) return { engine, language };
  return { engine: withEarlyBuild(engine, first.files, buildOptionsOf(first)), language };
}

/** The page closes before its code has come: what was typed is kept for the next. */
function keepTyped(): void {
  const { storage, last, field } = beginning;
  if (last === undefined || field === undefined || field.text === field.given) return;
  const { files } = last.project;
  new UnsavedStore(storage).keep(last.project, files, withText(files, field.path, field.text, Date.now()));
}

/** Blocked storage throws on mere access. */
function pageStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
