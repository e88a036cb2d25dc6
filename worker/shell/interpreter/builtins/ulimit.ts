/** `ulimit`: limits can be asked for and set, but only the container's own are enforced. */
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

/** What a container on Docker shows, by option. */
const LIMITS: readonly { readonly option: string; readonly name: string; readonly value: string }[] = [
  { option: 'f', name: 'file size (blocks)', value: 'unlimited' },
  { option: 't', name: 'cpu time (seconds)', value: 'unlimited' },
  { option: 'd', name: 'data seg size (kb)', value: 'unlimited' },
  { option: 's', name: 'stack size (kb)', value: '8192' },
  { option: 'c', name: 'core file size (blocks)', value: '0' },
  { option: 'm', name: 'resident set size (kb)', value: 'unlimited' },
  { option: 'l', name: 'locked memory (kb)', value: '64' },
  { option: 'p', name: 'processes', value: 'unlimited' },
  { option: 'n', name: 'file descriptors', value: '1048576' },
  { option: 'v', name: 'address space (kb)', value: 'unlimited' },
  { option: 'x', name: 'locks', value: 'unlimited' },
];

export const ulimit: Builtin = {
  names: ['ulimit'],
  async run(shell, args) {
    const letters = args
      .filter((word) => word.startsWith('-'))
      .join('')
      .replace(/[-HS]/g, '');
    if (letters.includes('a')) {
      const lines = LIMITS.map(({ option, name, value }) => `${`-${option}: ${name}`.padEnd(32)} ${value}\n`);
      await shell.write(1, lines.join(''));
      return 0;
    }
    const isKnown = (letter: string): boolean =>
      LIMITS.some((limit) => limit.option === letter) && !(letter === 'x' && shell.dialect.name === 'dash');
    for (const letter of letters) if (!isKnown(letter)) return invalid(shell, letter);
    const limit = LIMITS.find((one) => one.option === (letters === '' ? 'f' : letters.at(-1)));
    const wanted = args.find((word) => !word.startsWith('-'));
    if (wanted === undefined) await shell.write(1, `${limit?.value ?? 'unlimited'}\n`);
    else if (!/^(?:\d+|unlimited|hard|soft)$/.test(wanted))
      throw new ShellError(shell.dialect.messages.badNumber(wanted));
    return 0;
  },
};

async function invalid(shell: Shell, letter: string): Promise<number> {
  if (shell.dialect.name === 'ash') {
    await shell.write(2, `ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  throw new ShellError(shell.dialect.name === 'dash' ? `Illegal option -${letter}` : `-${letter}: invalid option`, 2);
}
