/** `DOCKER_BUILDKIT=0 docker build`: what the client prints around the classic builder. */
import { asEngineError } from '../../base/errors.ts';
import type { BuildRequest } from '../../build/types.ts';
import type { Tree, TreeNode } from '../../vfs/tree.ts';
import { CliError } from '../command.ts';
import { printLine, type CliContext } from '../context.ts';
import { humanSize } from '../format/human-size.ts';

const DEPRECATED = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

`;

/** True when the environment asks for the classic builder. */
export function wantsClassicBuilder({ shell }: CliContext): boolean {
  const value = shell.env.get('DOCKER_BUILDKIT');
  return value === '0' || value === 'false';
}

export async function printDeprecation({ shell }: CliContext): Promise<void> {
  await shell.err.write(DEPRECATED);
}

export interface ClassicRequest {
  readonly request: BuildRequest;
  readonly quiet: boolean;
  readonly removeContainers: boolean;
  readonly removeFailed: boolean;
}

/** Builds, and gives the image's ID. What a quiet build printed is told when it fails. Throws {@link CliError}. */
export async function runClassicBuild(context: CliContext, classic: ClassicRequest): Promise<string> {
  const { out } = context.shell;
  let kept = '';
  let written = Promise.resolve();
  const print = (text: string): void => {
    if (classic.quiet) kept += text;
    else {
      written = written.then(async () => {
        await out.write(text);
        await out.flush();
      });
    }
  };
  print(
    `Sending build context to Docker daemon ${humanSize(archiveBytes(classic.request.context)).padStart(SIZE_WIDTH)}\r\r\n`,
  );
  try {
    const id = await context.engine.classicBuild(classic, ({ stream = '' }) => print(stream), context.job);
    await written;
    if (classic.quiet) await printLine(context, id);
    return id;
  } catch (error) {
    const known = asEngineError(error);
    if (known.code === 'cancelled' || known.code === 'internal') throw known;
    await written;
    await out.write(kept);
    await out.flush();
    const { exitCode } = known.data;
    const fromDaemon = known.code === 'dockerfile' ? 'Error response from daemon: ' : '';
    throw new CliError(`${fromDaemon}${known.message}`, typeof exitCode === 'number' ? exitCode : 1);
  }
}

/** Sizes are told in columns of this width. */
const SIZE_WIDTH = 8;
const BLOCK_BYTES = 512;

/** Bytes of the archive the client sends: a header for each entry, contents in whole blocks, two blocks at the end. */
function archiveBytes({ root }: Tree): number {
  const bytesOf = (node: TreeNode): number => {
    let bytes = 0;
    for (const child of node.children?.values() ?? []) {
      const content = child.inode.kind === 'file' ? child.inode.body.sizeBytes : 0;
      bytes += BLOCK_BYTES + Math.ceil(content / BLOCK_BYTES) * BLOCK_BYTES + bytesOf(child);
    }
    return bytes;
  };
  return bytesOf(root) + 2 * BLOCK_BYTES;
}
