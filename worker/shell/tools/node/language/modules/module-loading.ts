/** `module`: what there is to require. */
import { isObject } from '../callable.ts';
import { BUILTIN_NAMES } from './index.ts';
import type { BuiltinModule } from './module.ts';

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
