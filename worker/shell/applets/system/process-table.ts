/** The processes of the container as programs list them. */
import type { Process } from '../../kernel/process.ts';
import type { AppletContext } from '../context.ts';
import type { UserDatabase } from '../users.ts';

/** All processes, the oldest first. */
export function processesOf(context: AppletContext): Process[] {
  return [...context.process.kernel.processes.values()].sort((a, b) => a.pid - b.pid);
}

/** The name of the program a process runs. */
export function programName({ argv }: Process): string {
  const [first = ''] = argv;
  return first.slice(first.lastIndexOf('/') + 1).replace(/^-/, '');
}

export function userOf(users: UserDatabase, { credentials }: Process): string {
  return users.userName(credentials.uid) ?? String(credentials.uid);
}
