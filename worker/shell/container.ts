/** A container's life inside its kernel: its first process, further ones, signals from outside, and its end. */
import { EngineError } from '../base/errors.ts';
import type { Inode } from '../vfs/inode.ts';
import { inputStream, outputStream, type StreamLook } from './kernel/devices.ts';
import { strerror } from './kernel/errno.ts';
import {
  execProgram,
  findExecutable,
  loadProgram,
  type LoadedProgram,
  type NotExecutable,
  type ProgramRegistry,
} from './kernel/exec.ts';
import { KILLED_STATUS, type Kernel } from './kernel/kernel.ts';
import { Description, DescriptorTable } from './kernel/open-file.ts';
import { Terminal } from './kernel/terminal.ts';
import type { Process } from './kernel/process.ts';
import type { SignalName } from './kernel/signals.ts';
import type {
  ContainerExit,
  ExecSpec,
  ProcessInfo,
  ProcessSpec,
  RunningContainer,
  StartedProcess,
  Stdio,
} from './process.ts';
import { encodeText } from './text.ts';

const DEFAULT_UMASK = 0o022;
const STANDARD_STREAMS = 3;

/** What `--init` runs as process 1. */
const INIT_PATH = '/sbin/docker-init';

/** Signals an init does not pass on. */
const NOT_PASSED_ON: ReadonlySet<SignalName> = new Set(['KILL', 'STOP', 'CHLD', 'EXIT']);

/** Starts the first process of a kernel. Throws `run` when there is no such program; the kernel is shut down then. */
export async function startContainer(
  kernel: Kernel,
  programs: ProgramRegistry,
  spec: ProcessSpec,
  io: Stdio,
): Promise<RunningContainer> {
  const init = spec.init === true ? createProcess(kernel, initSpec(spec), io) : undefined;
  const main = init === undefined ? createProcess(kernel, spec, io) : kernel.fork(init);
  try {
    const program = await load(main, programs, spec);
    kernel.start(main, () => execProgram(main, program, spec.env));
  } catch (error) {
    for (const process of kernel.processes.values()) kernel.start(process, async () => 0);
    await kernel.shutDown();
    throw error;
  }
  if (init !== undefined) kernel.start(init, () => init.waitFor(main.exited));
  const exited = untilEnd(kernel, init ?? main, io);
  return {
    exited,
    signal: (name) => (NOT_PASSED_ON.has(name) ? (init ?? main) : main).signal(name),
    exec: (further, streams) => startFurther(kernel, programs, further, streams),
    pause: () => kernel.freezer.freeze(),
    resume: () => kernel.freezer.thaw(),
    processes: () => [...kernel.processes.values()].map(infoOf),
    serverAt: (port) => kernel.listeners.at(port),
    use: () => kernel.use(),
  };
}

async function untilEnd(kernel: Kernel, first: Process, io: Stdio): Promise<ContainerExit> {
  let code = await first.exited;
  await kernel.shutDown();
  if (kernel.failure !== undefined) throw kernel.failure;
  const { exceeded } = kernel;
  if (exceeded !== undefined) {
    await io.stderr(encodeText(`Killed: the step used ${exceeded}.\n`));
    code = KILLED_STATUS;
  }
  return {
    code,
    simulated: [...kernel.simulated],
    outOfMemory: kernel.isOutOfMemory,
    ...(exceeded === undefined ? {} : { exceeded }),
  };
}

async function startFurther(
  kernel: Kernel,
  programs: ProgramRegistry,
  spec: ExecSpec,
  io: Stdio,
): Promise<StartedProcess> {
  const process = createProcess(kernel, spec, io);
  try {
    const program = await load(process, programs, spec);
    kernel.start(process, () => execProgram(process, program, spec.env));
  } catch (error) {
    kernel.start(process, async () => 0);
    await process.exited;
    throw error;
  }
  return { pid: process.pid, exited: process.exited, signal: (name) => process.signal(name) };
}

function initSpec(spec: ProcessSpec): ProcessSpec {
  return { ...spec, argv: [INIT_PATH, '--', ...spec.argv] };
}

function createProcess(kernel: Kernel, spec: ExecSpec, io: Stdio): Process {
  const process: Process = kernel.createProcess({
    credentials: spec.credentials,
    cwd: spec.cwd,
    umask: DEFAULT_UMASK,
    argv: spec.argv,
    environment: spec.env,
    executable: undefined,
    descriptors: standardStreams(kernel, spec, io, (name) => signalTree(kernel, process, name)),
    dispositions: new Map(),
  });
  return process;
}

function infoOf(process: Process): ProcessInfo {
  return {
    pid: process.pid,
    parentPid: process.parent?.pid ?? 0,
    uid: process.credentials.uid,
    argv: process.argv,
    startedMs: process.startedMs,
  };
}

async function load(process: Process, programs: ProgramRegistry, spec: ExecSpec): Promise<LoadedProgram> {
  const name = spec.argv[0] ?? '';
  const found = findExecutable(process, name, spec.env.get('PATH'));
  if (!('path' in found)) throw cannotStart(process, name, found);
  const loaded = await loadProgram(process, programs, found.path, spec.argv);
  if (!('main' in loaded)) throw cannotStart(process, found.path, loaded);
  return loaded;
}

/** As runc words it; `data.exitCode` is what a shell would give. */
function cannotStart(process: Process, name: string, failure: NotExecutable): EngineError {
  const missing = failure.errno === 'ENOENT' || failure.errno === 'ENOTDIR';
  const directory = !missing && name.includes('/') && isDirectory(process, name);
  const errno = directory ? 'EISDIR' : failure.errno;
  const data = { exitCode: missing ? 127 : 126, errno };
  return new EngineError('run', startMessage(name, { ...failure, errno }), { data });
}

function isDirectory(process: Process, path: string): boolean {
  return process.files.stat(path).inode.kind === 'directory';
}

function startMessage(name: string, failure: NotExecutable): string {
  const text = lowerFirst(strerror(failure.errno));
  if (failure.errno === 'ENOEXEC') return `exec ${name}: ${text}`;
  if (failure.reason !== undefined) return `exec: ${JSON.stringify(name)}: ${text}: ${failure.reason}`;
  if (name.includes('/'))
    return `exec: ${JSON.stringify(name)}: ${failure.errno === 'ENOENT' ? `stat ${name}: ${text}` : text}`;
  return `exec: ${JSON.stringify(name)}: ${failure.errno === 'ENOENT' ? 'executable file not found in $PATH' : text}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Pipes to whoever reads and writes them, or one terminal for all three. */
function standardStreams(
  kernel: Kernel,
  spec: ExecSpec,
  io: Stdio,
  signal: (name: SignalName) => void,
): DescriptorTable {
  const table = new DescriptorTable();
  const owner = { uid: spec.credentials.uid, gid: spec.credentials.gid, mtimeMs: kernel.clock.nowMs() };
  if (spec.terminal !== undefined) {
    const inode: Inode = { ...owner, kind: 'character', mode: 0o620, device: { major: 136, minor: 0 } };
    const terminal = new Terminal(io, signal);
    const file = terminal.open({ label: '/dev/pts/0', inode, terminal: true }, (bytes) => kernel.countOutput(bytes));
    const description = new Description(file);
    table.install(description);
    while (table.numbers().length < STANDARD_STREAMS) table.install(description.retain());
    return table;
  }
  const look = (number: number): StreamLook => ({
    label: `pipe:[${number}]`,
    inode: { ...owner, kind: 'fifo', mode: 0o600 },
    terminal: false,
  });
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

/** Sends a terminal's signal to the process it was opened for and to all that came of it. */
function signalTree(kernel: Kernel, root: Process, name: SignalName): void {
  for (const process of [...kernel.processes.values()]) if (isWithin(process, root)) process.signal(name);
}

function isWithin(process: Process | undefined, root: Process): boolean {
  for (let at = process; at !== undefined; at = at.parent) if (at === root) return true;
  return false;
}
