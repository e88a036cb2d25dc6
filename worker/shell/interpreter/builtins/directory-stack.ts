/** bash's `pushd`, `popd` and `dirs`. */
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { cd } from './cd.ts';

/** The whole stack: where the shell is, and what was put away. */
function stackOf(shell: Shell): readonly string[] {
  return [shell.variables.get('PWD') ?? shell.process.cwd, ...shell.directories];
}

async function show(shell: Shell, long = false): Promise<void> {
  const home = shell.variables.get('HOME') ?? '';
  const shown = stackOf(shell).map((path) =>
    !long && home !== '' && home !== '/' && (path === home || path.startsWith(`${home}/`))
      ? `~${path.slice(home.length)}`
      : path,
  );
  await shell.write(1, `${shown.join(' ')}\n`);
}

/** Which entry `+N` (from the left) or `-N` (from the right) names; undefined for a word that is neither. */
function indexOf(shell: Shell, word: string | undefined, name: string): number | undefined {
  const [, sign, digits] = /^([-+])(\d+)$/.exec(word ?? '') ?? [];
  if (digits === undefined) return undefined;
  const { length } = stackOf(shell);
  const index = sign === '+' ? Number(digits) : length - 1 - Number(digits);
  if (index < 0 || index >= length) throw new ShellError(`${name}: ${word ?? ''}: directory stack index out of range`);
  return index;
}

export const pushd: Builtin = {
  names: ['pushd'],
  dialects: ['bash'],
  async run(shell, args) {
    const words = args.filter((word) => word !== '-n' && word !== '--');
    const stack = stackOf(shell);
    const [word] = words;
    const index = word === undefined ? 1 : indexOf(shell, word, 'pushd');
    if (word === undefined && stack.length < 2) throw new ShellError('no other directory');
    if (index === undefined) {
      const status = await cd.run(shell, [word ?? ''], 'cd');
      if (status !== 0) return status;
      shell.directories = stack;
    } else {
      const turned =
        word === undefined
          ? [stack[1] ?? '', stack[0] ?? '', ...stack.slice(2)]
          : [...stack.slice(index), ...stack.slice(0, index)];
      await cd.run(shell, [turned[0] ?? ''], 'cd');
      shell.directories = turned.slice(1);
    }
    await show(shell);
    return 0;
  },
};

export const popd: Builtin = {
  names: ['popd'],
  dialects: ['bash'],
  async run(shell, args) {
    const [word] = args.filter((one) => one !== '-n');
    const stack = stackOf(shell);
    if (stack.length < 2) throw new ShellError('directory stack empty');
    const index = indexOf(shell, word, 'popd') ?? 0;
    const rest = stack.filter((_, at) => at !== index);
    if (index === 0) await cd.run(shell, [rest[0] ?? ''], 'cd');
    shell.directories = rest.slice(1);
    await show(shell);
    return 0;
  },
};

export const dirs: Builtin = {
  names: ['dirs'],
  dialects: ['bash'],
  async run(shell, args) {
    const options = args.filter((word) => /^-[clpv]+$/.test(word)).join('');
    const index = indexOf(
      shell,
      args.find((word) => /^[-+]\d+$/.test(word)),
      'dirs',
    );
    if (options.includes('c')) shell.directories = [];
    else if (index !== undefined) await shell.write(1, `${stackOf(shell)[index] ?? ''}\n`);
    else if (/[pv]/.test(options)) {
      for (const [at, path] of stackOf(shell).entries())
        await shell.write(1, options.includes('v') ? `${String(at).padStart(2)}  ${path}\n` : `${path}\n`);
    } else await show(shell, options.includes('l'));
    return 0;
  },
};
