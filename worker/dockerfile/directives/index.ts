/** All directives, one line each. */
import type { Directive } from '../directive.ts';
import { add } from './add.ts';
import { arg } from './arg.ts';
import { cmd } from './cmd.ts';
import { copy } from './copy.ts';
import { entrypoint } from './entrypoint.ts';
import { env } from './env.ts';
import { expose } from './expose.ts';
import { from } from './from.ts';
import { healthcheck } from './healthcheck.ts';
import { label } from './label.ts';
import { maintainer } from './maintainer.ts';
import { onbuild } from './onbuild.ts';
import { run } from './run.ts';
import { shell } from './shell.ts';
import { stopsignal } from './stopsignal.ts';
import { user } from './user.ts';
import { volume } from './volume.ts';
import { workdir } from './workdir.ts';

/** In the order of the reference. */
export const directives: readonly Directive[] = [
  add,
  arg,
  cmd,
  copy,
  entrypoint,
  env,
  expose,
  from,
  healthcheck,
  label,
  maintainer,
  onbuild,
  run,
  shell,
  stopsignal,
  user,
  volume,
  workdir,
];

const byName = new Map(directives.map((directive) => [directive.name.toLowerCase(), directive]));

/** The directive of a lower-case name. */
export function findDirective(name: string): Directive | undefined {
  return byName.get(name);
}
