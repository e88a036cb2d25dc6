/** A root file system with the shells and all applets, and a way to run a script in it: what the recorded cases run on. */
import { describeText, GNU_PROGRAMS } from './cases.ts';
import { Budget, type Job } from '../../../worker/base/job.ts';
import { resolvePath, ROOT, type AbsolutePath } from '../../../worker/base/path.ts';
import type { Clock, Random } from '../../../worker/base/ports.ts';
import { concatBytes } from '../../../worker/base/bytes.ts';
import { createExecutor } from '../../../worker/shell/executor.ts';
import type { ProcessSpec } from '../../../worker/shell/process.ts';
import { appletNames } from '../../../worker/shell/applets/index.ts';
import { decodeText, encodeText } from '../../../worker/shell/text.ts';
import { bodyOf, readBody, type Body } from '../../../worker/vfs/body.ts';
import { EMPTY_TREE } from '../../../worker/vfs/merge.ts';
import { createUnionView } from '../../../worker/vfs/union-view.ts';
import type { UnionView } from '../../../worker/vfs/view.ts';

export const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      });
    }),
  yieldTask: () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    }),
};

export const random: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

export function createJob(signal: AbortSignal = new AbortController().signal): Job {
  return { id: 'test', signal, budget: new Budget(signal, clock.monotonicMs, clock.yieldTask) };
}

const OWNER = { uid: 0, gid: 0 };

/** A binary as replicas have it: its size is true, its bytes are a hole. */
function hollowBinary(sizeBytes: number): Body {
  return { sizeBytes, segments: [{ kind: 'hole', length: sizeBytes }] };
}

/** A root with busybox and its links, dash, bash, /etc/passwd, /tmp; made anew for each case. */
export function createRoot(): UnionView {
  const base = createUnionView(EMPTY_TREE, { now: () => 0 });
  base.setAttributes(ROOT, { mode: 0o755 });
  const path = (text: string): AbsolutePath => resolvePath(text);
  for (const directory of ['bin', 'etc', 'root', 'case', 'dev', 'proc', 'sys', 'var'])
    base.mkdir(path(directory), { ...OWNER, mode: 0o755 });
  base.mkdir(path('tmp'), { ...OWNER, mode: 0o1777 });
  base.writeFile(path('bin/busybox'), hollowBinary(2_024_544), { ...OWNER, mode: 0o755 });
  base.writeFile(path('bin/dash'), hollowBinary(125_688), { ...OWNER, mode: 0o755 });
  base.writeFile(path('bin/bash'), hollowBinary(1_265_648), { ...OWNER, mode: 0o755 });
  for (const name of appletNames()) {
    if (!['bash', 'dash', 'busybox'].includes(name))
      base.symlink(path(`bin/${name}`), 'busybox', { ...OWNER, mode: 0o777 });
  }
  base.mkdir(path('gnu'), { ...OWNER, mode: 0o755 });
  for (const name of GNU_PROGRAMS)
    base.writeFile(path(`gnu/${name}`), hollowBinary(100_000), { ...OWNER, mode: 0o755 });
  const text = (name: string, content: string): void =>
    base.writeFile(path(name), bodyOf(encodeText(content)), { ...OWNER, mode: 0o644 });
  text('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
  text('etc/group', 'root:x:0:\nnogroup:x:65534:\n');
  return createUnionView(base.freeze(), { now: () => clock.nowMs() });
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly simulated: readonly string[];
}

export const ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
]);

/** Runs a program in `root` and gathers what it prints. */
export async function run(
  argv: readonly string[],
  root: UnionView = createRoot(),
  more: Partial<ProcessSpec> & { readonly stdin?: string; readonly job?: Job } = {},
): Promise<RunResult> {
  const output: { stdout: Uint8Array[]; stderr: Uint8Array[] } = { stdout: [], stderr: [] };
  const { stdin, job = createJob(), ...spec } = more;
  const io = {
    ...(stdin === undefined ? {} : { stdin: new Blob([encodeText(stdin)]).stream() }),
    stdout: (data: Uint8Array) => void output.stdout.push(data),
    stderr: (data: Uint8Array) => void output.stderr.push(data),
  };
  const status = await createExecutor({ clock, random }).run(
    { argv, env: ENVIRONMENT, cwd: resolvePath('/case'), credentials: { uid: 0, gid: 0, groups: [] }, ...spec },
    root,
    io,
    job,
  );
  return {
    stdout: decodeText(concatBytes(output.stdout)),
    stderr: decodeText(concatBytes(output.stderr)),
    exitCode: status.code,
    simulated: status.simulated,
  };
}

/** What is below a directory, a line for each path: kind, mode, and content or target. */
export async function describeTree(root: UnionView, directory: AbsolutePath): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, inode } of root.list(directory)) {
    const path = resolvePath(name, directory);
    const mode = inode.mode.toString(8).padStart(4, '0');
    if (inode.kind === 'file')
      lines.push(`${path} file ${mode} ${describeText(decodeText(await readBody(inode.body)))}`);
    else if (inode.kind === 'symlink') lines.push(`${path} link ${inode.target}`);
    else lines.push(`${path} ${inode.kind} ${mode}`);
    if (inode.kind === 'directory') lines.push(...(await describeTree(root, path)));
  }
  return lines;
}
