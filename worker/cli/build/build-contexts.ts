/** `--build-context NAME=…`: directories under further names, and images in the place of others. */
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { BuildRequest } from '../../build/types.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Tree } from '../../vfs/tree.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { buildError, pairOf } from './build-inputs.ts';
import { directoryTree } from './context-tree.ts';

const IMAGE = 'docker-image://';
const LAYOUT = 'oci-layout://';
const TARGET = 'target:';
const REMOTE = /^(?:https?|git|ssh):\/\/|^git@|\.git(?:#|$)/;

/** Throws {@link CliError}, worded as buildx words it. */
export async function readNamedContexts(
  context: CliContext,
  flags: Flags,
): Promise<Pick<BuildRequest, 'namedContexts' | 'namedImages'>> {
  const namedContexts = new Map<string, Tree>();
  const namedImages = new Map<string, string>();
  for (const word of flags.list('build-context')) {
    const [name, value] = pairOf(word);
    if (value === '') throw buildError(`invalid context value: ${word}, expected key=value`);
    assertName(name);
    if (value.startsWith(IMAGE)) namedImages.set(name, value.slice(IMAGE.length));
    else namedContexts.set(name, await localContext(context, name, value));
  }
  return { namedContexts, namedImages };
}

function assertName(name: string): void {
  try {
    if (name === '') throw new EngineError('invalid-argument', 'invalid reference format');
    parseReference(name);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw buildError(`invalid context name ${name}: ${error.message}`);
  }
}

async function localContext({ shell, job }: CliContext, name: string, path: string): Promise<Tree> {
  if (path.startsWith(TARGET))
    throw buildError(`failed to find target ${path.slice(TARGET.length)} for context ${name}`);
  if (path.startsWith(LAYOUT)) {
    const layout = path.slice(LAYOUT.length);
    if (shell.files.find(layout) === undefined)
      throw buildError(
        `could not lock ${layout}/index.json.lock: open ${layout}/index.json.lock: no such file or directory`,
      );
    throw buildError(`OCI layouts cannot be built on here: load ${layout} with docker load, and name the image`);
  }
  if (REMOTE.test(path)) {
    throw buildError(`remote contexts cannot be fetched here: ${path}. Download it, and name its directory`);
  }
  const inode = shell.files.find(path)?.inode;
  if (inode === undefined) {
    throw buildError(`failed to get build context ${name}: stat ${path}: no such file or directory`);
  }
  if (inode.kind !== 'directory') throw buildError(`failed to get build context path {${path} <nil>}: not a directory`);
  return directoryTree(shell.files, path, job);
}
