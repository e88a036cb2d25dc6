/**
 * The first code of the page: small, so that the shell in index.html is painted, the engine starts, and the text of the last visit can be
 * edited before all else.
 */
import { showEarly } from './editor/early-field.ts';
import { connect } from './engine/connect.ts';
import type { Beginning } from './state/beginning.ts';
import { viewToGoOn } from './state/last-view.ts';
import { withText } from './state/project-files.ts';
import { UnsavedStore } from './state/unsaved-edits.ts';
import { afterFrame } from './ui/after-frame.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/shell.css';

const clients = connect();
const beginning = begin();
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
  return { version, storage, last, field };
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
