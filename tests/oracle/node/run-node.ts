/** Runs a Node program on Strata, in a root file system with node and the shell. */
import { resolvePath } from '../../../worker/base/path.ts';
import { createExecutor } from '../../../worker/shell/executor.ts';
import type { Limits } from '../../../worker/shell/process.ts';
import { bodyOf } from '../../../worker/vfs/body.ts';
import { clock, createJob, createRoot, ENVIRONMENT, random } from '../shell/strata-shell.ts';

export interface NodeResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const OWNER = { uid: 0, gid: 0 };

export interface NodeRun {
  /** Files of the working directory, `/case`, by their paths in it. */
  readonly files: Readonly<Record<string, string>>;
  /** What follows `node`. */
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** The version that the recorded answers are of. */
const VERSION = '20.20.2';

export async function runNode({ files, args, stdin, limits, signal }: NodeRun): Promise<NodeResult> {
  const root = createRoot();
  root.writeFile(
    resolvePath('/bin/node'),
    { sizeBytes: 100_000, segments: [{ kind: 'hole', length: 100_000 }] },
    { ...OWNER, mode: 0o755 },
  );
  for (const [path, text] of Object.entries(files)) {
    const parts = `/case/${path}`.split('/');
    for (let depth = 3; depth < parts.length; depth++) {
      const folder = resolvePath(parts.slice(0, depth).join('/'));
      if (root.lookup(folder, { follow: false }) === undefined) root.mkdir(folder, { ...OWNER, mode: 0o755 });
    }
    root.writeFile(resolvePath(`/case/${path}`), bodyOf(new TextEncoder().encode(text)), { ...OWNER, mode: 0o644 });
  }
  const output = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const { code } = await createExecutor({ clock, random }).run(
    {
      argv: ['node', ...args],
      env: new Map([...ENVIRONMENT, ['NODE_VERSION', VERSION]]),
      cwd: resolvePath('/case'),
      credentials: { uid: 0, gid: 0, groups: [0] },
      ...(limits === undefined ? {} : { limits }),
    },
    root,
    {
      ...(stdin === undefined ? {} : { stdin: new Blob([stdin]).stream() }),
      stdout: (data) => void (output.stdout += decoders.stdout.decode(data, { stream: true })),
      stderr: (data) => void (output.stderr += decoders.stderr.decode(data, { stream: true })),
    },
    createJob(signal),
  );
  return { ...output, exitCode: code };
}
