/** `process`. */
import { textOf } from '../operators.ts';
import type { AppletContext } from '../../../../applets/context.ts';
import { isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { parseSignal } from '../../../../kernel/signals.ts';
import { calling, type EventLoop } from './event-loop.ts';
import { Listeners } from './emitter.ts';
import { ExitRequest } from './host.ts';
import { createInputStream } from './input-stream.ts';
import { createOutputStream } from './output-stream.ts';
import type { ProgramOutput } from './output.ts';

export interface ProcessParts {
  readonly realm: Realm;
  readonly context: AppletContext;
  readonly loop: EventLoop;
  readonly output: ProgramOutput;
  readonly version: string;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
}

/** Signals that a program can mind. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGQUIT'];

export function createProcessObject(parts: ProcessParts): { readonly process: Obj; readonly listeners: Listeners } {
  const { realm, context, loop, output } = parts;
  const process = realm.object();
  define(realm.global, 'process', process);
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process' });
  const listeners = new Listeners(realm, process, (event, count) => {
    if (!SIGNALS.includes(event)) return;
    const signal = parseSignal(event);
    if (signal === undefined) return;
    if (count > 0) context.process.dispositions.set(signal, 'handle');
    else context.process.dispositions.delete(signal);
  });
  Object.assign(process, describedProcess(parts));
  installCalls(process, parts);
  process['stdout'] = createOutputStream(realm, context, output, 1, loop);
  process['stderr'] = createOutputStream(realm, context, output, 2, loop);
  process['stdin'] = createInputStream(realm, context, loop);
  return { process, listeners };
}

export function exitCodeOf(code: Value): number {
  const number = Number(code ?? 0);
  return Number.isInteger(number) ? number & 0xff : 1;
}

/** What `memoryUsage` tells, in bytes: a small program's of Node 20, since the interpreter's own cannot be told from the page's. */
const MEMORY = { rss: 45_088_768, heapTotal: 6_537_216, heapUsed: 4_738_960, external: 423_221, arrayBuffers: 17_606 };

/** 128 and the number of SIGABRT. */
const ABORTED = 134;

/** The fields that do not change. */
function describedProcess({ realm, context, version, argv, execArgv }: ProcessParts): Readonly<Record<string, Value>> {
  return {
    title: 'node',
    version,
    versions: realm.object({ node: version.slice(1), v8: '12.4.254.21-node.26', uv: '1.51.0', modules: '127' }),
    arch: 'x64',
    platform: 'linux',
    release: realm.object({ name: 'node', lts: 'Jod' }),
    argv: realm.array([...argv]),
    execArgv: realm.array([...execArgv]),
    execPath: argv[0],
    env: realm.object(Object.fromEntries(context.env)),
    pid: context.process.pid,
    ppid: context.process.parent?.pid ?? 0,
    exitCode: undefined,
    argv0: 'node',
    features: realm.object({ inspector: true }),
    config: realm.object({ variables: realm.object() }),
  };
}

function installCalls(process: Obj, parts: ProcessParts): void {
  const { realm, context, loop, output } = parts;
  const { kernel, pid } = context.process;
  realm.natives(process, {
    cwd: [0, () => context.process.cwd],
    chdir: [1, (_self, [path]) => void (context.process.cwd = context.files.directoryToEnter(String(path)))],
    exit: [
      1,
      (_self, [code]) => {
        throw new ExitRequest(exitCodeOf(code ?? process['exitCode']));
      },
    ],
    abort: [
      0,
      () => {
        throw new ExitRequest(ABORTED);
      },
    ],
    nextTick: [1, (_self, [callback, ...args]) => void loop.ticks.push(calling(realm, callback, undefined, args))],
    memoryUsage: [0, () => realm.object(MEMORY)],
    umask: [0, () => context.process.umask],
    getuid: [0, () => context.process.credentials.uid],
    getgid: [0, () => context.process.credentials.gid],
    geteuid: [0, () => context.process.credentials.uid],
    getegid: [0, () => context.process.credentials.gid],
    emitWarning: [
      1,
      (_self, [warning]) =>
        output.write(2, `(node:${pid}) ${isObject(warning) ? textOf(warning) : `Warning: ${textOf(warning)}`}\n`),
    ],
    kill: [
      2,
      (_self, [target, name]) => {
        const signal = parseSignal(name === undefined ? 'SIGTERM' : textOf(name));
        if (signal === undefined || !kernel.signal(Number(target), signal)) realm.fail('Error', 'kill ESRCH');
        return true;
      },
    ],
  });
  installClocks(process, parts);
}

function installClocks(process: Obj, { realm, context }: ProcessParts): void {
  const { clock } = context.process.kernel;
  const startedMs = clock.monotonicMs();
  const upSeconds = (): number => (clock.monotonicMs() - startedMs) / 1000;
  realm.natives(process, {
    uptime: [0, upSeconds],
    cpuUsage: [0, () => realm.object({ user: Math.round(upSeconds() * 1e6), system: 0 })],
  });
  const hrtime = realm.native('hrtime', 1, (_self, [since]) => {
    const ms = clock.monotonicMs();
    const [seconds, nanoseconds] = Array.isArray(since) ? (since as number[]) : [0, 0];
    const total = ms * 1e6 - ((seconds ?? 0) * 1e9 + (nanoseconds ?? 0));
    return [Math.floor(total / 1e9), Math.floor(total % 1e9)];
  });
  define(
    hrtime,
    'bigint',
    realm.native('bigint', 0, () => BigInt(Math.round(clock.monotonicMs() * 1e6))),
  );
  process['hrtime'] = hrtime;
}
