/** Node's own modules by name, loaded when they are first required; buffer is there from the start, as its globals are. */
import { bufferModule } from './buffer.ts';
import type { BuiltinModule } from './module.ts';

const FILES: Readonly<Record<string, () => Promise<BuiltinModule>>> = {
  assert: async () => (await import('./assert.ts')).assertModule,
  'assert/strict': async () => (await import('./assert.ts')).assertModule,
  buffer: () => Promise.resolve(bufferModule),
  child_process: async () => (await import('./child-process.ts')).childProcess,
  crypto: async () => (await import('./crypto.ts')).crypto,
  events: async () => (await import('./events.ts')).events,
  express: async () => (await import('./express.ts')).express,
  fs: async () => (await import('./fs.ts')).fs,
  'fs/promises': async () => (await import('./fs.ts')).fsPromises,
  http: async () => (await import('./http.ts')).http,
  https: async () => (await import('./http.ts')).http,
  module: async () => (await import('./module-loading.ts')).moduleModule,
  os: async () => (await import('./os.ts')).os,
  path: async () => (await import('./path.ts')).path,
  'path/posix': async () => (await import('./path.ts')).path,
  perf_hooks: async () => (await import('./globals.ts')).perfHooks,
  process: async () => (await import('./globals.ts')).processModule,
  querystring: async () => (await import('./url.ts')).querystring,
  readline: async () => (await import('./readline.ts')).readline,
  'readline/promises': async () => (await import('./readline.ts')).readlinePromises,
  stream: async () => (await import('./stream.ts')).stream,
  timers: async () => (await import('./timers.ts')).timers,
  'timers/promises': async () => (await import('./timers.ts')).timersPromises,
  url: async () => (await import('./url.ts')).url,
  util: async () => (await import('./util.ts')).util,
};

/** `express` is a package: it is found where one was installed. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set(Object.keys(FILES).filter((name) => name !== 'express'));

/** Undefined for a module that has no stand-in. */
export async function loadBuiltin(name: string): Promise<BuiltinModule | undefined> {
  return FILES[name]?.();
}
