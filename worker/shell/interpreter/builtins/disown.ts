/** bash's `disown`: forgetting jobs. */
import { ShellError } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const disown: Builtin = {
  names: ['disown'],
  dialects: ['bash'],
  run(shell, args) {
    const words = args.filter((word) => !/^-[ahr]+$/.test(word));
    const every = args.some((word) => /^-[hr]*a/.test(word));
    const specs = words.length === 0 && !every ? ['%%'] : words;
    const named = specs.map((word) => {
      const job = word.startsWith('%') ? shell.jobs.bySpec(word) : shell.jobs.byPid(Number(word));
      if (job === undefined) throw new ShellError(`${word === '%%' ? 'current' : word}: no such job`);
      return job;
    });
    for (const { process } of every ? shell.jobs.all() : named) shell.jobs.forget(process.pid);
    return 0;
  },
};
