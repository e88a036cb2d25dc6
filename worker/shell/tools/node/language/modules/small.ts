/** Modules that are another name for something there is already. */
import { isObject } from '../callable.ts';
import { BUILTIN_NAMES } from './index.ts';
import type { BuiltinModule } from './module.ts';

export const processModule: BuiltinModule = { create: ({ process }) => process };

export const perfHooks: BuiltinModule = {
  create: ({ realm }) => realm.object({ performance: realm.global['performance'] }),
};

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

export const moduleModule: BuiltinModule = {
  create: ({ realm }) =>
    realm.object({
      builtinModules: realm.array([...BUILTIN_NAMES]),
      createRequire: realm.native('createRequire', 1, () => {
        const { require } = realm.global;
        return isObject(require)
          ? require
          : realm.fail('Error', 'Strata has createRequire in texts of the command line alone');
      }),
    }),
};
