/**
 * An interactive shell session: one bash that stays alive between lines, with its variables, functions and working directory,
 * on a machine of its own. What a terminal sits on.
 */
import { EngineError } from '../base/errors.ts';
import { createJob } from '../base/job.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import type { Clock, Random, Transport } from '../base/ports.ts';
import type { Inode } from '../vfs/inode.ts';
import type { UnionView } from '../vfs/view.ts';
import type { Applet } from './applets/applet.ts';
import { createPrograms } from './applets/registry.ts';
import { bash } from './interpreter/dialects/bash.ts';
import { ShellError, ShellExit, ShellInterrupt } from './interpreter/failures.ts';
import { setInitialVariables } from './interpreter/initial-variables.ts';
import { runSource } from './interpreter/nested.ts';
import { reportError } from './interpreter/reporting.ts';
import { Shell } from './interpreter/shell.ts';
import { SourceText } from './interpreter/source-text.ts';
import { runExitTrap, runPendingTraps } from './interpreter/trap-actions.ts';
import { inputStream, outputStream, type StreamLook } from './kernel/devices.ts';
import { containerMounts } from './kernel/environment.ts';
import { errnoOf } from './kernel/errno.ts';
import { Kernel } from './kernel/kernel.ts';
import { Description, DescriptorTable } from './kernel/open-file.ts';
import type { Process } from './kernel/process.ts';
import type { TerminalInput } from './kernel/terminal-input.ts';
import type { Limits, Stdio } from './process.ts';

export interface SessionOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly hostname: string;
  /** Added to (or put in place of) HOME, PATH, TERM, USER, SHELL and LANG. */
  readonly env?: ReadonlyMap<string, string>;
  /** The machine's files ({@link createMachineRoot}). */
  readonly root: UnionView;
  /** The directory the shell starts in. */
  readonly cwd: AbsolutePath;
  /** Programs of the machine besides the applets. */
  readonly programs?: readonly Applet[];
  /** How its programs reach servers; without it there is no network. */
  readonly transport?: Transport;
  /** Standard streams of the shell; the two outputs are called in the order of writing. */
  readonly io: Stdio;
  /** Its streams are a terminal, where this is typed; `io` has no input then. */
  readonly keyboard?: TerminalInput;
}

/** What came of a line. */
export interface LineResult {
  readonly status: number;
  /** The line ended the shell: `exit`. No further line can be run. */
  readonly ended: boolean;
}

export interface ShellSession {
  /** Where the shell is. */
  readonly cwd: AbsolutePath;
  /** Runs a complete line (or several, with a here-document) after those before it. Rejects when the shell is gone. */
  runLine(text: string): Promise<LineResult>;
  /** Ctrl-C: ends what runs in the foreground; the shell stays. */
  interrupt(): void;
  /** Ends all processes of the machine. */
  close(): Promise<void>;
}

/** A person works as long as they like: what ends a line is Ctrl-C, not a count of steps. */
const LIMITS: Limits = {
  steps: Infinity,
  outputBytes: Infinity,
  memoryBytes: 2 ** 31,
  files: Infinity,
  processes: 512,
};
const UMASK = 0o022;
const SUPERUSER = { uid: 0, gid: 0, groups: [0] };
const ENVIRONMENT = {
  HOME: '/root',
  LANG: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  USER: 'root',
} as const;
/** Status of a line that Ctrl-C ended. */
const INTERRUPTED_STATUS = 130;

/** Starts the machine and its shell. */
export function openShellSession(options: SessionOptions): ShellSession {
  return new InteractiveShell(options);
}

interface PendingLine {
  readonly text: string;
  readonly resolve: (result: LineResult) => void;
}

class InteractiveShell implements ShellSession {
  readonly #kernel: Kernel;
  readonly #process: Process;
  readonly #shell: Shell;
  readonly #stop = new AbortController();
  readonly #lines: PendingLine[] = [];
  #wake: (() => void) | undefined;
  #running: PendingLine | undefined;
  #lineNumber = 1;

  constructor(options: SessionOptions) {
    const { clock, random, hostname, root, programs = [] } = options;
    this.#kernel = new Kernel({
      clock,
      random,
      catalogue: () => Promise.reject(new EngineError('unsupported', 'The terminal installs no packages.')),
      job: createJob('terminal', this.#stop.signal, clock),
      transport: options.transport,
      limits: LIMITS,
      hostname,
      mounts: (kernel) => containerMounts(kernel, root, {}),
    });
    const environment = new Map<string, string>([...Object.entries(ENVIRONMENT), ...(options.env ?? [])]);
    const init = this.#kernel.createProcess({
      credentials: SUPERUSER,
      cwd: options.cwd,
      umask: UMASK,
      argv: ['init'],
      environment,
      executable: undefined,
      descriptors: descriptorsOf(options),
      dispositions: new Map(),
    });
    this.#kernel.start(init, () => init.block(() => () => undefined).then(() => 0));
    this.#process = this.#kernel.fork(init);
    this.#process.argv = ['bash'];
    this.#process.executable = resolvePath('/usr/bin/bash');
    this.#process.dispositions.set('INT', 'handle');
    this.#shell = Shell.start({
      process: this.#process,
      programs: createPrograms(programs),
      dialect: bash,
      name: 'bash',
      positional: [],
      options: ['hashall', 'braceexpand'],
      source: new SourceText('', 'stdin'),
    });
    this.#shell.interactive = true;
    this.#kernel.start(this.#process, () => this.#run());
  }

  get cwd(): AbsolutePath {
    return this.#process.cwd;
  }

  async runLine(text: string): Promise<LineResult> {
    if (this.#process.exitStatus !== undefined) {
      throw this.#kernel.failure ?? new EngineError('run', 'The shell has ended. Open a new terminal.');
    }
    const ended = this.#process.exited.then((status): LineResult => ({ status, ended: true }));
    const done = new Promise<LineResult>((resolve) => {
      this.#lines.push({ text, resolve });
      this.#wake?.();
    });
    return Promise.race([done, ended]);
  }

  interrupt(): void {
    if (this.#running === undefined) return;
    for (const process of this.#kernel.processes.values()) {
      if (process.parent !== undefined && process !== this.#process) process.signal('INT');
    }
    this.#process.signal('INT');
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#kernel.shutDown();
  }

  async #run(): Promise<number> {
    setInitialVariables(this.#shell);
    for (;;) {
      const line = await this.#next();
      this.#running = line;
      const result = await this.#runOne(line.text);
      this.#running = undefined;
      if (result.ended) return runExitTrap(this.#shell, result.status);
      line.resolve(result);
    }
  }

  async #next(): Promise<PendingLine> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) return line;
      await this.#process.block((wake) => {
        this.#wake = wake;
        return () => (this.#wake = undefined);
      });
    }
  }

  async #runOne(text: string): Promise<LineResult> {
    const shell = this.#shell;
    const source = new SourceText(text, 'stdin', { firstLine: this.#lineNumber });
    this.#lineNumber += text.split('\n').length;
    try {
      await runSource(shell, source);
      await runPendingTraps(shell);
    } catch (error) {
      if (error instanceof ShellExit) return { status: error.status, ended: true };
      if (error instanceof ShellError) shell.lastStatus = await reportError(shell, error);
      else if (error instanceof ShellInterrupt || errnoOf(error) === 'EINTR') this.#giveUpLine();
      else throw error;
    }
    shell.unwinding = undefined;
    return { status: shell.lastStatus, ended: false };
  }

  #giveUpLine(): void {
    while (this.#process.takeSignal() !== undefined);
    this.#shell.lastStatus = INTERRUPTED_STATUS;
  }
}

function descriptorsOf({ io, keyboard, clock }: SessionOptions): DescriptorTable {
  const look = (number: number): StreamLook => {
    const owner = { uid: 0, gid: 0, mtimeMs: clock.nowMs() };
    const inode: Inode = keyboard
      ? { ...owner, kind: 'character', mode: 0o620, device: { major: 136, minor: 0 } }
      : { ...owner, kind: 'fifo', mode: 0o600 };
    return { label: keyboard ? '/dev/pts/0' : `pipe:[${number}]`, inode, terminal: keyboard !== undefined };
  };
  const table = new DescriptorTable();
  table.install(new Description(keyboard?.open(look(0)) ?? inputStream(look(0), io.stdin)));
  table.install(new Description(outputStream(look(1), (data) => io.stdout(data))));
  table.install(new Description(outputStream(look(2), (data) => io.stderr(data))));
  return table;
}
