/** Which files of a project are open in the editor, as a value. */
import { DOCKERFILE, type ProjectFiles } from './project-files.ts';

/** Tabs that a project opens with. */
const FIRST_TABS = 3;

export interface Tabs {
  /** Paths, from left to right. */
  readonly paths: readonly string[];
  /** The one that is shown; empty where none is. */
  readonly active: string;
}

/** Those of a project that is opened: its first texts, the Dockerfile before all. */
export function firstTabs(files: ProjectFiles): Tabs {
  const texts = files
    .filter((file) => file.kind === 'file' && typeof file.content === 'string')
    .map((file) => file.path)
    .sort((a, b) => Number(b === DOCKERFILE) - Number(a === DOCKERFILE));
  const paths = texts.filter((path) => !path.includes('/')).slice(0, FIRST_TABS);
  const [first] = texts;
  if (first === undefined) return { paths, active: DOCKERFILE };
  return { paths: paths.includes(first) ? paths : [first, ...paths], active: first };
}

export function withTab({ paths }: Tabs, path: string): Tabs {
  return { paths: paths.includes(path) ? paths : [...paths, path], active: path };
}

/** Without those of files that are gone. */
export function tabsAmong(tabs: Tabs, files: ProjectFiles): Tabs {
  const there = new Set(files.map(({ path }) => path));
  return tabs.paths.filter((path) => !there.has(path)).reduce(withoutTab, tabs);
}

/** Shows the neighbour of a shown tab that is closed. */
export function withoutTab({ paths, active }: Tabs, path: string): Tabs {
  const at = paths.indexOf(path);
  const kept = paths.filter((tab) => tab !== path);
  return { paths: kept, active: at >= 0 && active === path ? (kept[Math.min(at, kept.length - 1)] ?? '') : active };
}

/** Follows a file, or a folder with all in it, to its new path. */
export function withMovedTabs({ paths, active }: Tabs, from: string, to: string): Tabs {
  const moved = (path: string): string =>
    path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  return { paths: paths.map(moved), active: moved(active) };
}
