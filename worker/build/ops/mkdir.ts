/** WORKDIR: makes a directory and what is missing above it, owned by the stage's user. */
import type { AbsolutePath } from '../../base/path.ts';
import type { Operation } from '../operation.ts';
import { rootNameOf, stepView } from '../step-view.ts';
import { makeDirectories } from './copy/tree-copier.ts';
import { rootPath } from './copy/root-path.ts';
import { fileOwner, namesIn } from './users.ts';

export function makeDirectory(path: AbsolutePath, user: string): Operation {
  return {
    kind: 'mkdir',
    definition: { path, user },
    keyParts: () =>
      Promise.resolve([
        { kind: 'instruction', name: '', value: `WORKDIR ${path}` },
        { kind: 'other', name: 'user', value: user },
      ]),
    async execute(base, _sources, context) {
      const view = stepView(base.tree, context);
      const owner = user === '' ? undefined : await fileOwner(namesIn(base, view), user);
      const rootName = rootNameOf(context);
      makeDirectories(view, rootPath(view, path, rootName), { owner, timeMs: context.timeMs(), rootName });
      return { kind: 'layer', view };
    },
  };
}
