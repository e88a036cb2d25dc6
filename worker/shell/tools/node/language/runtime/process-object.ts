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
  const { realm, context, loop, output, version, argv, execArgv } = parts;
  const { kernel, pid, parent } = context.process;
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
  const started = kernel.clock.monotonicMs();
  const upSeconds = (): number => (kernel.clock.monotonicMs() - started) / 1000;
  const nodeVersion = version.slice(1);
  const memory = (): Obj =>
    realm.object({
      rss: 45_088_768,
      heapTotal: 6_537_216,
      heapUsed: 4_738_960,
      external: 423_221,
      arrayBuffers: 17_606,
    });
  Object.assign(process, {
    title: 'node',
    version,
    versions: realm.object({ node: nodeVersion, v8: '12.4.254.21-node.26', uv: '1.51.0', modules: '127' }),
    arch: 'x64',
    platform: 'linux',
    release: realm.object({ name: 'node', lts: 'Jod' }),
    argv: realm.array([...argv]),
    execArgv: realm.array([...execArgv]),
    execPath: argv[0],
    env: realm.object(Object.fromEntries(context.env)),
    pid,
    ppid: parent?.pid ?? 0,
    exitCode: undefined,
    argv0: 'node',
    features: realm.object({ inspector: true }),
    config: realm.object({ variables: realm.object() }),
  });
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
        throw new ExitRequest(134);
      },
    ],
    nextTick: [1, (_self, [callback, ...args]) => void loop.ticks.push(calling(realm, callback, undefined, args))],
    uptime: [0, upSeconds],
    memoryUsage: [0, memory],
    cpuUsage: [0, () => realm.object({ user: Math.round(upSeconds() * 1e6), system: 0 })],
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
  const hrtime = realm.native('hrtime', 1, (_self, [since]) => {
    const ms = kernel.clock.monotonicMs();
    const [seconds, nanoseconds] = Array.isArray(since) ? (since as number[]) : [0, 0];
    const total = ms * 1e6 - ((seconds ?? 0) * 1e9 + (nanoseconds ?? 0));
    return [Math.floor(total / 1e9), Math.floor(total % 1e9)];
  });
  define(
    hrtime,
    'bigint',
    realm.native('bigint', 0, () => BigInt(Math.round(kernel.clock.monotonicMs() * 1e6))),
  );
  process['hrtime'] = hrtime;
  for (const [name, descriptor] of [
    ['stdout', 1],
    ['stderr', 2],
  ] as const)
    process[name] = createOutputStream(realm, context, output, descriptor, loop);
  process['stdin'] = createInputStream(realm, context, loop);
  return { process, listeners };
}

export function exitCodeOf(code: Value): number {
  const number = Number(code ?? 0);
  return Number.isInteger(number) ? number & 0xff : 1;
}

function createOutputStream(
  realm: Realm,
  context: AppletContext,
  output: ProgramOutput,
  descriptor: 1 | 2,
  loop: EventLoop,
): Obj {
  const stream = realm.object({ fd: descriptor, writable: true });
  const { terminal } = context.process.descriptors.get(descriptor);
  if (terminal) Object.assign(stream, { isTTY: true, columns: 80, rows: 24 });
  new Listeners(realm, stream, () => undefined);
  const write = (data: Value): void => {
    if (typeof data === 'string') output.write(descriptor, data);
    else if (ArrayBuffer.isView(data))
      output.write(descriptor, new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength).slice());
    else
      realm.fail('TypeError', 'The "chunk" argument must be of type string or an instance of Buffer or Uint8Array.', {
        code: 'ERR_INVALID_ARG_TYPE',
      });
  };
  const finish = (args: readonly Value[]): boolean => {
    const callback = args.find((one) => typeof one === 'function');
    if (callback !== undefined) loop.ticks.push(calling(realm, callback, stream, []));
    return true;
  };
  realm.natives(stream, {
    write: [
      3,
      (_self, args) => {
        write(args[0]);
        return finish(args);
      },
    ],
    end: [
      3,
      (_self, args) => {
        if (args[0] !== undefined && typeof args[0] !== 'function') write(args[0]);
        return finish(args);
      },
    ],
    getWindowSize: [0, () => [80, 24]],
    hasColors: [0, () => false],
    getColorDepth: [0, () => 1],
    cursorTo: [2, () => true],
    clearLine: [1, () => true],
  });
  return stream;
}
