/** Background jobs of one shell. */
import type { Process } from '../kernel/process.ts';

/** A command that was started with `&`. */
export interface ShellJob {
  readonly number: number;
  /** The process whose status is the job's: the last of the pipeline. */
  readonly process: Process;
  readonly text: string;
}

export class Jobs {
  readonly #jobs = new Map<number, ShellJob>();
  /** Those of the shell a subshell was made of: listed while it has none of its own. */
  readonly #inherited: readonly ShellJob[];
  /** `$!`. */
  lastPid: number | undefined;

  constructor(inherited: readonly ShellJob[] = []) {
    this.#inherited = inherited;
  }

  add(process: Process, text: string): ShellJob {
    const number = Math.max(0, ...[...this.#jobs.values()].map((job) => job.number)) + 1;
    const job = { number, process, text };
    this.#jobs.set(process.pid, job);
    this.lastPid = process.pid;
    return job;
  }

  all(): ShellJob[] {
    return [...this.#jobs.values()];
  }

  /** What `jobs` shows. */
  listed(): readonly ShellJob[] {
    return this.#jobs.size === 0 ? this.#inherited : this.all();
  }

  byPid(pid: number): ShellJob | undefined {
    return this.#jobs.get(pid);
  }

  /** The job `%1`, `%%`, `%+`, `%-` or `%text` names. */
  bySpec(spec: string): ShellJob | undefined {
    const jobs = this.all();
    const name = spec.slice(1);
    if (name === '' || name === '%' || name === '+') return jobs.at(-1);
    if (name === '-') return jobs.at(-2) ?? jobs.at(-1);
    if (/^\d+$/.test(name)) return jobs.find((job) => job.number === Number(name));
    return jobs.find((job) => job.text.startsWith(name));
  }

  forget(pid: number): void {
    this.#jobs.delete(pid);
  }
}
