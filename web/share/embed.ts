/** The page inside another page: `?embed=layers,editor` shows these views alone. */
import { MAX_FRAGMENT } from './fragment.ts';

/** What an embedded page can show, in its order on screen; but for the first and the last, the panels of these names. */
export const EMBED_VIEWS = [
  { id: 'editor', title: 'Dockerfile' },
  { id: 'layers', title: 'Layers' },
  { id: 'files', title: 'Files' },
  { id: 'stages', title: 'Stages' },
  { id: 'waste', title: 'Waste' },
  { id: 'log', title: 'Build log' },
] as const;

export type EmbedView = (typeof EMBED_VIEWS)[number]['id'];

const HEADER_PX = 38;
const LINE_PX = 21;
const TABS_PX = 34;
/** Less than this shows no stack, and more than this is for the host to decide. */
const MIN_PX = 360;
const MAX_PX = 720;
/** A frame that is less wide has its views one below the other, each of so many at least. */
const STACKED_PX = 620;
const MIN_ROW_PX = 240;

/** The views that an address asks for; undefined for a page of its own, and two by default where it names none we know. */
export function embedViews(search: string): readonly EmbedView[] | undefined {
  const given = new URLSearchParams(search).get('embed');
  if (given === null) return undefined;
  const asked = given.split(',').map((each) => each.trim());
  const known = EMBED_VIEWS.map(({ id }) => id).filter((id) => asked.includes(id));
  return known.length === 0 ? ['editor', 'layers'] : known;
}

/** True in a frame of another page, which has what its address names alone: no terminal, no other panels, no log to lead to. */
export function isEmbedded(): boolean {
  return embedViews(location.search) !== undefined;
}

/**
 * HTML for docs and blogs: a frame that may run scripts, keep what it built, and open Strata itself in a window without these bounds, and
 * that gets at nothing of the page around it. The project is in the frame's address where it fits a link, and otherwise at one that is to be filled in.
 */
export function embedSnippet(here: string, fragment: string, views: readonly EmbedView[], name: string): string {
  const project = fragment.length <= MAX_FRAGMENT ? `#${fragment}` : '&amp;from=ADDRESS';
  const source = `${here}?embed=${views.join(',')}${project}`;
  const title = `${name} in Strata`.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return (
    `<iframe src="${source}" title="${title}" width="100%" height="${MIN_PX + 100}" loading="lazy" ` +
    'sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox" style="border:1px solid #8884;border-radius:8px"></iframe>'
  );
}

/** A page that knows how tall it would like to be: what it holds above its views, and how they lie. */
interface EmbedSpace {
  /** Lines of the Dockerfile. */
  readonly lines: number;
  /** Width of the frame, in CSS pixels. */
  readonly width: number;
  /** Height of the notes above the views. */
  readonly notes: number;
}

/** CSS pixels that would show all of the Dockerfile beside the other views, or above them in a narrow frame, within bounds. */
export function wantedHeight({ lines, width, notes }: EmbedSpace, views: readonly EmbedView[]): number {
  const text = views.includes('editor') ? TABS_PX + (lines + 1) * LINE_PX : 0;
  // rows are alike: as many of the tallest
  const rows = width < STACKED_PX ? views.length : 1;
  const row = rows === 1 ? Math.max(MIN_PX, text) : Math.max(MIN_ROW_PX, text);
  return HEADER_PX + notes + Math.min(MAX_PX, rows * row);
}

/** Tells the page around this one how tall it would like to be: `{ type: 'strata:height', height }`. */
export function tellHeight(height: number): void {
  if (parent !== window) parent.postMessage({ type: 'strata:height', height }, '*');
}

/** Follows the theme that the page around this one posts: `{ type: 'strata:theme', theme: 'dark' }`. Returns how to stop. */
export function followHost(take: (theme: 'light' | 'dark' | 'system') => void): () => void {
  const listen = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== parent || typeof data !== 'object' || data === null) return;
    if (!('type' in data) || data.type !== 'strata:theme' || !('theme' in data)) return;
    if (data.theme === 'light' || data.theme === 'dark' || data.theme === 'system') take(data.theme);
  };
  addEventListener('message', listen);
  return () => removeEventListener('message', listen);
}
