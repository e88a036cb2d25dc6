/** su */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import { identityOf } from './identity.ts';
import { parseOptions, UsageError } from './options.ts';
import { readUsers } from './users.ts';

const LOGIN_PATH = '/bin:/usr/bin';
const ROOT_LOGIN_PATH = '/sbin:/usr/sbin:/bin:/usr/bin';

export const su: Applet = {
  names: ['su'],
  summary: 'Run shell under USER (by default, root)',
  usage: "[-lmp] [-s SH] [-] [USER [FILE ARGS | -c 'CMD' [ARG0 ARGS]]]",
  async run(context) {
    const options = parseOptions(context.args, 'mplc:s:', { login: 'l', command: 'c', shell: 's' });
    const words = [...options.operands];
    const login = options.has('l') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const name = words.shift() ?? 'root';
    const users = await readUsers(context);
    const user = users.users.find((one) => one.name === name);
    const who = identityOf(context, users, name);
    if (user === undefined || who === undefined) return context.complain(`unknown user ${name}`);
    const { credentials } = context.process;
    // Anybody but root would be asked for a password, and there is nobody to type it.
    if (credentials.uid !== 0 && credentials.uid !== who.uid) return context.complain('incorrect password');
    if (user.shell === '' && options.value('s') === undefined) throw new UsageError('');
    const shell = options.value('s') ?? user.shell;
    const environment = new Map(context.env);
    if (login) {
      environment.clear();
      environment.set('PATH', who.uid === 0 ? ROOT_LOGIN_PATH : LOGIN_PATH);
      context.process.cwd = context.files.directoryToEnter(
        context.files.find(user.home)?.inode.kind === 'directory' ? user.home : '/',
      );
    }
    if (login || !(options.has('m') || options.has('p'))) {
      for (const [key, value] of [
        ['USER', name],
        ['LOGNAME', name],
        ['HOME', user.home],
        ['SHELL', shell],
      ] as const)
        environment.set(key, value);
    }
    context.process.credentials = { uid: who.uid, gid: who.gid, groups: who.groups };
    const command = options.value('c');
    const name0 = shell.slice(shell.lastIndexOf('/') + 1);
    const argv = [login ? `-${name0}` : name0, ...(command === undefined ? [] : ['-c', command]), ...words];
    const result = await context.exec(argv, environment, shell);
    if (typeof result === 'number') return result;
    await context.complain(`can't execute '${shell}': ${result.reason ?? strerror(result.errno)}`);
    return result.errno === 'ENOENT' ? 127 : 126;
  },
};
