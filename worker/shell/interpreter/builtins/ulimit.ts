/** `ulimit`: tells what a script set, or `docker run --ulimit`, else what containers have. Nothing of it is enforced. */
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

interface Limit {
  readonly option: string;
  readonly name: string;
  readonly value: string;
  /** What Docker calls it, and how many bytes the shell counts for one. */
  readonly docker?: string;
  readonly unitBytes?: number;
}

/** What a container on Docker shows, by option. */
const LIMITS: readonly Limit[] = [
  { option: 'f', name: 'file size (blocks)', value: 'unlimited', docker: 'fsize', unitBytes: 512 },
  { option: 't', name: 'cpu time (seconds)', value: 'unlimited', docker: 'cpu' },
  { option: 'd', name: 'data seg size (kb)', value: 'unlimited', docker: 'data', unitBytes: 1024 },
  { option: 's', name: 'stack size (kb)', value: '8192', docker: 'stack', unitBytes: 1024 },
  { option: 'c', name: 'core file size (blocks)', value: '0', docker: 'core', unitBytes: 512 },
  { option: 'm', name: 'resident set size (kb)', value: 'unlimited', docker: 'rss', unitBytes: 1024 },
  { option: 'l', name: 'locked memory (kb)', value: '64', docker: 'memlock', unitBytes: 1024 },
  { option: 'p', name: 'processes', value: 'unlimited', docker: 'nproc' },
  { option: 'n', name: 'file descriptors', value: '1048576', docker: 'nofile' },
  { option: 'v', name: 'address space (kb)', value: 'unlimited' },
  { option: 'x', name: 'locks', value: 'unlimited' },
];

export const ulimit: Builtin = {
  names: ['ulimit'],
  async run(shell, args) {
    const hard = args.some((word) => /^-[^-]*H/.test(word));
    const soft = args.some((word) => /^-[^-]*S/.test(word));
    const letters = args
      .filter((word) => word.startsWith('-'))
      .join('')
      .replace(/[-HS]/g, '');
    if (letters.includes('a')) {
      const lines = LIMITS.map((one) => `${`-${one.option}: ${one.name}`.padEnd(32)} ${valueOf(shell, one, false)}\n`);
      await shell.write(1, lines.join(''));
      return 0;
    }
    const isKnown = (letter: string): boolean =>
      LIMITS.some((limit) => limit.option === letter) && !(letter === 'x' && shell.dialect.name === 'dash');
    for (const letter of letters) if (!isKnown(letter)) return invalid(shell, letter);
    const limit = LIMITS.find((one) => one.option === (letters === '' ? 'f' : letters.at(-1)));
    const wanted = args.find((word) => !word.startsWith('-'));
    if (wanted === undefined)
      await shell.write(1, `${limit === undefined ? 'unlimited' : valueOf(shell, limit, hard)}\n`);
    else if (!/^(?:\d+|unlimited|hard|soft)$/.test(wanted))
      throw new ShellError(shell.dialect.messages.badNumber(wanted));
    else if (limit !== undefined) setLimit(shell, limit, wanted, { soft: !hard || soft, hard: hard || !soft });
    return 0;
  },
};

/** In the unit the shell shows. */
function valueOf({ process }: Shell, { docker, option, unitBytes = 1, value }: Limit, hard: boolean): string {
  const set = process.ulimits.get(docker ?? option);
  if (set === undefined) return value;
  const amount = hard ? set.hard : set.soft;
  return amount === -1 ? 'unlimited' : String(Math.floor(amount / unitBytes));
}

/** For this shell and what it starts from now on; `soft` and `hard` say which of the two is set. */
function setLimit(
  shell: Shell,
  limit: Limit,
  wanted: string,
  which: { readonly soft: boolean; readonly hard: boolean },
): void {
  const { docker, option, unitBytes = 1 } = limit;
  const now = { soft: valueOf(shell, limit, false), hard: valueOf(shell, limit, true) };
  const text = wanted === 'hard' || wanted === 'soft' ? now[wanted] : wanted;
  const amountOf = (shown: string): number => (shown === 'unlimited' ? -1 : Number(shown) * unitBytes);
  const set = {
    soft: amountOf(which.soft ? text : now.soft),
    hard: amountOf(which.hard ? text : now.hard),
  };
  shell.process.ulimits = new Map([...shell.process.ulimits, [docker ?? option, set]]);
}

async function invalid(shell: Shell, letter: string): Promise<number> {
  if (shell.dialect.name === 'ash') {
    await shell.write(2, `ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  throw new ShellError(shell.dialect.name === 'dash' ? `Illegal option -${letter}` : `-${letter}: invalid option`, 2);
}
