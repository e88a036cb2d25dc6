/** Programs whose work is to start another: as its init process, or as another user. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { identityOf } from '../../applets/identity.ts';
import { parseOwner, readUsers } from '../../applets/users.ts';
import { refuse } from './version-tellers.ts';

/** `tini -- program`, `dumb-init program`, `su-exec user program`, `gosu user program`: they become the program. */
export const wrappers: Applet = {
  names: ['tini', 'dumb-init', 'su-exec', 'gosu', 'catatonit'],
  summary: 'Start a program: as its init, or as another user',
  usage: '[USER] PROGRAM [ARGUMENT]...',
  async run(context) {
    const { args, name } = context;
    if (args[0] === '--version' || args[0] === '-v') {
      await context.out.write(name === 'gosu' ? '1.17 (go1.22 on linux/amd64; gc)\n' : `${name} version 0.19.0\n`);
      return 0;
    }
    const changesUser = name === 'su-exec' || name === 'gosu';
    const words = changesUser ? args.slice(1) : args.slice(firstOperand(args));
    if (changesUser && args[0] !== undefined && !(await changeUser(context, args[0]))) return 1;
    return words.length === 0 ? refuse(context, 'no program was named') : become(context, words);
  },
};

function firstOperand(args: readonly string[]): number {
  const at = args.findIndex((word) => word === '--' || !word.startsWith('-'));
  if (at === -1) return args.length;
  return args[at] === '--' ? at + 1 : at;
}

/** `user`, `user:group`, names or numbers. False, with a message, where there is no such user or no right to become it. */
async function changeUser(context: AppletContext, who: string): Promise<boolean> {
  const users = await readUsers(context);
  const owner = parseOwner(who, users);
  const { credentials } = context.process;
  if ('unknown' in owner) {
    await context.complain(`${who}: ${owner.unknown}`);
    return false;
  }
  const identity = identityOf(context, users, who.replace(/:.*/, ''));
  const uid = owner.uid ?? credentials.uid;
  if (credentials.uid !== 0 && uid !== credentials.uid) {
    await context.complain(`setgroups: Operation not permitted`);
    return false;
  }
  context.process.credentials = {
    uid,
    gid: owner.gid ?? identity?.gid ?? credentials.gid,
    groups: identity?.groups ?? [],
  };
  return true;
}

async function become(context: AppletContext, words: readonly string[]): Promise<number> {
  const status = await context.exec(words);
  if (typeof status === 'number') return status;
  await context.complain(
    `${words[0] ?? ''}: ${status.errno === 'ENOENT' ? 'No such file or directory' : 'Permission denied'}`,
  );
  return status.errno === 'ENOENT' ? 127 : 126;
}
