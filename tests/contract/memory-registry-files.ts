/** A registry's files in memory. */
import type { RegistryFiles } from '../../worker/registry/serve/files.ts';

export function memoryRegistryFiles(): RegistryFiles {
  const files = new Map<string, Blob>();
  const isIn = (path: string, directory: string): boolean => path === directory || path.startsWith(`${directory}/`);
  return {
    blob: (path) => files.get(path),
    write: (path, content) => void files.set(path, content),
    move(from, to) {
      const content = files.get(from);
      if (content === undefined) throw new Error(`nothing at ${from}`);
      files.delete(from);
      files.set(to, content);
    },
    remove(path) {
      for (const known of files.keys()) if (isIn(known, path)) files.delete(known);
    },
    list(path) {
      const below = [...files.keys()].filter((known) => known.startsWith(`${path}/`));
      return [...new Set(below.map((known) => known.slice(path.length + 1).replace(/\/.*/, '')))].sort();
    },
  };
}
