/** `cd` and `pwd`. */
import { resolvePath } from '../../../base/path.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const cd: Builtin = {
  names: ['cd', 'chdir'],
  async run(shell, args) {
    const physical = args.includes('-P') || shell.options.has('physical');
    const [first, ...others] = args.filter((word) => !/^-[LPe@]+$/.test(word) && word !== '--');
    if (others.length > 0 && shell.dialect.name === 'bash') throw new ShellError('too many arguments');
    const target = first === '-' ? shell.variables.get('OLDPWD') : (first ?? shell.variables.get('HOME'));
    if (target === undefined) {
      if (shell.dialect.name !== 'bash') return 0;
      throw new ShellError(first === '-' ? 'OLDPWD not set' : 'HOME not set');
    }
    const found = candidates(shell, target).find(
      ({ path }) => shell.process.files.find(path)?.inode.kind === 'directory',
    );
    enter(shell, found?.path ?? target, target, physical);
    if (first === '-' || found?.announce === true) await shell.write(1, `${shell.variables.get('PWD') ?? ''}\n`);
    return 0;
  },
};

/** The target, first below the directories of CDPATH. */
function candidates(shell: Shell, target: string): { path: string; announce: boolean }[] {
  const relative = !target.startsWith('/') && !/^\.\.?(?:\/|$)/.test(target);
  const below = relative
    ? (shell.variables.get('CDPATH') ?? '').split(':').filter((directory) => directory !== '')
    : [];
  return [
    ...below.map((directory) => ({ path: `${directory}/${target}`, announce: true })),
    { path: target, announce: false },
  ];
}

function enter(shell: Shell, path: string, shown: string, physical: boolean): void {
  const { process } = shell;
  const logical = resolvePath(path, resolvePath(shell.variables.get('PWD') ?? process.cwd, process.cwd));
  try {
    const real = process.files.directoryToEnter(physical ? path : logical);
    const before = shell.variables.get('PWD');
    process.cwd = real;
    if (before !== undefined) shell.assign('OLDPWD', before);
    shell.assign('PWD', physical ? real : logical);
    if (shell.dialect.name !== 'dash') shell.variables.declare('OLDPWD', { exported: true });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new ShellError(failure(shell, shown, strerror(errno)));
  }
}

function failure(shell: Shell, path: string, reason: string): string {
  if (shell.dialect.name === 'bash') return `${path}: ${reason}`;
  return shell.dialect.name === 'dash' ? `can't cd to ${path}` : `can't cd to ${path}: ${reason}`;
}

export const pwd: Builtin = {
  names: ['pwd'],
  async run(shell, args) {
    const logical = shell.variables.get('PWD') ?? shell.process.cwd;
    await shell.write(1, `${args.includes('-P') ? shell.process.cwd : logical}\n`);
    return 0;
  },
};
