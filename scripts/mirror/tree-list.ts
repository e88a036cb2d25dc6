/**
 * Tree lists: what one layer of a replica holds, a line an entry, with everything but the bodies. A text that reads and diffs
 * well: paths are told once a directory, what is usual (0644, 0755, owner root) is left out. Fields are separated by tabs:
 *
 *     # where the facts are from
 *     d /usr/bin                       a directory, and the one the lines below are in; [mode] [uid:gid]
 *     f login.defs  12569              a file: size, [mode] [uid:gid]; its body, or how it begins, may lie in the list's bodies
 *     e bash  1265648  755             a file that begins as ELF programs and libraries do
 *     l sh    dash                     a symbolic link: its text
 *     h perl  /usr/bin/perl5.36.0      a hard link: the path of the other name
 *     w man                            gone: the layer deletes what lower layers hold
 *     in /etc                          the directory of the lines below, which the layer does not list itself
 */
import type { CatalogueFile } from '../../worker/shell/tools/catalogue/package-contents.ts';

/** An entry of a tree list, by absolute path. */
export type ListedEntry =
  | CatalogueFile
  | { readonly kind: 'hardlink'; readonly path: string; readonly target: string }
  | { readonly kind: 'whiteout'; readonly path: string };

const USUAL_FILE_MODE = 0o644;
const USUAL_DIRECTORY_MODE = 0o755;

/** The text of a list; entries in path order. `about` says where the facts are from. */
export function formatTreeList(entries: readonly ListedEntry[], about: string): string {
  const lines = [`# ${about}`];
  let current = '';
  for (const entry of entries) {
    if (entry.kind === 'directory') {
      lines.push(['d', entry.path, ...attributes(entry, USUAL_DIRECTORY_MODE)].join('\t'));
      current = entry.path;
      continue;
    }
    const slash = entry.path.lastIndexOf('/');
    const directory = slash === 0 ? '/' : entry.path.slice(0, slash);
    if (directory !== current) {
      lines.push(`in\t${directory}`);
      current = directory;
    }
    lines.push([...fieldsOf(entry, entry.path.slice(slash + 1))].join('\t'));
  }
  return lines.join('\n') + '\n';
}

function fieldsOf(entry: Exclude<ListedEntry, { kind: 'directory' }>, name: string): readonly string[] {
  switch (entry.kind) {
    case 'file':
      return [entry.elf ? 'e' : 'f', name, String(entry.sizeBytes), ...attributes(entry, USUAL_FILE_MODE)];
    case 'symlink':
      return ['l', name, entry.target];
    case 'hardlink':
      return ['h', name, entry.target];
    case 'whiteout':
      return ['w', name];
  }
}

function attributes(entry: { mode: number; uid: number; gid: number }, usualMode: number): readonly string[] {
  const owned = entry.uid !== 0 || entry.gid !== 0;
  if (entry.mode === usualMode && !owned) return [];
  return [entry.mode.toString(8), ...(owned ? [`${entry.uid}:${entry.gid}`] : [])];
}

/** The entries of a list's text. Throws RangeError naming a line that is none. */
export function parseTreeList(text: string): readonly ListedEntry[] {
  let current = '/';
  return text.split('\n').flatMap((line, index): readonly ListedEntry[] => {
    if (line === '' || line.startsWith('#')) return [];
    const [letter, name, ...rest] = line.split('\t');
    if (name === undefined) throw new RangeError(`line ${index + 1} of the tree list has no name`);
    const path = current === '/' ? `/${name}` : `${current}/${name}`;
    switch (letter) {
      case 'in':
        current = name;
        return [];
      case 'd':
        current = name;
        return [{ kind: 'directory', path: name, ...parseAttributes(rest, USUAL_DIRECTORY_MODE) }];
      case 'f':
      case 'e': {
        const attributes = parseAttributes(rest.slice(1), USUAL_FILE_MODE);
        return [{ kind: 'file', path, sizeBytes: Number(rest[0]), elf: letter === 'e', ...attributes }];
      }
      case 'l':
        return [{ kind: 'symlink', path, target: rest[0] ?? '' }];
      case 'h':
        return [{ kind: 'hardlink', path, target: rest[0] ?? '' }];
      case 'w':
        return [{ kind: 'whiteout', path }];
      default:
        throw new RangeError(`line ${index + 1} of the tree list begins with "${letter ?? ''}"`);
    }
  });
}

function parseAttributes(
  fields: readonly string[],
  usualMode: number,
): { readonly mode: number; readonly uid: number; readonly gid: number } {
  const [mode, owner] = fields;
  const [uid, gid] = owner === undefined ? [0, 0] : owner.split(':').map(Number);
  return { mode: mode === undefined ? usualMode : parseInt(mode, 8), uid: uid ?? 0, gid: gid ?? 0 };
}

/** Entries in the order of a list: a directory, the files in it, then its subdirectories with all that is in them. */
export function sortedByPath(entries: readonly ListedEntry[]): readonly ListedEntry[] {
  // NUL sorts before whatever a name may hold: a directory's entries stay together, and \u0001 puts its subdirectories last.
  const key = ({ kind, path }: ListedEntry): string => {
    if (path === '/') return '';
    const segments = path.slice(1).split('/');
    return segments
      .map((segment, depth) =>
        kind === 'directory' || depth < segments.length - 1 ? `\u0001${segment}` : `\0${segment}`,
      )
      .join('\0');
  };
  const keyed = entries.map((entry) => ({ entry, key: key(entry) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry);
}
