/** What a program gets to work with. See applet.ts for how to use it. */
import { EngineError } from '../../base/errors.ts';
import { errnoOf, strerror } from '../kernel/errno.ts';
import { execProgram, findExecutable, loadProgram, type NotExecutable, type ProgramRegistry } from '../kernel/exec.ts';
import type { Files } from '../kernel/files.ts';
import type { OpenFlags } from '../kernel/regular-file.ts';
import type { Process } from '../kernel/process.ts';
import { UsageError } from './options.ts';
import type { Applet } from './applet.ts';
import { Input, Output } from './streams.ts';

/** Whose words a program uses: busybox's, or those of GNU coreutils and friends. */
export type Flavour = 'busybox' | 'gnu';

export class AppletContext {
  readonly applet: Applet;
  readonly process: Process;
  /** The name it was called by. */
  readonly name: string;
  /** The words after the name. */
  readonly args: readonly string[];
  readonly out: Output;
  readonly err: Output;
  readonly programs: ProgramRegistry;

  constructor(applet: Applet, process: Process, programs: ProgramRegistry, argv: readonly string[]) {
    this.applet = applet;
    this.process = process;
    this.programs = programs;
    const called = argv[0] ?? '';
    this.name = called.slice(called.lastIndexOf('/') + 1);
    this.args = argv.slice(1);
    this.out = new Output(process, 1, true);
    this.err = new Output(process, 2, false);
  }

  /** Which wording the image expects: busybox's own, unless the program is a binary of its own. */
  get flavour(): Flavour {
    return this.process.executable === undefined || /\/busybox$/.test(this.process.executable) ? 'busybox' : 'gnu';
  }

  /** Of two wordings the one of {@link flavour}. */
  word(busybox: string, gnu: string): string {
    return this.flavour === 'gnu' ? gnu : busybox;
  }

  /** A name in the quotes of its locale, as GNU's `quote` puts it: curly where it is UTF-8. Busybox has straight ones always. */
  quote(name: string): string {
    return this.flavour === 'gnu' && hasUtf8Locale(this) ? `\u2018${name}\u2019` : `'${name}'`;
  }

  get files(): Files {
    return this.process.files;
  }

  get env(): ReadonlyMap<string, string> {
    return this.process.environment;
  }

  /** Counts a step of work; await what it returns, if anything. */
  checkpoint(): Promise<void> | undefined {
    return this.process.checkpoint();
  }

  /** Prints `name: message` on standard error. Gives 1, the status programs mostly end with then. */
  async complain(message: string): Promise<number> {
    await this.out.flush();
    await this.err.write(`${this.name}: ${message}\n`);
    return 1;
  }

  /** Prints `name: subject: what the system said` for a failed system call; rethrows everything else. Gives 1. */
  async report(subject: string, error: unknown): Promise<number> {
    return this.complain(`${subject}: ${errorText(error)}`);
  }

  /** Marks the step as simulated. */
  simulate(note: string): void {
    this.process.kernel.simulated.add(note);
  }

  /** Opens a file for reading; `-` is standard input. Throws a system error. */
  async open(path: string): Promise<Input> {
    if (path === '-') return this.stdin();
    const description = await this.files.open(path, { read: true });
    return new Input(this.process, description.file, description);
  }

  stdin(): Input {
    return new Input(this.process, this.process.descriptors.get(0));
  }

  /** Opens a file on a descriptor of its own and gives an output to it; `close` ends it. */
  async create(
    path: string,
    flags: OpenFlags = { write: true, create: true, truncate: true },
    mode?: number,
  ): Promise<Output & { close(): Promise<void> }> {
    const descriptor = this.process.descriptors.install(await this.files.open(path, flags, mode), 3);
    const output = new Output(this.process, descriptor, true);
    return Object.assign(output, {
      close: async () => {
        await output.flush();
        this.process.descriptors.close(descriptor);
      },
    });
  }

  /**
   * Runs another program in a child and waits for it. `environment` defaults to this program's own. Gives its exit status, or
   * why it could not be started.
   */
  async spawn(
    argv: readonly string[],
    environment: ReadonlyMap<string, string> = this.env,
    prepare: (child: Process) => void = () => undefined,
  ): Promise<number | NotExecutable> {
    const found = findExecutable(this.process, argv[0] ?? '', environment.get('PATH'));
    if (!('path' in found)) return found;
    await this.out.flush();
    const child = this.process.kernel.fork(this.process);
    prepare(child);
    const loaded = await loadProgram(child, this.programs, found.path, argv);
    if (!('main' in loaded)) {
      this.process.kernel.start(child, async () => 0);
      await child.exited;
      return loaded;
    }
    this.process.kernel.start(child, () => execProgram(child, loaded, environment));
    return this.process.waitFor(child.exited);
  }

  /**
   * Becomes another program (`env`, `nice`): as {@link spawn}, in this very process. `file` is the program where its first
   * argument is not its name.
   */
  async exec(
    argv: readonly string[],
    environment: ReadonlyMap<string, string> = this.env,
    file = argv[0] ?? '',
  ): Promise<number | NotExecutable> {
    const found = findExecutable(this.process, file, environment.get('PATH'));
    if (!('path' in found)) return found;
    const loaded = await loadProgram(this.process, this.programs, found.path, argv);
    if (!('main' in loaded)) return loaded;
    await this.out.flush();
    return execProgram(this.process, loaded, environment);
  }
}

/** The text of a failed system call; rethrows everything else. */
export function errorText(error: unknown): string {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  return strerror(errno);
}

/** Runs an applet in a process that was made for it, or (a shell's builtin) in the shell's own. */
export async function runApplet(
  applet: Applet,
  process: Process,
  programs: ProgramRegistry,
  argv: readonly string[],
): Promise<number> {
  const context = new AppletContext(applet, process, programs, argv);
  if (applet.simulated !== undefined) context.simulate(`${context.name}: ${applet.simulated}`);
  let status: number;
  try {
    status = await applet.run(context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await context.out.flush();
    status = await printUsage(context, error);
  }
  return flushed(context, status);
}

async function printUsage(context: AppletContext, error: UsageError): Promise<number> {
  const { applet, name } = context;
  if (context.flavour === 'gnu') {
    return tellGnuMistake(context, error.gnuMessage, error.status);
  }
  if (error.message !== '') await context.complain(error.message);
  await context.err.write(
    `BusyBox v1.37.0 multi-call binary.\n\nUsage: ${name} ${applet.usage}\n\n${applet.summary}\n`.replace(
      / +\n/g,
      '\n',
    ),
  );
  return error.status ?? applet.usageStatus ?? 1;
}

/** What GNU's programs say of wrong usage; a few begin with the usage itself. Gives the exit status. */
async function tellGnuMistake(
  { applet, name, err, process }: AppletContext,
  message: string,
  status?: number,
): Promise<number> {
  if (message !== '') await err.write(message.startsWith('Usage: ') ? `${message}\n` : `${name}: ${message}\n`);
  if (applet.gnuUsage !== undefined && !message.startsWith('Usage: ')) await err.write(`${applet.gnuUsage}\n`);
  await err.write(`${applet.gnuHelpPrefix ?? ''}Try '${process.argv[0] ?? name} --help' for more information.\n`);
  return status ?? applet.gnuUsageStatus ?? applet.usageStatus ?? 1;
}

/** C.UTF-8 is part of every C library; other locales were generated by somebody. */
function hasUtf8Locale({ env, files }: AppletContext): boolean {
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => env.get(name)).find((value) => value) ?? '';
  if (!/\.utf-?8$/i.test(locale)) return false;
  return locale.startsWith('C.') || files.find('/usr/lib/locale/locale-archive') !== undefined;
}

/** Standard output that cannot be written fails the program. */
async function flushed(context: AppletContext, status: number): Promise<number> {
  try {
    await context.out.flush();
    return status;
  } catch (error) {
    const errno = error instanceof EngineError ? errnoOf(error) : undefined;
    if (errno === undefined) throw error;
    await context.err.write(`${context.name}: write error: ${strerror(errno)}\n`);
    return 1;
  }
}
