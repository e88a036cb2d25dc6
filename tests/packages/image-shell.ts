/** Runs commands in an image of the bundled mirror, one after the other in one root, as RUN steps would. */
import { utf8Text, concatBytes } from '../../worker/base/bytes.ts';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { SILENT } from '../../worker/base/progress.ts';
import { createBaseImages } from '../../worker/engine/base-images.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';
import { chainIDs } from '../../worker/codec/chain-id.ts';
import { DEFAULT_PLATFORM } from '../../worker/oci/platform.ts';
import { parseReference } from '../../worker/oci/reference.ts';
import { RegistryClient } from '../../worker/registry/client.ts';
import { inodeSize } from '../../worker/vfs/inode.ts';
import { createUnionView } from '../../worker/vfs/union-view.ts';
import type { UnionView } from '../../worker/vfs/view.ts';

export interface ShellResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly simulated: readonly string[];
}

export interface ImageShell {
  readonly view: UnionView;
  run(command: string, user?: number): Promise<ShellResult>;
  /** Bytes of all files that differ from the image. */
  changedBytes(below?: string): number;
}

/** Pulls `image` from the mirror into a fresh store and opens a root on it. */
export async function openImageShell(image: string): Promise<ImageShell> {
  const parts = nodeEngineParts();
  const client = new RegistryClient({
    transport: parts.transport,
    clock: parts.clock,
    credentials: () => Promise.resolve(undefined),
    settings: { mirrors: parts.registryMirrors },
  });
  const job = createUnstoppableJob('test', parts.clock);
  const base = createBaseImages(parts, client);
  const { config } = await base.pull(parseReference(image), DEFAULT_PLATFORM, job, SILENT);
  const chain = chainIDs(config.rootfs.diff_ids).at(-1);
  const view = createUnionView(await parts.store.snapshots.tree(chain), { now: () => parts.clock.nowMs() });
  const env = new Map((config.config?.Env ?? []).map((line) => splitAt(line, line.indexOf('='))));
  return {
    view,
    async run(command, user = 0) {
      const out: Uint8Array[] = [];
      const err: Uint8Array[] = [];
      const spec = {
        argv: ['/bin/sh', '-c', command],
        env,
        cwd: resolvePath('/'),
        credentials: { uid: user, gid: user, groups: [] },
      };
      const io = {
        stdout: (data: Uint8Array) => void out.push(data.slice()),
        stderr: (data: Uint8Array) => void err.push(data.slice()),
      };
      const { code, simulated } = await parts.executor.run(spec, view, io, job);
      return { code, stdout: utf8Text(concatBytes(out)), stderr: utf8Text(concatBytes(err)), simulated };
    },
    changedBytes: (below = '/') =>
      view
        .changes()
        .filter(({ path }) => path.startsWith(below))
        .reduce((sum, { inode }) => sum + (inode === undefined ? 0 : inodeSize(inode)), 0),
  };
}

function splitAt(text: string, index: number): [string, string] {
  return [text.slice(0, index), text.slice(index + 1)];
}
