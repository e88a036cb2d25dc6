/**
 * The build cache below GOCACHE, laid out as `cmd/go/internal/cache` does: 256 folders, an action entry (`…-a`) and an output
 * (`…-d`) for each package. Its contents are holes of a plausible size.
 */
import { sha256OfSmall } from '../../../codec/sha256.ts';
import { utf8 } from '../../../base/bytes.ts';
import { bodyOf, type Body } from '../../../vfs/body.ts';
import type { AppletContext } from '../../applets/context.ts';

const README =
  'This directory holds cached build artifacts from the Go build system.\nRun "go clean -cache" if the directory is getting too large.\nRun "go clean -fuzzcache" to delete the fuzz cache.\nSee go.dev to learn more about Go.\n';

/** Writes what compiling `packages` (with the sizes of their archives) leaves in the cache. */
export function writeBuildCache(
  context: AppletContext,
  directory: string,
  packages: ReadonlyMap<string, number>,
  salt: string,
): void {
  makeDirectories(context, directory);
  for (let index = 0; index < 256; index++)
    makeDirectory(context, `${directory}/${index.toString(16).padStart(2, '0')}`);
  writeNew(context, `${directory}/README`, bodyOf(utf8(README)));
  const nowMs = context.process.kernel.clock.nowMs();
  for (const [path, bytes] of packages) {
    const action = sha256OfSmall(utf8(`action ${salt} ${path}`));
    const output = sha256OfSmall(utf8(`output ${salt} ${path}`));
    const entry = `v1 ${action} ${output} ${String(bytes).padStart(20)} ${String(nowMs * 1_000_000).padStart(20)}\n`;
    writeNew(context, `${directory}/${action.slice(0, 2)}/${action}-a`, bodyOf(utf8(entry)));
    writeNew(context, `${directory}/${output.slice(0, 2)}/${output}-d`, {
      sizeBytes: bytes,
      segments: [{ kind: 'hole', length: bytes }],
    });
  }
  writeNew(context, `${directory}/trim.txt`, bodyOf(utf8(String(Math.floor(nowMs / 1000)))));
}

function makeDirectories(context: AppletContext, path: string): void {
  const segments = path.split('/').slice(1);
  segments.forEach((_, index) => makeDirectory(context, `/${segments.slice(0, index + 1).join('/')}`));
}

function makeDirectory(context: AppletContext, path: string): void {
  if (context.files.find(path) === undefined) context.files.makeDirectory(path);
}

/** What is there stays: the next build with the same inputs changes nothing. */
function writeNew(context: AppletContext, path: string, body: Body): void {
  if (context.files.find(path) === undefined) context.files.writeBody(path, body);
}
