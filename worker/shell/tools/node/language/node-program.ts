/** A Node program in a process of a container: everything it runs with, from its first line to its exit status. */
import type { AppletContext } from '../../../applets/context.ts';
import { createRealm } from './builtins/install.ts';
import { isObject, type Obj } from './callable.ts';
import { inspect } from './inspect/inspect.ts';
import { Frame, Thrown, type SourceUnit, type Steps } from './machine.ts';
import { installBuffer } from './modules/buffer.ts';
import { ParseProblem, runScript } from './compile/program.ts';
import { define, type Realm } from './realm.ts';
import { headOf } from './stack-trace.ts';
import { CommonJs } from './runtime/commonjs.ts';
import { installConsole } from './runtime/console.ts';
import { toProgramError } from './runtime/system-errors.ts';
import { ModuleLoader } from './runtime/es-modules.ts';
import { EventLoop, stepping, type Task } from './runtime/event-loop.ts';
import type { Listeners } from './runtime/emitter.ts';
import { ExitRequest, type NodeHost } from './runtime/host.ts';
import { ProgramOutput } from './runtime/output.ts';
import { createProcessObject, exitCodeOf } from './runtime/process-object.ts';
import { installTimers } from './runtime/timers.ts';
import { installWebGlobals } from './runtime/web-globals.ts';
import { parseProblemText, rejectionText, uncaughtText } from './runtime/uncaught.ts';

/** What is to be run. */
export type Entry =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly name: string;
      readonly prints: boolean;
      readonly isModule: boolean;
    };

export interface NodeOptions {
  readonly version: string;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
}

/** Runs it to its end; gives the exit status. */
export async function runNodeProgram(context: AppletContext, entry: Entry, options: NodeOptions): Promise<number> {
  return new NodeProgram(context, options).run(entry);
}

class NodeProgram {
  readonly #context: AppletContext;
  readonly #version: string;
  readonly #realm: Realm;
  readonly #loop: EventLoop;
  readonly #output: ProgramOutput;
  readonly #process: Obj;
  readonly #listeners: Listeners;
  readonly #commonJs: CommonJs;
  readonly #modules: ModuleLoader;

  constructor(context: AppletContext, { version, argv, execArgv }: NodeOptions) {
    this.#context = context;
    this.#version = version;
    const { process } = context;
    const { kernel } = process;
    const realm = createRealm({
      count: (steps) => process.work(steps),
      exhausted: () => kernel.exhaust('a call that cannot be interrupted took too long'),
      nowMs: () => kernel.clock.nowMs(),
      random: () => randomNumber(kernel.random.bytes(8)),
    });
    this.#realm = realm;
    this.#output = new ProgramOutput(process);
    this.#loop = new EventLoop(realm, process, this.#output, {
      onSignal: (name) => stepping(realm, () => this.#listeners.emit(`SIG${name}`, [`SIG${name}`])),
      onUnhandled: (rejections) =>
        stepping(realm, () =>
          this.#unhandled(
            rejections.map(({ promise, reason, frame }) => ({ promise, thrown: new Thrown(reason, frame) })),
          ),
        ),
      onError: (error) => this.#onError(error),
      toProgramError: (error) => toProgramError(realm, error),
    });
    installConsole(realm, {
      write: (descriptor, text) => {
        this.#output.write(descriptor, text);
        if (this.#output.isFull) realm.machine.fuel = 0;
      },
      nowMs: () => kernel.clock.monotonicMs(),
    });
    const parts = { realm, context, loop: this.#loop, output: this.#output, version, argv, execArgv };
    const { process: object, listeners } = createProcessObject(parts);
    this.#process = object;
    this.#listeners = listeners;
    const host: NodeHost = {
      realm,
      context,
      loop: this.#loop,
      output: this.#output,
      version,
      process: object,
      requireBuiltin: (name) => realm.machine.suspend(this.#commonJs.builtin(name)),
    };
    this.#commonJs = new CommonJs(host);
    this.#modules = new ModuleLoader(host, this.#commonJs);
    define(realm.global, Symbol.toStringTag, 'global');
    installTimers(realm, this.#loop);
    installBuffer(host);
    installWebGlobals(host);
  }

  async run(entry: Entry): Promise<number> {
    try {
      await this.#loop.run(stepping(this.#realm, () => this.#main(entry)));
      await this.#loop.run(
        stepping(this.#realm, () => this.#listeners.emit('beforeExit', [exitCodeOf(this.#process['exitCode'])])),
      );
      return await this.#finish(exitCodeOf(this.#process['exitCode']));
    } catch (error) {
      if (error instanceof ExitRequest) return this.#finish(error.code);
      throw error;
    }
  }

  *#main(entry: Entry): Steps {
    if (entry.kind === 'file') return yield* this.#commonJs.runMain(entry.path);
    const unit: SourceUnit = { name: entry.name, text: entry.text };
    if (entry.isModule) return yield* this.#modules.runText(unit, this.#context.process.cwd);
    return yield* this.#runText(this.#realm, unit, entry.prints);
  }

  /** A text of the command line: Node's own modules are there by their names, and with -p its value is printed. */
  *#runText(realm: Realm, unit: SourceUnit, prints: boolean): Steps {
    const locals = this.#commonJs.locals(unit.name);
    for (const [name, value] of locals) define(realm.global, name, value);
    for (const name of ['fs', 'os', 'path', 'util', 'events', 'http', 'url', 'crypto', 'assert', 'child_process'])
      if (new RegExp(`\\b${name}\\b`).test(unit.text)) define(realm.global, name, yield* this.#commonJs.builtin(name));
    const value = yield* runScript(
      realm,
      unit,
      this.#modules.importsFor(`${this.#context.process.cwd}/${unit.name}`),
      new Map(),
      realm.global,
      prints ? 'last' : 'returned',
    );
    if (prints) this.#output.write(1, `${typeof value === 'string' ? value : inspect(realm, value)}\n`);
    return undefined;
  }

  #onError(error: unknown): Task {
    if (error instanceof ParseProblem) {
      this.#output.write(2, parseProblemText(error, this.#version));
      throw new ExitRequest(1);
    }
    if (!(error instanceof Thrown)) throw error;
    return stepping(this.#realm, () => this.#uncaught(error));
  }

  *#uncaught(error: Thrown): Steps {
    if (this.#listeners.count('uncaughtException') > 0)
      return yield* this.#listeners.emit('uncaughtException', [error.value, 'uncaughtException']);
    this.#output.write(2, uncaughtText(this.#realm, error, this.#version));
    throw new ExitRequest(1);
  }

  *#unhandled(rejections: readonly { readonly promise: Obj; readonly thrown: Thrown }[]): Steps {
    const realm = this.#realm;
    for (const { promise, thrown } of rejections) {
      if (this.#listeners.count('unhandledRejection') > 0) {
        yield* this.#listeners.emit('unhandledRejection', [thrown.value, promise]);
        continue;
      }
      const { value } = thrown;
      if (isObject(value) && realm.errors.has(value)) {
        yield* this.#uncaught(new Thrown(value, madeIn(realm, value) ?? thrown.frame));
        continue;
      }
      const error = realm.makeError('Error', rejectionText(realm, value));
      define(error, 'name', 'UnhandledPromiseRejection');
      error['code'] = 'ERR_UNHANDLED_REJECTION';
      define(error, 'stack', `${headOf(error)}\n    at node:internal/process/promises`);
      yield* this.#uncaught(new Thrown(error, undefined));
    }
    return undefined;
  }

  /** `exit` handlers have the last word. */
  async #finish(code: number): Promise<number> {
    let status = code;
    this.#process['exitCode'] = code;
    try {
      await this.#loop.task(stepping(this.#realm, () => this.#listeners.emit('exit', [code])));
      status = exitCodeOf(this.#process['exitCode']);
    } catch (error) {
      if (!(error instanceof ExitRequest)) throw error;
      status = error.code;
    }
    await this.#output.flush();
    return status;
  }
}

/** The place where an error was made, which Node shows of a rejection. */
function madeIn(realm: Realm, error: Obj): Frame | undefined {
  const place = realm.errorSites.get(error);
  if (place === undefined) return undefined;
  const frame = new Frame(place.callee, undefined);
  frame.site = place.site;
  return frame;
}

/** A number from 0 to 1 of 53 random bits. */
function randomNumber(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) / 2 ** 53;
}
