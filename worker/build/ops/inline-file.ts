/** A file from a text in the Dockerfile: what COPY makes of a heredoc. */
import { utf8 } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';
import { ROOT, childPath } from '../../base/path.ts';
import { shownAt } from '../marked-lines.ts';
import type { Operation, OperationContext } from '../operation.ts';
import { bodyOf } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import { rootNameOf, stepView } from '../step-view.ts';

/** A heredoc's file is made in an empty directory. */
function nowhereToPut(name: string, context: OperationContext): EngineError {
  return new EngineError('build', `open ${rootNameOf(context)}/${name}: no such file or directory`);
}

export function inlineFile(name: string, content: string): Operation {
  return {
    kind: 'inline-file',
    definition: { name, content },
    keyParts: () => Promise.resolve(undefined),
    execute: (_base, _sources, context) => {
      const view = stepView(EMPTY_TREE, context);
      if (name.includes('/')) throw shownAt(nowhereToPut(name, context), []);
      view.writeFile(childPath(ROOT, name), bodyOf(utf8(content)), { mode: 0o644, uid: 0, gid: 0 });
      return Promise.resolve({ kind: 'file-system', fileSystem: { tree: view.freeze() } });
    },
  };
}
