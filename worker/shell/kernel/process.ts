/** A process: who it is, what it has open, and how it ends. */
import type { AbsolutePath } from '../../base/path.ts';
import type { SymlinkInode } from '../../vfs/inode.ts';
import type { Credentials, Ulimits } from '../process.ts';
import { errnoOf, systemError } from './errno.ts';
import { Files } from './files.ts';
import type { Kernel } from './kernel.ts';
import type { Location, Namespace } from './namespace.ts';
import type { DescriptorTable, OpenFile, Waiter } from './open-file.ts';
import { SELF_PATH } from './proc.ts';
import { isFatalByDefault, signalNumber, type SignalName } from './signals.ts';

/** Thrown inside a process that a signal ends; nothing but the kernel may catch it for good. */
export class ProcessDeath extends Error {
  override readonly name = 'ProcessDeath';
  readonly signal: SignalName;

  constructor(signal: SignalName) {
    super(`killed by SIG${signal}`);
    this.signal = signal;
  }
}

/** What a process does with a signal it does not leave to the default. */
export type Disposition = 'ignore' | 'handle';

/** What a child takes over from its parent. */
export interface Inheritance {
  readonly credentials: Credentials;
  readonly cwd: AbsolutePath;
  readonly umask: number;
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly executable: AbsolutePath | undefined;
  readonly descriptors: DescriptorTable;
  readonly dispositions: ReadonlyMap<SignalName, Disposition>;
}

export class Process implements Waiter {
  readonly kernel: Kernel;
  readonly pid: number;
  readonly parent: Process | undefined;
  readonly descriptors: DescriptorTable;
  readonly files: Files;
  readonly dispositions: Map<SignalName, Disposition>;
  /** The mounts it sees; its own after chroot. */
  namespace: Namespace;
  credentials: Credentials;
  cwd: AbsolutePath;
  umask: number;
  /** What `ulimit` tells here and in what is started from here. */
  ulimits: Ulimits;
  argv: readonly string[];
  readonly startedMs: number;
  /** As given to the program when it was started. */
  environment: ReadonlyMap<string, string>;
  /** The file it was started from; undefined before the first exec. */
  executable: AbsolutePath | undefined;
  /** Resolves with the exit status, 128 + n for a death by signal n. Never rejects. */
  exited: Promise<number> = Promise.resolve(0);
  /** Set once it is over. */
  exitStatus: number | undefined;
  /** The signal that ended it. */
  deathSignal: SignalName | undefined;
  #death: ProcessDeath | undefined;
  readonly #pending: SignalName[] = [];
  readonly #blocked = new Set<(error: Error) => void>();

  constructor(kernel: Kernel, pid: number, parent: Process | undefined, from: Inheritance) {
    this.kernel = kernel;
    this.pid = pid;
    this.parent = parent;
    this.namespace = parent?.namespace ?? kernel.namespace;
    this.descriptors = from.descriptors;
    this.credentials = from.credentials;
    this.cwd = from.cwd;
    this.umask = from.umask;
    this.ulimits = parent?.ulimits ?? kernel.ulimits;
    this.argv = from.argv;
    this.environment = from.environment;
    this.executable = from.executable;
    this.dispositions = new Map(from.dispositions);
    this.files = new Files(this);
    this.startedMs = kernel.clock.nowMs();
  }

  /** Counts a step of work; await what it returns, if anything. Throws when the process was killed. */
  checkpoint(): Promise<void> | undefined {
    if (this.#death !== undefined) throw this.#death;
    return this.kernel.step();
  }

  /** Counts steps of work that was done in one piece; throws when the process was killed, or is for it. */
  work(steps: number): void {
    if (this.#death !== undefined) throw this.#death;
    this.kernel.work(steps);
  }

  /** Reads from a descriptor; see {@link OpenFile.read}. */
  read(descriptor: number, maxBytes = 65_536): Uint8Array | Promise<Uint8Array> {
    return this.descriptors.get(descriptor).read(maxBytes, this);
  }

  /** Writes all of `data`. A broken pipe kills the process unless it ignores or handles SIGPIPE (then EPIPE is thrown). */
  async write(descriptor: number, data: Uint8Array): Promise<void> {
    try {
      await this.descriptors.get(descriptor).write(data, this);
    } catch (error) {
      if (errnoOf(error) === 'EPIPE') this.#raise('PIPE');
      throw error;
    }
  }

  /** Sends a signal to this process. */
  signal(name: SignalName): void {
    if (this.exitStatus !== undefined || name === 'EXIT') return;
    const disposition = name === 'KILL' ? undefined : this.dispositions.get(name);
    if (disposition === 'ignore') return;
    if (disposition === 'handle') {
      this.#pending.push(name);
      this.#interrupt(systemError('EINTR'));
      return;
    }
    if (!isFatalByDefault(name) || (this.pid === 1 && name !== 'KILL')) return;
    this.#die(name);
  }

  /** Makes what this process waits for fail with EINTR, as an alarm that is caught does. */
  interrupt(): void {
    this.#interrupt(systemError('EINTR'));
  }

  /** Takes the oldest signal that waits for its handler. */
  takeSignal(): SignalName | undefined {
    return this.#pending.shift();
  }

  /** The signal {@link takeSignal} would take. */
  get nextSignal(): SignalName | undefined {
    return this.#pending[0];
  }

  get hasPendingSignal(): boolean {
    return this.#pending.length > 0;
  }

  block(subscribe: (wake: () => void) => () => void): Promise<void> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        this.#blocked.delete(interrupted);
        unsubscribe();
        settle();
      };
      const interrupted = (error: Error): void => finish(() => reject(error));
      this.#blocked.add(interrupted);
      const unsubscribe = subscribe(() => finish(() => resolve(this.kernel.freezer.thawed)));
    });
  }

  /** Waits for a promise that cannot be cancelled; rejects as soon as the process is killed or interrupted. */
  async waitFor<T>(promise: Promise<T>): Promise<T> {
    await this.block((wake) => {
      promise.then(wake, wake);
      return () => undefined;
    });
    return promise;
  }

  async sleep(ms: number): Promise<void> {
    const stop = new AbortController();
    const sleeping = this.kernel.clock.sleep(ms, stop.signal).catch(() => undefined);
    try {
      await this.waitFor(sleeping);
    } finally {
      stop.abort();
    }
  }

  /** Ends the process with a status; called by the kernel alone. */
  finish(status: number, signal?: SignalName): void {
    this.exitStatus = status;
    this.deathSignal = signal;
    this.descriptors.closeAll();
  }

  /** The link of /proc for an open file of this or another process. */
  openFileOf(location: Location): OpenFile | undefined {
    return location.mount.type === 'proc' ? this.kernel.openFileAt(location.inner) : undefined;
  }

  /** The text of a link as this process sees it. */
  linkTarget(location: Location, link: SymlinkInode): string {
    return location.mount.type === 'proc' && location.inner === SELF_PATH ? String(this.pid) : link.target;
  }

  #raise(name: SignalName): void {
    if (this.dispositions.has(name)) {
      this.signal(name);
      return;
    }
    this.#die(name);
    throw this.#death ?? new ProcessDeath(name);
  }

  #die(name: SignalName): void {
    this.#death ??= new ProcessDeath(name);
    this.#interrupt(this.#death);
  }

  #interrupt(error: Error): void {
    for (const interrupted of [...this.#blocked]) interrupted(error);
  }
}

/** Exit status a parent sees of a death by signal. */
export function statusOfDeath(signal: SignalName): number {
  return 128 + signalNumber(signal);
}
