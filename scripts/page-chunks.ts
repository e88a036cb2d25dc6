/**
 * How the page's code is cut into files. What a visit begins with comes as few: on a slow machine each file costs as much to ask for as
 * to run, all the more where it comes through a service worker. All else stays cut as it is imported.
 */
import { relative, sep } from 'node:path';

/** What of a module its group is chosen by. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** The files by the module whose static imports they hold, the earlier first: a module goes with the first that needs it. */
const FILES: readonly (readonly [name: string, root: string])[] = [
  ['first', 'web/main.ts'],
  ['page', 'web/start.ts'],
];

/** Names the file of each module, as rolldown's groups ask for it; null for the modules that are left to themselves. */
export function pageChunks(folder: string): (id: string, graph: ModuleGraph) => string | null {
  let files: ReadonlyMap<string, string> | undefined;
  return (id, graph) => (files ??= filesOf(folder, graph)).get(id) ?? null;
}

function filesOf(folder: string, graph: ModuleGraph): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [name, root] of FILES) {
    const rootID = `${folder}/${root}`.split(sep).join('/');
    const pending = [rootID];
    const seen = new Set(pending);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (id !== rootID && !files.has(id)) files.set(id, name);
      for (const next of graph.getModuleInfo(id)?.importedIds ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        pending.push(next);
      }
    }
    if (graph.getModuleInfo(rootID) === null) throw new Error(`no module ${relative(folder, rootID)} in the build`);
  }
  return files;
}
