/** The build context as rows: folders first, the files that steer the build above all. */
import type { ContextFile } from '../../../worker/api/types.ts';
import { foldersAbove, sizeOf, type ProjectFiles } from '../../state/project-files.ts';

/** What .dockerignore says of a path. */
export interface IgnoreVerdict {
  readonly ignored: boolean;
  /** Line of .dockerignore that decided, from 1. */
  readonly line?: number;
}

/** Verdicts by the path that they are about. */
export function verdictsByPath(
  verdicts: readonly (IgnoreVerdict & { readonly path: string })[],
): ReadonlyMap<string, IgnoreVerdict> {
  return new Map(verdicts.map((verdict) => [verdict.path, verdict]));
}

export interface ContextRow {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly folder: boolean;
  readonly open: boolean;
  readonly sizeBytes: number;
  readonly ignored: IgnoreVerdict | undefined;
  readonly file: ContextFile | undefined;
}

interface Node {
  readonly path: string;
  readonly name: string;
  file: ContextFile | undefined;
  readonly children: Map<string, Node>;
}

/** Rows in the order shown; what lies in a closed folder is left out. */
export function contextRows(
  files: ProjectFiles,
  closed: ReadonlySet<string>,
  ignored: ReadonlyMap<string, IgnoreVerdict>,
): ContextRow[] {
  const rows: ContextRow[] = [];
  const visit = (node: Node, depth: number): void => {
    for (const child of [...node.children.values()].sort(byPlace)) {
      const folder = isFolder(child);
      const open = folder && !closed.has(child.path);
      rows.push({
        path: child.path,
        name: child.name,
        depth,
        folder,
        open,
        sizeBytes: child.file === undefined ? 0 : sizeOf(child.file),
        ignored: ignored.get(child.path),
        file: child.file,
      });
      if (open) visit(child, depth + 1);
    }
  };
  visit(treeOf(files), 0);
  return rows;
}

function treeOf(files: ProjectFiles): Node {
  const root: Node = { path: '', name: '', file: undefined, children: new Map() };
  for (const file of files) {
    let node = root;
    for (const path of [...foldersAbove(file.path), file.path]) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      let child = node.children.get(name);
      if (child === undefined) {
        child = { path, name, file: undefined, children: new Map() };
        node.children.set(name, child);
      }
      node = child;
    }
    node.file = file;
  }
  return root;
}

const isFolder = (node: Node): boolean => node.children.size > 0 || node.file?.kind === 'directory';

const isDockerfile = (name: string): boolean => /^(?:Dockerfile(?:\..+)?|.+\.Dockerfile)$/.test(name);
const isIgnoreFile = (name: string): boolean => name.endsWith('.dockerignore');

/** A file a build is told by, rather than made of. */
export function steersBuild(name: string): boolean {
  return isDockerfile(name) || isIgnoreFile(name);
}

function rank(node: Node): number {
  if (isDockerfile(node.name)) return 0;
  if (isIgnoreFile(node.name)) return 1;
  return isFolder(node) ? 2 : 3;
}

function byPlace(a: Node, b: Node): number {
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true });
}

/** What the foot of the tree says of ignored files: how many stay out, and because of which lines. */
export function ignoredNote(verdicts: ReadonlyMap<string, IgnoreVerdict>): string {
  const out = [...verdicts.values()].filter((verdict) => verdict.ignored);
  if (out.length === 0) return '';
  const lines = [...new Set(out.flatMap((verdict) => (verdict.line === undefined ? [] : [verdict.line])))].sort(
    (a, b) => a - b,
  );
  const entries = out.length === 1 ? '1 entry stays' : `${out.length} entries stay`;
  if (lines.length === 0) return `${entries} out of the build.`;
  return `${entries} out: ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')} of .dockerignore`;
}
