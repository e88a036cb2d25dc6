/** The page inside another page: `?embed=layers,editor` shows these views alone. */

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

/** HTML for docs and blogs: a frame that may run scripts and keep what it built, and nothing of the page around it. */
export function embedSnippet(here: string, fragment: string, views: readonly EmbedView[], name: string): string {
  const source = `${here}?embed=${views.join(',')}#${fragment}`;
  const title = `${name} in Strata`.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return (
    `<iframe src="${source}" title="${title}" width="100%" height="${MIN_PX + 100}" loading="lazy" ` +
    'sandbox="allow-scripts allow-same-origin allow-popups" style="border:1px solid #8884;border-radius:8px"></iframe>'
  );
}

/** CSS pixels that would show all of a Dockerfile of so many lines, within bounds. */
export function wantedHeight(lines: number, views: readonly EmbedView[]): number {
  const text = views.includes('editor') ? TABS_PX + (lines + 1) * LINE_PX : 0;
  return HEADER_PX + Math.min(MAX_PX, Math.max(MIN_PX, text));
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
