/** `COPY --parents`: what is copied keeps the directories of its path, with the mode and owner they have in the source. */
import { ROOT, childPath, segmentsOf, type AbsolutePath } from '../../../base/path.ts';
import type { UnionView } from '../../../vfs/view.ts';
import { rootPath } from './root-path.ts';
import { createTreeCopier, makeDirectories, type CopySettings } from './tree-copier.ts';

/** Copies `source` to the same path below the directory `destination`. Throws `build`. */
export async function copyWithParents(
  from: UnionView,
  source: AbsolutePath,
  to: UnionView,
  destination: string,
  settings: CopySettings,
): Promise<void> {
  const copier = createTreeCopier(from, to, settings);
  let target = rootPath(to, destination, settings.rootName);
  makeDirectories(to, target, settings);
  let below = ROOT;
  const segments = segmentsOf(source);
  const name = segments.pop() ?? '';
  for (const segment of segments) {
    below = childPath(below, segment);
    target = childPath(target, segment);
    copier.copyDirectoryAlone(below, target);
  }
  await copier.copy(source, name, name === '' ? target : childPath(target, name));
}
