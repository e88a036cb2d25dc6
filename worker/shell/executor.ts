/** The executor: makes a container's kernel around a root and runs one process tree in it. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Random, StaticFiles, Transport } from '../base/ports.ts';
import type { Inode } from '../vfs/inode.ts';
import type { UnionView } from '../vfs/view.ts';
import { createPrograms } from './applets/registry.ts';
import { inputStream, outputStream, type StreamLook } from './kernel/devices.ts';
import { containerMounts } from './kernel/environment.ts';
import { strerror } from './kernel/errno.ts';
import {
  execProgram,
  findExecutable,
  loadProgram,
  type LoadedProgram,
  type NotExecutable,
  type ProgramRegistry,
} from './kernel/exec.ts';
import { Kernel, KILLED_STATUS } from './kernel/kernel.ts';
import { Description, DescriptorTable } from './kernel/open-file.ts';
import type { Process } from './kernel/process.ts';
import type { ExitStatus, Executor, Limits, ProcessSpec, Stdio } from './process.ts';
import { encodeText } from './text.ts';

/** What a process tree may use unless the spec says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  steps: 500_000_000,
  outputBytes: 64 << 20,
  memoryBytes: 2 ** 30,
  processes: 512,
};

const DEFAULT_HOSTNAME = 'buildkitsandbox';
const DEFAULT_UMASK = 0o022;

export interface ExecutorOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** The data of the package managers (`public/catalogue`); without it they know no packages. */
  readonly catalogue?: StaticFiles;
  /** How wget and curl reach servers; without it there is no network. */
  readonly transport?: Transport;
  /** How wget and curl reach servers; without it there is no network. */
  readonly transport?: Transport;
}

/** An executor whose programs are the applets and tools of this room. */
export function createExecutor(options: ExecutorOptions): Executor {
  const programs = createPrograms();
  return { run: (spec, root, io, job) => runContainer(options, programs, spec, root, io, job) };
}

async function runContainer(
  options: ExecutorOptions,
  programs: ProgramRegistry,
  spec: ProcessSpec,
  root: UnionView,
  io: Stdio,
  job: Job,
): Promise<ExitStatus> {
  job.budget.throwIfCancelled();
  const kernel = new Kernel({
    clock: options.clock,
    random: options.random,
    catalogue: options.catalogue ?? noCatalogue,
    transport: options.transport,
    transport: options.transport,
    job,
    limits: { ...DEFAULT_LIMITS, ...spec.limits },
    hostname: spec.hostname ?? DEFAULT_HOSTNAME,
    mounts: (self) => containerMounts(self, root, spec),
  });
  const init = kernel.createProcess({
    credentials: spec.credentials,
    cwd: spec.cwd,
    umask: DEFAULT_UMASK,
    argv: spec.argv,
    environment: spec.env,
    executable: undefined,
    descriptors: standardStreams(kernel, spec, io),
    dispositions: new Map(),
  });
  let code: number;
  try {
    const program = await load(init, programs, spec);
    kernel.start(init, () => execProgram(init, program, spec.env));
    code = await init.exited;
  } finally {
    if (init.exitStatus === undefined) kernel.start(init, async () => 0);
    await kernel.shutDown();
  }
  if (kernel.failure !== undefined) throw kernel.failure;
  if (kernel.exceeded !== undefined) {
    await io.stderr(encodeText(`Killed: the step used ${kernel.exceeded}.\n`));
    code = KILLED_STATUS;
  }
  return { code, simulated: [...kernel.simulated] };
}

const noCatalogue: StaticFiles = () =>
  Promise.reject(new EngineError('network', 'There is no catalogue of packages here.'));

async function load(process: Process, programs: ProgramRegistry, spec: ProcessSpec): Promise<LoadedProgram> {
  const name = spec.argv[0] ?? '';
  const found = findExecutable(process, name, spec.env.get('PATH'));
  if (!('path' in found)) throw cannotStart(name, found);
  const loaded = await loadProgram(process, programs, found.path, spec.argv);
  if (!('main' in loaded)) throw cannotStart(found.path, loaded);
  return loaded;
}

/** As runc words it; `data.exitCode` is what a shell would give. */
function cannotStart(name: string, failure: NotExecutable): EngineError {
  const missing = failure.errno === 'ENOENT' || failure.errno === 'ENOTDIR';
  const data = { exitCode: missing ? 127 : 126, errno: failure.errno };
  return new EngineError('run', startMessage(name, failure), { data });
}

function startMessage(name: string, failure: NotExecutable): string {
  const text = lowerFirst(strerror(failure.errno));
  if (failure.errno === 'ENOEXEC') return `exec ${name}: ${text}`;
  if (failure.reason !== undefined) return `exec: "${name}": ${text}: ${failure.reason}`;
  if (name.includes('/')) return `exec: "${name}": ${failure.errno === 'ENOENT' ? `stat ${name}: ${text}` : text}`;
  return `exec: "${name}": ${failure.errno === 'ENOENT' ? 'executable file not found in $PATH' : text}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function standardStreams(kernel: Kernel, spec: ProcessSpec, io: Stdio): DescriptorTable {
  const table = new DescriptorTable();
  const look = (number: number): StreamLook => {
    const owner = { uid: spec.credentials.uid, gid: spec.credentials.gid, mtimeMs: 0 };
    const terminal = spec.terminal !== undefined;
    const inode: Inode = terminal
      ? { ...owner, kind: 'character', mode: 0o620, device: { major: 136, minor: 0 } }
      : { ...owner, kind: 'fifo', mode: 0o600 };
    return { label: terminal ? '/dev/pts/0' : `pipe:[${number}]`, inode, terminal };
  };
  const output = (number: number, sink: Stdio['stdout']): Description =>
    new Description(
      outputStream(look(number), (data) => {
        kernel.countOutput(data.byteLength);
        return sink(data);
      }),
    );
  table.install(new Description(inputStream(look(0), io.stdin)));
  table.install(output(1, (data) => io.stdout(data)));
  table.install(output(2, (data) => io.stderr(data)));
  return table;
}
