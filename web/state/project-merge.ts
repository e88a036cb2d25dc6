/** Two tabs changed one project: what both wanted, file by file, where they did not want different things of the same file. */
import type { ContextFile, Project } from '../../worker/api/types.ts';
import type { ProjectFiles } from './project-files.ts';
import { settingsOf } from './project-record.ts';

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

/** What a project is called, how it is built, and whom it may ask. */
type ProjectSettings = Pick<Project, 'name' | 'build' | 'allowedHosts'>;

/** Each setting as it is here, where it was changed here, and otherwise as the other tab has it; hosts that either allowed are allowed. */
export function mergeSettings(base: ProjectSettings, mine: ProjectSettings, theirs: ProjectSettings): ProjectSettings {
  const build = isAlike(mine.build, base.build) ? theirs.build : mine.build;
  const hosts = theirs.allowedHosts && [...new Set([...theirs.allowedHosts, ...(mine.allowedHosts ?? [])])];
  return { name: mine.name === base.name ? theirs.name : mine.name, ...settingsOf(build ?? {}, hosts) };
}

/** True for the same settings, whatever else the records hold. */
export function isSameSettings(a: ProjectSettings, b: ProjectSettings): boolean {
  return a.name === b.name && isAlike(a.build, b.build) && isAlike(a.allowedHosts, b.allowedHosts);
}

const isAlike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function byPath(files: ProjectFiles): ReadonlyMap<string, ContextFile> {
  return new Map(files.map((file) => [file.path, file]));
}

/** Times do not count: they say when, not what. */
function isSame(a: ContextFile | undefined, b: ContextFile | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.kind === b.kind && a.mode === b.mode && a.target === b.target && a.content === b.content;
}
