/**
 * The kernel of one container: its processes, mounts and limits. Everything that runs in a container runs in this thread,
 * cooperatively: each process is an async function that passes `checkpoint()` in every loop and waits through `block()`.
 */
import { asEngineError, EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import type { AbsolutePath } from '../../base/path.ts';
import type { Clock, Random, StaticFiles, Transport } from '../../base/ports.ts';
import type { Body } from '../../vfs/body.ts';
import type { ContainerUse, Credentials, HostResolver, Limits, Ulimits } from '../process.ts';
import { Freezer } from './freezer.ts';
import { Listeners, type ListenerTraits } from './listeners.ts';
import { Fifos, InodeNumbers } from './inode-numbers.ts';
import type { Namespace } from './namespace.ts';
import { Description, type OpenFile } from './open-file.ts';
import { Pipe } from './pipe.ts';
import { descriptorOfProcPath } from './proc.ts';
import { Process, ProcessDeath, statusOfDeath, type Inheritance } from './process.ts';
import { RegularFileTable } from './regular-file.ts';
import { signalNumber, type SignalName } from './signals.ts';

/** What the kernel needs from outside. */
export interface KernelOptions {
  readonly job: Job;
  readonly clock: Clock;
  readonly random: Random;
  /** What the simulated tools know of packages. */
  readonly catalogue: StaticFiles;
  /** The way out for wget and curl; absent where there is none. */
  readonly transport?: Transport | undefined;
  readonly resolver?: HostResolver | undefined;
  readonly limits: Limits;
  readonly hostname: string;
  /** What `ulimit` tells, where it was set. */
  readonly ulimits?: Ulimits | undefined;
  /** Told when a program begins to listen at a port. */
  readonly onListen?: ((port: number, traits: ListenerTraits) => void) | undefined;
  /** Builds the mount table; called once, with the kernel it belongs to. */
  readonly mounts: (kernel: Kernel) => Namespace;
}

/** The version `uname -r` gives: what Docker Desktop's virtual machine ran when this was written. */
const RELEASE = '6.6.32-linuxkit';

/** Where no network is, a machine finds itself. */
const loopbackAlone: HostResolver = async (host) =>
  host === 'localhost' || /^127(?:\.\d+){3}$/.test(host) ? { address: '127.0.0.1', answers: true } : undefined;

const ANONYMOUS = { uid: 0, gid: 0, mtimeMs: 0 };

export class Kernel {
  readonly clock: Clock;
  readonly random: Random;
  readonly catalogue: StaticFiles;
  /** The way out for wget and curl; undefined where there is none. */
  readonly transport: Transport | undefined;
  readonly resolver: HostResolver;
  readonly hostname: string;
  readonly ulimits: Ulimits;
  readonly release = RELEASE;
  readonly limits: Limits;
  readonly namespace: Namespace;
  readonly processes = new Map<number, Process>();
  readonly regularFiles = new RegularFileTable((bytes) => this.useMemory(bytes));
  readonly inodeNumbers = new InodeNumbers();
  readonly fifos = new Fifos();
  readonly freezer = new Freezer();
  readonly listeners: Listeners;
  /** What was simulated, each note once. */
  readonly simulated = new Set<string>();
  readonly #job: Job;
  #steps = 0;
  #memoryBytes = 0;
  #outputBytes = 0;
  #files = 0;
  #nextPid = 1;
  #nextPipe = 1;
  #failure: EngineError | undefined;
  #exceeded: string | undefined;
  #outOfMemory = false;

  constructor(options: KernelOptions) {
    this.#job = options.job;
    this.clock = options.clock;
    this.random = options.random;
    this.catalogue = options.catalogue;
    this.transport = options.transport;
    this.resolver = options.resolver ?? loopbackAlone;
    this.limits = options.limits;
    this.hostname = options.hostname;
    this.ulimits = options.ulimits ?? new Map();
    this.listeners = new Listeners((port, traits) => options.onListen?.(port, traits));
    this.namespace = options.mounts(this);
    options.job.signal.addEventListener('abort', this.#cancelled);
  }

  /** The limit that was exceeded, as a sentence for a person. */
  get exceeded(): string | undefined {
    return this.#exceeded;
  }

  get isOutOfMemory(): boolean {
    return this.#outOfMemory;
  }

  /** Why everything was stopped, when it was not a limit: the job was cancelled, or a program has a bug. */
  get failure(): EngineError | undefined {
    return this.#failure;
  }

  /** Makes a process out of nothing: the first of the container. */
  createProcess(from: Inheritance): Process {
    return this.#register(undefined, from);
  }

  /** A child that shares the open files of its parent. */
  fork(parent: Process): Process {
    return this.#register(parent, {
      credentials: parent.credentials,
      cwd: parent.cwd,
      umask: parent.umask,
      argv: parent.argv,
      environment: parent.environment,
      executable: parent.executable,
      descriptors: parent.descriptors.fork(),
      dispositions: new Map([...parent.dispositions].filter(([, disposition]) => disposition === 'ignore')),
    });
  }

  /** Lets a process run `main` to its end; its `exited` is set at once. */
  start(process: Process, main: () => Promise<number>): void {
    process.exited = this.#run(process, main);
  }

  async #run(process: Process, main: () => Promise<number>): Promise<number> {
    let status: number;
    let signal: SignalName | undefined;
    try {
      status = await main();
    } catch (error) {
      signal = error instanceof ProcessDeath ? error.signal : 'KILL';
      if (isAllocationFailure(error)) this.#runOutOfMemory();
      else if (!(error instanceof ProcessDeath)) this.#abort(asEngineError(error));
      status = statusOfDeath(signal);
    }
    process.finish(status & 0xff, signal);
    this.processes.delete(process.pid);
    process.parent?.signal('CHLD');
    return status & 0xff;
  }

  /** Counts a step of work; await what it returns, if anything. */
  step(): Promise<void> | undefined {
    if (++this.#steps > this.limits.steps) this.#exceed(`more than ${this.limits.steps} steps of work`);
    return this.freezer.thawed ?? this.#job.budget.checkpoint();
  }

  /** Counts work that was done in one piece. */
  work(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.limits.steps) this.#exceed(`more than ${this.limits.steps} steps of work`);
  }

  /** What was used so far. */
  use(): ContainerUse {
    return { steps: Math.round(this.#steps), memoryBytes: this.#memoryBytes, processes: this.processes.size };
  }

  /** Counts bytes a program holds or has written; give them back with a negative number. */
  useMemory(bytes: number): void {
    this.#memoryBytes += bytes;
    if (this.#memoryBytes <= this.limits.memoryBytes) return;
    this.#runOutOfMemory();
    throw new ProcessDeath('KILL');
  }

  /** Counts a file, directory or link that is made. */
  countFile(): void {
    if (++this.#files > this.limits.files) this.#exceed(`more than ${this.limits.files} new files`);
  }

  /** Ends everything for work that nothing could interrupt. */
  exhaust(what: string): never {
    this.#exceed(what);
  }

  countOutput(bytes: number): void {
    this.#outputBytes += bytes;
    if (this.#outputBytes > this.limits.outputBytes)
      this.#exceed(`more than ${this.limits.outputBytes} bytes of output`);
  }

  /** The two ends of a new pipe, reader first. */
  createPipe(owner: Credentials): [Description, Description] {
    const pipe = new Pipe(this.#nextPipe++, {
      ...ANONYMOUS,
      kind: 'fifo',
      mode: 0o600,
      uid: owner.uid,
      gid: owner.gid,
    });
    return [new Description(pipe.openReader()), new Description(pipe.openWriter())];
  }

  /** An open file that holds this and has no name: a here-document. */
  openText(body: Body): Description {
    return new Description(this.regularFiles.openNameless({ ...ANONYMOUS, kind: 'file', mode: 0o600, body }));
  }

  /** Sends a signal as a process inside does; false when there is none to take it. The first one cannot be killed from within. */
  signal(pid: number, name: SignalName): boolean {
    const process = this.processes.get(pid);
    if (pid !== 1 || name !== 'KILL') process?.signal(name);
    return process !== undefined;
  }

  /** Ends all processes and waits until they are gone. */
  async shutDown(): Promise<void> {
    this.freezer.thaw();
    while (this.processes.size > 0) {
      const running = [...this.processes.values()];
      for (const process of running) process.signal('KILL');
      await Promise.all(running.map((process) => process.exited));
    }
    this.#job.signal.removeEventListener('abort', this.#cancelled);
  }

  /** The open file behind a path inside /proc like `/12/fd/3`. */
  openFileAt(inner: AbsolutePath): OpenFile | undefined {
    const named = descriptorOfProcPath(inner);
    const descriptors = named === undefined ? undefined : this.processes.get(named.pid)?.descriptors;
    return named !== undefined && descriptors?.has(named.descriptor) === true
      ? descriptors.get(named.descriptor)
      : undefined;
  }

  #register(parent: Process | undefined, from: Inheritance): Process {
    if (this.processes.size >= this.limits.processes) {
      from.descriptors.closeAll();
      this.#exceed(`more than ${this.limits.processes} processes`);
    }
    const process = new Process(this, this.#nextPid++, parent, from);
    this.processes.set(process.pid, process);
    return process;
  }

  readonly #cancelled = (): void => {
    this.#abort(new EngineError('cancelled', 'Cancelled.', { cause: this.#job.signal.reason }));
  };

  #abort(error: EngineError): void {
    if (this.#failure === undefined || isEngineError(error, 'cancelled')) this.#failure = error;
    this.#killAll();
  }

  #runOutOfMemory(): void {
    this.#outOfMemory = true;
    this.#exceeded ??= `more than ${this.limits.memoryBytes} bytes of memory`;
    this.#killAll();
  }

  #exceed(what: string): never {
    this.#exceeded ??= what;
    this.#killAll();
    throw new ProcessDeath('KILL');
  }

  #killAll(): void {
    for (const process of this.processes.values()) process.signal('KILL');
  }
}

/** Exit status of a container that was killed for exceeding a limit. */
export const KILLED_STATUS = 128 + signalNumber('KILL');

/** True when the engine refused a string, a buffer or a stack for its size, as it does before the container's own limit is reached. */
function isAllocationFailure(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /string length|array length|allocation failed|buffer size|call stack/i.test(error.message)
  );
}
