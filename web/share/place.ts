/**
 * A place in the page as the fragment of an address: which panel, which layers, which path, which part of the Help,
 * which Dockerfile to compare with.
 */
import type { LayerRange } from '../state/layer-range.ts';

export interface Place {
  readonly panel?: string;
  readonly layers?: LayerRange;
  readonly path?: string;
  /** The Help is open there (help/help-search.ts). */
  readonly help?: string;
  /** Another Dockerfile of the project: its image is built, and set beside the page's own. */
  readonly compare?: string;
}

/** `panel=files&layers=2-4&path=/etc/motd`; empty for nowhere in particular. */
export function encodePlace({ panel, layers, path, help, compare }: Place): string {
  return [
    panel === undefined ? '' : `panel=${encodeURIComponent(panel)}`,
    layers === undefined
      ? ''
      : `layers=${layers.first + 1}${layers.last === layers.first ? '' : `-${layers.last + 1}`}`,
    path === undefined ? '' : `path=${withSlashes(path)}`,
    help === undefined ? '' : `help=${withSlashes(help)}`,
    compare === undefined ? '' : `compare=${withSlashes(compare)}`,
  ]
    .filter((part) => part !== '')
    .join('&');
}

const withSlashes = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

/** What a fragment, with or without its `#`, says; what is odd in it is left out. Undefined for one that is no place. */
export function decodePlace(fragment: string): Place | undefined {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const panel = fields.get('panel') ?? undefined;
  const path = fields.get('path') ?? undefined;
  const layers = parseLayers(fields.get('layers') ?? '');
  const help = fields.get('help') ?? undefined;
  const compare = fields.get('compare') ?? undefined;
  if ([panel, path, layers, help, compare].every((each) => each === undefined)) return undefined;
  return {
    ...(panel === undefined ? {} : { panel }),
    ...(layers === undefined ? {} : { layers }),
    ...(path?.startsWith('/') === true ? { path } : {}),
    ...(help === undefined ? {} : { help }),
    ...(compare === undefined ? {} : { compare }),
  };
}

/** Layers count from 1 in an address, as they do on screen. */
function parseLayers(text: string): LayerRange | undefined {
  const found = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text);
  if (found === null) return undefined;
  const first = Number(found[1]) - 1;
  const last = found[2] === undefined ? first : Number(found[2]) - 1;
  return first >= 0 && last >= first ? { first, last } : undefined;
}
