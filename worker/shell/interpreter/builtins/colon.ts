/** `:`, `true` and `false`. */
import type { Builtin } from './builtin.ts';

export const colon: Builtin = { names: [':'], special: true, run: () => 0 };
export const trueBuiltin: Builtin = { names: ['true'], run: () => 0 };
export const falseBuiltin: Builtin = { names: ['false'], run: () => 1 };
