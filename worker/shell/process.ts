/** Processes: what the kernel is asked to start, and what comes back. The public types of this room. */
import type { Job } from '../base/job.ts';
import type { AbsolutePath } from '../base/path.ts';
import type { UnionView } from '../vfs/view.ts';

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
}

/** What one process tree may use, before it is killed with 137 and told why. */
export interface Limits {
  /** Interpreter steps of all its processes. */
  readonly steps: number;
  readonly outputBytes: number;
  readonly memoryBytes: number;
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

/**
 * Starts a process in a root and waits for it. Throws `run` when it cannot be started, worded as runc does
 * (`exec: "nope": executable file not found in $PATH`; `data.exitCode` is 127 or 126), and `cancelled`.
 */
export interface Executor {
  run(process: ProcessSpec, root: UnionView, io: Stdio, job: Job): Promise<ExitStatus>;
}
