/** The build context as rows: folders first, the files that steer the build above all. */
import type { ContextFile } from '../../../worker/api/types.ts';
import { foldersAbove, type ProjectFiles } from '../../state/project-files.ts';

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
}

interface Node {
  readonly path: string;
  readonly name: string;
  kind: ContextFile['kind'] | undefined;
  readonly children: Map<string, Node>;
  /** In the order shown. */
  sorted: readonly Node[];
}

/** The files' paths as a tree. */
interface ContextTree {
  readonly files: ProjectFiles;
  readonly root: Node;
}

/** Makes trees of files; where there are the same paths still, as after all edits of a text, it gives the tree before. */
export function treeKeeper(): (files: ProjectFiles) => ContextTree {
  let kept: ContextTree | undefined;
  return (files) => {
    if (kept === undefined || !haveSamePaths(kept.files, files)) kept = { files, root: treeOf(files) };
    return kept;
  };
}

function haveSamePaths(a: ProjectFiles, b: ProjectFiles): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ path, kind }, i) => {
    const other = b[i];
    return path === other?.path && kind === other.kind;
  });
}

/** Rows in the order shown; what lies in a closed folder is left out. */
export function contextRows({ root }: ContextTree, closed: ReadonlySet<string>): ContextRow[] {
  const rows: ContextRow[] = [];
  const visit = (node: Node, depth: number): void => {
    for (const child of node.sorted) {
      const folder = isFolder(child);
      const open = folder && !closed.has(child.path);
      rows.push({ path: child.path, name: child.name, depth, folder, open });
      if (open) visit(child, depth + 1);
    }
  };
  visit(root, 0);
  return rows;
}

function treeOf(files: ProjectFiles): Node {
  const root = emptyNode('', '');
  for (const file of files) {
    let node = root;
    for (const path of [...foldersAbove(file.path), file.path]) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const child = node.children.get(name) ?? emptyNode(path, name);
      node.children.set(name, child);
      node = child;
    }
    node.kind = file.kind;
  }
  sort(root);
  return root;
}

function emptyNode(path: string, name: string): Node {
  return { path, name, kind: undefined, children: new Map(), sorted: [] };
}

function sort(node: Node): void {
  node.sorted = [...node.children.values()].sort(byPlace);
  for (const child of node.sorted) sort(child);
}

const isFolder = (node: Node): boolean => node.children.size > 0 || node.kind === 'directory';

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

const names = new Intl.Collator('en', { numeric: true });

function byPlace(a: Node, b: Node): number {
  return rank(a) - rank(b) || names.compare(a.name, b.name);
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
