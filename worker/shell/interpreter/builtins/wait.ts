/** `wait`. */
import { errnoOf } from '../../kernel/errno.ts';
import { describeDeath, signalNumber } from '../../kernel/signals.ts';
import { ShellError } from '../failures.ts';
import type { ShellJob } from '../jobs.ts';
import type { Shell } from '../shell.ts';
import { bashDeath } from '../subshell.ts';
import { runPendingTraps } from '../trap-actions.ts';
import type { Builtin } from './builtin.ts';

export const wait: Builtin = {
  names: ['wait'],
  async run(shell, args) {
    const words = args.filter((word) => !/^-[fpn]$/.test(word) && word !== '--');
    if (args.includes('-n')) return waitForAny(shell, words);
    if (words.length === 0) {
      for (const job of shell.jobs.all()) {
        const status = await waitFor(shell, job);
        if (status.interrupted) return status.status;
      }
      return 0;
    }
    let status = 0;
    for (const word of words) status = await waitForWord(shell, word);
    return status;
  },
};

async function waitForWord(shell: Shell, word: string): Promise<number> {
  const job = word.startsWith('%') ? shell.jobs.bySpec(word) : shell.jobs.byPid(Number(word));
  if (job !== undefined) return (await waitFor(shell, job)).status;
  if (word.startsWith('%')) {
    throw new ShellError(
      shell.dialect.name === 'dash' ? `No such job: ${word}` : `${word}: no such job`,
      shell.dialect.name === 'bash' ? 127 : 2,
    );
  }
  if (shell.dialect.name === 'bash') await shell.complain(`pid ${word} is not a child of this shell`);
  return 127;
}

/** Waits for one job; a signal with a trap ends the wait. */
async function waitFor(shell: Shell, job: ShellJob): Promise<{ status: number; interrupted: boolean }> {
  try {
    const status = await shell.process.waitFor(job.process.exited);
    shell.jobs.forget(job.process.pid);
    shell.command = undefined;
    const death = job.process.deathSignal === undefined ? undefined : describeDeath(job.process.deathSignal);
    if (death !== undefined && shell.dialect.name !== 'bash') await shell.write(2, `${death}\n`);
    // bash as Debian builds it says nothing of SIGTERM here
    else if (death !== undefined && job.process.deathSignal !== 'TERM')
      await shell.write(2, `${bashDeath(shell, job.process, death, job.text)}\n`);
    return { status, interrupted: false };
  } catch (error) {
    if (errnoOf(error) !== 'EINTR') throw error;
    const signal = shell.process.nextSignal;
    await runPendingTraps(shell);
    return { status: 128 + (signal === undefined ? 0 : signalNumber(signal)), interrupted: true };
  }
}

async function waitForAny(shell: Shell, words: readonly string[]): Promise<number> {
  const wanted = (pid: number): boolean => words.length === 0 || words.includes(String(pid));
  const jobs = shell.jobs.all().filter(({ process }) => wanted(process.pid));
  if (jobs.length === 0) return 127;
  const first = await shell.process.waitFor(
    Promise.race(jobs.map((job) => job.process.exited.then((status) => ({ job, status })))),
  );
  shell.jobs.forget(first.job.process.pid);
  return first.status;
}
