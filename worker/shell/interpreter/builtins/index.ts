/** All builtins, by name. */
import type { Dialect } from '../dialects/dialect.ts';
import { alias, unalias } from './alias.ts';
import type { Builtin } from './builtin.ts';
import { breakLoop } from './break.ts';
import { caller } from './caller.ts';
import { cd, pwd } from './cd.ts';
import { colon, falseBuiltin, trueBuiltin } from './colon.ts';
import { command, builtinCommand } from './command.ts';
import { compgen } from './compgen.ts';
import { declare, local } from './declare.ts';
import { dirs, popd, pushd } from './directory-stack.ts';
import { disown } from './disown.ts';
import { dot } from './dot.ts';
import { echo } from './echo.ts';
import { enable } from './enable.ts';
import { evalBuiltin } from './eval.ts';
import { exec } from './exec.ts';
import { exit } from './exit.ts';
import { exportBuiltin } from './export.ts';
import { getopts } from './getopts.ts';
import { hash } from './hash.ts';
import { jobs } from './jobs.ts';
import { kill } from './kill.ts';
import { letBuiltin } from './let.ts';
import { mapfile } from './mapfile.ts';
import { printf } from './printf.ts';
import { read } from './read.ts';
import { returnBuiltin } from './return.ts';
import { set } from './set.ts';
import { shift } from './shift.ts';
import { shopt } from './shopt.ts';
import { test } from './test.ts';
import { times } from './times.ts';
import { trap } from './trap.ts';
import { type } from './type.ts';
import { ulimit } from './ulimit.ts';
import { umask } from './umask.ts';
import { unset } from './unset.ts';
import { wait } from './wait.ts';

const BUILTINS: readonly Builtin[] = [
  alias,
  breakLoop,
  builtinCommand,
  caller,
  cd,
  colon,
  command,
  compgen,
  declare,
  dirs,
  disown,
  dot,
  echo,
  enable,
  evalBuiltin,
  exec,
  exit,
  exportBuiltin,
  falseBuiltin,
  getopts,
  hash,
  jobs,
  kill,
  letBuiltin,
  local,
  mapfile,
  popd,
  printf,
  pushd,
  pwd,
  read,
  returnBuiltin,
  set,
  shift,
  shopt,
  test,
  times,
  trap,
  trueBuiltin,
  type,
  ulimit,
  umask,
  unalias,
  unset,
  wait,
];

const byName = new Map(BUILTINS.flatMap((builtin) => builtin.names.map((name) => [name, builtin] as const)));

/** The names of a shell's builtins. */
export function builtinNames(dialect: Dialect): string[] {
  return [...byName.keys()].filter((name) => findBuiltin(dialect, name) !== undefined);
}

/** The builtin a shell runs for a name. */
export function findBuiltin(dialect: Dialect, name: string): Builtin | undefined {
  const builtin = byName.get(name);
  if (builtin?.dialects?.includes(dialect.name) === false) return undefined;
  // dash knows `.` alone, not bash's name for it.
  return name === 'source' && dialect.name === 'dash' ? undefined : builtin;
}
