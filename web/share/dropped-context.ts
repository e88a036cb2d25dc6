/** What was dropped from the disk that may be a whole build context: a zip file, or a folder with a Dockerfile in it. */
import type { ContextFile } from '../../worker/api/types.ts';
import { readFound, type Found, type ReadFiles } from '../panels/context/read-files.ts';
import { DOCKERFILE } from '../state/project-files.ts';

export interface DroppedContext {
  readonly kind: 'zip' | 'folder';
  /** As a project of it would be called. */
  readonly name: string;
  readonly found: readonly Found[];
}

/** Undefined for files that are to be added one by one. */
export function contextAmong(found: readonly Found[]): DroppedContext | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  if (found.length === 1 && /^[^/]+\.zip$/i.test(first.path)) {
    return { kind: 'zip', name: first.path.replace(/\.zip$/i, ''), found };
  }
  const [folder = ''] = first.path.split('/');
  const isOneFolder = found.every(({ path }) => path.startsWith(`${folder}/`));
  const hasDockerfile = found.some(({ path }) => path === `${folder}/${DOCKERFILE}`);
  return isOneFolder && hasDockerfile ? { kind: 'folder', name: folder, found } : undefined;
}

/** Its files, as they lie in the build context. Throws ShareError for a zip that cannot be read. */
export async function filesOfContext({ kind, name, found }: DroppedContext): Promise<ReadFiles> {
  const [first] = found;
  if (kind === 'zip' && first !== undefined) {
    const { filesOfZip } = await import('./project-zip.ts');
    return { files: await filesOfZip(first.file), refused: [] };
  }
  const { files, refused } = await readFound(found);
  return { files: files.map((file) => ({ ...file, path: file.path.slice(name.length + 1) })), refused };
}

/** The files with the Dockerfile there was, where they bring none: something has to say how to build them. */
export function withDockerfile(files: readonly ContextFile[], before: readonly ContextFile[]): readonly ContextFile[] {
  if (files.some(({ path }) => path === DOCKERFILE)) return files;
  return [...files, ...before.filter(({ path }) => path === DOCKERFILE)];
}
