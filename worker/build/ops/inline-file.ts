/** A file from a text in the Dockerfile: what COPY makes of a heredoc. */
import { utf8 } from '../../base/bytes.ts';
import { ROOT, childPath } from '../../base/path.ts';
import type { Operation } from '../operation.ts';
import { bodyOf } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import { stepView } from '../step-view.ts';

export function inlineFile(name: string, content: string): Operation {
  return {
    kind: 'inline-file',
    definition: { name, content },
    keyParts: () => Promise.resolve(undefined),
    execute: (_base, _sources, context) => {
      const view = stepView(EMPTY_TREE, context);
      view.writeFile(childPath(ROOT, name), bodyOf(utf8(content)), { mode: 0o644, uid: 0, gid: 0 });
      return Promise.resolve({ kind: 'file-system', fileSystem: { tree: view.freeze() } });
    },
  };
}
