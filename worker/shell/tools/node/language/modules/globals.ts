/** Modules that hand out what every program has already. */
import type { BuiltinModule } from './module.ts';

export const processModule: BuiltinModule = { create: ({ process }) => process };

export const perfHooks: BuiltinModule = {
  create: ({ realm }) => realm.object({ performance: realm.global['performance'] }),
};
