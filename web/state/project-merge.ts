/** Two tabs changed one project: what both wanted, file by file, where they did not want different things of the same file. */
import type { ContextFile } from '../../worker/api/types.ts';
import type { ProjectFiles } from './project-files.ts';

/** The merged files, or the paths that both sides changed, each in its own way. */
export type Merge =
  | { readonly kind: 'merged'; readonly files: ProjectFiles }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] };

/** `base` is what both started from. Contents that are not text count as the same only when they are one value. */
export function mergeProjects(base: ProjectFiles, mine: ProjectFiles, theirs: ProjectFiles): Merge {
  const [before, here, there] = [byPath(base), byPath(mine), byPath(theirs)];
  const files: ContextFile[] = [];
  const paths: string[] = [];
  for (const path of new Set([...there.keys(), ...here.keys()])) {
    const [old, own, other] = [before.get(path), here.get(path), there.get(path)];
    const [changedHere, changedThere] = [!isSame(old, own), !isSame(old, other)];
    if (changedHere && changedThere && !isSame(own, other)) paths.push(path);
    const kept = changedHere ? own : other;
    if (kept !== undefined) files.push(kept);
  }
  return paths.length > 0 ? { kind: 'conflict', paths } : { kind: 'merged', files };
}

function byPath(files: ProjectFiles): ReadonlyMap<string, ContextFile> {
  return new Map(files.map((file) => [file.path, file]));
}

/** Times do not count: they say when, not what. */
function isSame(a: ContextFile | undefined, b: ContextFile | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.kind === b.kind && a.mode === b.mode && a.target === b.target && a.content === b.content;
}
