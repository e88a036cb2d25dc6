/** time: how long a program takes. What a processor spends on it cannot be told apart here. */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const time: Applet = {
  names: ['time'],
  summary: 'Run PROG, display resource usage when it exits',
  usage: '[-vpa] [-o FILE] PROG ARGS',
  async run(context) {
    const options = parseOptions(context.args, '+vpaqo:f:', {
      verbose: 'v',
      portability: 'p',
      append: 'a',
      output: 'o',
      format: 'f',
    });
    const argv = options.operands;
    if (argv.length === 0) throw new UsageError('');
    const { clock } = context.process.kernel;
    const start = clock.monotonicMs();
    const result = await context.spawn(argv);
    const seconds = (clock.monotonicMs() - start) / 1000;
    if (typeof result !== 'number') {
      await context.complain(`can't execute '${argv[0] ?? ''}': ${result.reason ?? strerror(result.errno)}`);
      return result.errno === 'ENOENT' ? 127 : 126;
    }
    const format =
      options.value('f') ?? (options.has('p') ? 'real %e\nuser %U\nsys %S' : 'real\t%E\nuser\t%T\nsys\t%T');
    const text = format.replace(/%(.)|\\([nt])/g, (whole, directive?: string, escape?: string) => {
      if (escape !== undefined) return escape === 'n' ? '\n' : '\t';
      if (directive === 'e') return seconds.toFixed(2);
      if (directive === 'E') return minutes(seconds);
      if (directive === 'T') return minutes(0);
      if (directive === 'U' || directive === 'S') return '0.00';
      if (directive === 'C') return argv.join(' ');
      if (directive === 'x') return String(result);
      return directive === '%' ? '%' : whole.slice(1).length > 0 && directive !== undefined ? '0' : whole;
    });
    const path = options.value('o');
    const output =
      path === undefined
        ? undefined
        : await context.create(path, {
            write: true,
            create: true,
            truncate: !options.has('a'),
            append: options.has('a'),
          });
    await (output ?? context.err).write(`${text}\n`);
    await output?.close();
    return result;
  },
};

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
}
