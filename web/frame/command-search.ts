/** Finding a command, or a path, by some of its letters. */
import type { TreeRows } from '../../worker/api/types.ts';

export interface Command {
  readonly title: string;
  /** Where it belongs: `Panel`, `Image`. */
  readonly group: string;
  readonly run: () => void;
}

/** Commands whose title or group has every typed word, those that begin with the first word before the others. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = commands.filter(({ title, group }) => {
    const text = `${group} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first] = words;
  if (first === undefined) return found;
  const begins = ({ title }: Command): number => (title.toLowerCase().startsWith(first) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}

/** Paths that hold what was typed, those with it in their last name first, the shortest first. */
export function findPaths(tree: TreeRows, typed: string, most: number): string[] {
  const text = typed.trim().toLowerCase();
  if (text.length < 2) return [];
  const found: { readonly place: number; readonly rank: number }[] = [];
  tree.search(text, (place, lowerCasePath) => {
    const path = lowerCasePath();
    const inLastName = path.lastIndexOf(text) > path.lastIndexOf('/');
    const rank = path.length + (inLastName ? 0 : LONGER_THAN_A_PATH);
    if (found.length === most && rank >= found.at(-1)!.rank) return;
    // few are kept, so that a text which half of all paths have costs no sorting of them
    const before = found.findIndex((each) => each.rank > rank);
    found.splice(before < 0 ? found.length : before, 0, { place, rank });
    found.length = Math.min(found.length, most);
  });
  return found.map(({ place }) => tree.pathAt(place));
}

const LONGER_THAN_A_PATH = 1 << 20;
