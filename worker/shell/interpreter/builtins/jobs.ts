/** `jobs`, `fg`, `bg`. Without a terminal there is no job control: jobs can be listed and waited for. */
import { ShellError } from '../failures.ts';
import { waitForChild } from '../subshell.ts';
import type { Builtin } from './builtin.ts';

export const jobs: Builtin = {
  names: ['jobs', 'fg', 'bg'],
  async run(shell, args, name) {
    if (name === 'jobs') {
      for (const job of shell.dialect.name === 'bash' ? shell.jobs.listed() : shell.jobs.all()) {
        const state =
          job.process.exitStatus === undefined
            ? 'Running'
            : job.process.exitStatus === 0
              ? 'Done'
              : `Done(${job.process.exitStatus})`;
        const line = args.includes('-p')
          ? String(job.process.pid)
          : `[${job.number}]+  ${state.padEnd(23)} ${job.text}`;
        await shell.write(1, `${line}\n`);
      }
      return 0;
    }
    if (shell.dialect.name === 'bash') throw new ShellError('no job control');
    const job = shell.jobs.bySpec(args[0] ?? '%%');
    if (job === undefined) throw new ShellError(args[0] === undefined ? 'No current job' : `${args[0]}: no such job`);
    return name === 'fg' ? waitForChild(shell, job.process) : 0;
  },
};
