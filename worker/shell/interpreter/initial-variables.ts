/** The variables a shell sets when it starts. */
import type { Shell } from './shell.ts';

/** PATH where the environment has none: what the shells were built with. */
const DEFAULT_PATHS = {
  ash: '/sbin:/usr/sbin:/bin:/usr/bin',
  dash: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  bash: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
} as const;

/** The bash of Debian 12. */
export const BASH_VERSION = '5.2.15(1)-release';

export function setInitialVariables(shell: Shell): void {
  const { variables, process, dialect } = shell;
  // IFS is never taken from the environment.
  variables.set('IFS', ' \t\n');
  variables.withdraw('IFS', ['exported']);
  variables.set('OPTIND', '1');
  variables.set('PPID', String(process.parent?.pid ?? 0));
  if (variables.get('PS4') === undefined) variables.set('PS4', '+ ');
  const exported = new Set(['PWD']);
  variables.set('PWD', process.cwd);
  if (variables.get('PATH') === undefined) {
    variables.set('PATH', DEFAULT_PATHS[dialect.name]);
    if (dialect.name === 'ash') exported.add('PATH');
  }
  // busybox's shell knows the machine's name, and keeps it to itself
  if (dialect.name === 'ash' && variables.get('HOSTNAME') === undefined)
    variables.set('HOSTNAME', process.kernel.hostname);
  if (dialect.name !== 'dash') {
    variables.set('SHLVL', String(Number(variables.get('SHLVL') ?? 0) + 1));
    exported.add('SHLVL');
  }
  if (dialect.name === 'bash') {
    variables.set('BASH_VERSION', BASH_VERSION);
    const version = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];
    variables.setElements('BASH_VERSINFO', new Map(version.map((part, index) => [String(index), part])));
    variables.declare('BASH_VERSINFO', { readOnly: true });
    variables.set('HOSTTYPE', 'x86_64');
    variables.set('OSTYPE', 'linux-gnu');
    variables.set('MACHTYPE', 'x86_64-pc-linux-gnu');
    variables.set('BASH', process.executable ?? '/bin/bash');
  }
  for (const name of exported) variables.declare(name, { exported: true });
}
