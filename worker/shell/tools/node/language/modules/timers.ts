/** `timers`: the global ones, and those that give promises. */
import type { BuiltinModule } from './module.ts';

const NAMES = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'];

export const timers: BuiltinModule = {
  create: ({ realm }) => realm.object(Object.fromEntries(NAMES.map((name) => [name, realm.global[name]]))),
};

export const timersPromises: BuiltinModule = {
  source: `
const start = globalThis['setTimeout'];
const soon = globalThis['setImmediate'];
module.exports = {
  setTimeout: (delay, value) => new Promise((resolve) => { start(() => resolve(value), delay); }),
  setImmediate: (value) => new Promise((resolve) => { soon(() => resolve(value)); }),
  setInterval: async function* (delay, value) { for (;;) { await module.exports['setTimeout'](delay); yield value; } },
};
`,
};
