/** setpriv, runuser and prlimit: programs run as somebody else, or with other limits. */
import { strerror } from '../../kernel/errno.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { identityOf } from '../identity.ts';
import { parseOptions, UsageError } from '../options.ts';
import { su } from '../su.ts';
import { readUsers } from '../users.ts';

async function become(context: AppletContext, argv: readonly string[]): Promise<number> {
  const result = await context.exec(argv);
  if (typeof result === 'number') return result;
  await context.complain(`failed to execute ${argv[0] ?? ''}: ${result.reason ?? strerror(result.errno)}`);
  return result.errno === 'ENOENT' ? 127 : 126;
}

export const setpriv: Applet = {
  names: ['setpriv'],
  summary: 'Run PROG with different privilege settings',
  usage: '[OPTIONS] PROG ARGS',
  usageStatus: 127,
  async run(context) {
    const options = parseOptions(context.args, '+d', {
      dump: 'd', reuid: 'reuid:', ruid: 'reuid:', euid: 'reuid:', regid: 'regid:', rgid: 'regid:', egid: 'regid:', groups: 'groups:',
      'clear-groups': 'clear-groups', 'keep-groups': 'keep-groups', 'init-groups': 'init-groups', nnp: 'nnp', 'no-new-privs': 'nnp',
      'inh-caps': 'caps:', 'ambient-caps': 'caps:', 'bounding-set': 'caps:', 'reset-env': 'reset-env',
    }); // prettier-ignore
    const users = await readUsers(context);
    const before = context.process.credentials;
    if (options.has('d')) {
      await context.out.write(
        `uid: ${before.uid}\neuid: ${before.uid}\ngid: ${before.gid}\negid: ${before.gid}\nSupplementary groups: ${before.groups.join(',') || '[none]'}\nno_new_privs: 0\n`,
      );
      return 0;
    }
    if (options.operands.length === 0) throw new UsageError('');
    const user = options.value('reuid');
    const group = options.value('regid');
    const uid = user === undefined ? before.uid : (users.users.find(({ name }) => name === user)?.uid ?? Number(user));
    const gid =
      group === undefined ? before.gid : (users.groups.find(({ name }) => name === group)?.gid ?? Number(group));
    if (Number.isNaN(uid) || Number.isNaN(gid))
      return context.complain(`failed to parse ${Number.isNaN(uid) ? 'reuid' : 'regid'}`);
    const changes = uid !== before.uid || gid !== before.gid || options.has('clear-groups') || options.has('groups');
    if (before.uid !== 0 && changes) {
      await context.complain('setresuid failed: Operation not permitted');
      return 127;
    }
    const listed = (options.value('groups') ?? '')
      .split(',')
      .filter((one) => one !== '')
      .map(Number);
    const initial = identityOf(context, users, users.userName(uid))?.groups ?? [gid];
    const groups = options.has('groups')
      ? listed
      : options.has('init-groups')
        ? initial
        : options.has('clear-groups')
          ? []
          : before.groups;
    context.process.credentials = { uid, gid, groups };
    return become(context, options.operands);
  },
};

export const runuser: Applet = {
  names: ['runuser'],
  summary: 'Run a program as another user, without a password',
  usage: '[-u USER] PROG ARGS | [-] [-c CMD] USER',
  async run(context) {
    const [first, second, ...argv] = context.args;
    if (context.process.credentials.uid !== 0) return context.complain('may not be used by non-root users');
    if (first !== '-u') return su.run(context);
    const who = identityOf(context, await readUsers(context), second);
    if (who === undefined) return context.complain(`user ${second ?? ''} does not exist`);
    context.process.credentials = who;
    return become(context, argv[0] === '--' ? argv.slice(1) : argv);
  },
};

/** What a container may use is limited as a whole, not for each process. */
export const prlimit: Applet = {
  names: ['prlimit', 'choom', 'linux32', 'linux64', 'setarch'],
  summary: 'Run PROG with other limits',
  usage: '[OPTIONS] PROG ARGS',
  simulated: 'limits of single processes have no effect: the step is limited as a whole',
  async run(context) {
    const words = [...context.args];
    if (context.name === 'setarch' && !words[0]?.startsWith('-')) words.shift();
    while (words[0]?.startsWith('-') === true) if (words.shift() === '--') break;
    return words.length === 0 ? 0 : become(context, words);
  },
};
