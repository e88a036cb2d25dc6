/** Processes: what the kernel is asked to start, and what comes back. The public types of this room. */
import type { Job } from '../base/job.ts';
import type { AbsolutePath } from '../base/path.ts';
import type { Clock, Random, Transport } from '../base/ports.ts';
import type { UnionView } from '../vfs/view.ts';
import type { ListenerTraits, Server } from './kernel/listeners.ts';
import type { SignalName } from './kernel/signals.ts';

/** Who a process is. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** A further file system seen at a path of the root (`RUN --mount`, a volume). */
export interface Mount {
  readonly target: AbsolutePath;
  readonly view: UnionView;
  /** The directory or file of `view` that is mounted; its root by default. */
  readonly source?: AbsolutePath;
  readonly readOnly: boolean;
  /** As /proc/mounts names it; `bind` by default. */
  readonly type?: string;
}

export interface ProcessSpec {
  /** Program and arguments; the program is looked up in PATH of `env` inside the root, as `execvp` does. */
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  /** Must exist in the root. */
  readonly cwd: AbsolutePath;
  readonly credentials: Credentials;
  readonly mounts?: readonly Mount[];
  readonly hostname?: string;
  /** Standard streams are a terminal of this size. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  readonly limits?: Partial<Limits>;
  /** What `ulimit` tells (`--ulimit`), by Docker's names; nothing of it is enforced. */
  readonly ulimits?: Ulimits;
  /** The root cannot be written to (`--read-only`). */
  readonly readOnlyRoot?: boolean;
  /** Time and chance as its programs see them; the executor's own by default. */
  readonly clock?: Clock;
  readonly random?: Random;
  /** Runs a small init as process 1, which passes signals on (`--init`). */
  readonly init?: boolean;
  /** How its programs reach servers, in place of the executor's own way out. */
  readonly network?: Transport;
  /** How its programs find hosts; without it they know but their own. */
  readonly resolver?: HostResolver;
  /** Told when one of its programs begins to listen at a port. */
  readonly onListen?: (port: number, traits: ListenerTraits) => void;
}

/** A host that has an address here; `answers` is false where nobody is at it. */
export interface FoundHost {
  readonly address: string;
  readonly answers: boolean;
}

/** Finds a host by its name or address; undefined for one that is not of this engine. */
export type HostResolver = (host: string) => Promise<FoundHost | undefined>;

/** Limits of the operating system by name (`nofile`, `core`), in bytes where they are of memory or files; -1 is none. */
export type Ulimits = ReadonlyMap<string, { readonly soft: number; readonly hard: number }>;

/** What one process tree may use, before it is killed with 137 and told why. */
export interface Limits {
  /** Interpreter steps of all its processes. */
  readonly steps: number;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  /** Files, directories and links it makes; those it removes again count too. */
  readonly files: number;
  readonly processes: number;
}

export interface Stdio {
  /** Absent: reads as end of file. */
  readonly stdin?: ReadableStream<Uint8Array>;
  /** A promise returned makes the writer wait. */
  stdout(data: Uint8Array): void | Promise<void>;
  stderr(data: Uint8Array): void | Promise<void>;
}

export interface ExitStatus {
  /** 0 to 255; 128 + n for a death by signal n. */
  readonly code: number;
  /** Programs that were simulated: `go build: output is a stand-in …`, for the mark on screen. */
  readonly simulated: readonly string[];
}

/** How the first process of a container ended. */
export interface ContainerExit extends ExitStatus {
  /** The limit it was killed for, as a sentence; undefined when none was exceeded. */
  readonly exceeded?: string;
  readonly outOfMemory: boolean;
}

/** A line of `ps` about one process. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  readonly argv: readonly string[];
  readonly startedMs: number;
}

/** What a container has used since it started. */
export interface ContainerUse {
  readonly steps: number;
  readonly memoryBytes: number;
  readonly processes: number;
}

/** A process that was started from outside. */
export interface StartedProcess {
  readonly pid: number;
  /** The exit status, 128 + n for a death by signal n. Never rejects. */
  readonly exited: Promise<number>;
  signal(name: SignalName): void;
}

/** A further process of a running container (`docker exec`). */
export type ExecSpec = Pick<ProcessSpec, 'argv' | 'env' | 'cwd' | 'credentials' | 'terminal'>;

/** A container whose first process runs; when that ends, all others are killed. */
export interface RunningContainer {
  /** Rejects with `internal` for a bug of a program, with `cancelled` when the job was stopped. */
  readonly exited: Promise<ContainerExit>;
  /** Sends a signal to the first process (behind its init, if it has one). */
  signal(name: SignalName): void;
  /** Starts a further process. Throws `run` as {@link ContainerExecutor.start} does. */
  exec(spec: ExecSpec, io: Stdio): Promise<StartedProcess>;
  /** Stops all processes where they are, until {@link resume}. */
  pause(): void;
  resume(): void;
  processes(): readonly ProcessInfo[];
  /** Who answers requests at a port; undefined where nobody listens. */
  serverAt(port: number): Server | undefined;
  use(): ContainerUse;
}

export interface Executor {
  /**
   * Starts a process in a root and waits for it. Throws `run` when it cannot be started, worded as runc does
   * (`exec: "nope": executable file not found in $PATH`; `data.exitCode` is 127 or 126), and `cancelled`.
   */
  run(process: ProcessSpec, root: UnionView, io: Stdio, job: Job): Promise<ExitStatus>;
}

/** An executor that also starts what goes on running. */
export interface ContainerExecutor extends Executor {
  /** Starts a process as the first of a container, and gives the container once it runs. Throws as `run` does. */
  start(process: ProcessSpec, root: UnionView, io: Stdio, job: Job): Promise<RunningContainer>;
}
