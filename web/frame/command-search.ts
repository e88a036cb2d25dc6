/** Finding a command by some of its letters. */

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
export function findPaths(paths: readonly string[], typed: string, most: number): string[] {
  const text = typed.trim().toLowerCase();
  if (text.length < 2) return [];
  const rank = (path: string): number =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .toLowerCase()
      .includes(text)
      ? 0
      : 1;
  return paths
    .filter((path) => path.toLowerCase().includes(text))
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length)
    .slice(0, most);
}
