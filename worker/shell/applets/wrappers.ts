/** Programs that change something about a process and then become another program: schedulers, inits, changes of user. */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { parseOwner, readUsers } from './users.ts';

const CANNOT_RUN = 126;
const NOT_FOUND = 127;

/** Becomes a program, or says why it cannot. */
async function become(context: AppletContext, argv: readonly string[], environment = context.env): Promise<number> {
  const result = await context.exec(argv, environment);
  if (typeof result === 'number') return result;
  await context.complain(
    `${context.word("can't execute ", 'failed to run command ')}${context.quote(argv[0] ?? '')}: ${result.reason ?? strerror(result.errno)}`,
  );
  return result.errno === 'ENOENT' ? NOT_FOUND : CANNOT_RUN;
}

/** A program whose own effect has no meaning here: there is one processor, one session, no terminal. */
function plainWrapper(
  name: string,
  summary: string,
  spec: string,
  long: Readonly<Record<string, string>> = {},
  words: (options: Options) => readonly string[] = ({ operands }) => operands,
): Applet {
  return {
    names: [name],
    summary,
    usage: '[OPTIONS] PROG ARGS',
    async run(context) {
      const argv = words(parseOptions(context.args, `+${spec}`, long));
      if (argv.length === 0) throw new UsageError('');
      return become(context, argv);
    },
  };
}

export const setsid = plainWrapper('setsid', 'Run PROG in a new session', 'cfw', { ctty: 'c', fork: 'f', wait: 'w' });
export const ionice = plainWrapper('ionice', 'Change I/O priority and class', 'c:n:p:t', {
  class: 'c',
  classdata: 'n',
});
export const stdbuf = plainWrapper('stdbuf', 'Run PROG with other buffers', 'i:o:e:', {
  input: 'i',
  output: 'o',
  error: 'e',
});
export const chrt = plainWrapper('chrt', 'Change scheduling priority and class', 'bfimorpv', {}, ({ operands }) =>
  operands.slice(1),
);
export const taskset = plainWrapper('taskset', 'Set the CPU affinity of PROG', 'cp', {}, ({ operands }) =>
  operands.slice(1),
);
/** Inits pass signals on to what they start; the kernel here delivers them to it at once. */
export const tini = plainWrapper('tini', 'Run PROG as the init of a container', 'p:svwge:l');
export const dumbInit = plainWrapper('dumb-init', 'Run PROG as the init of a container', 'cr:v', {
  'single-child': 'c',
  rewrite: 'r',
  verbose: 'v',
});

/** gosu and su-exec: `USER[:GROUP] PROG ARGS`, without a login. */
export const gosu: Applet = {
  names: ['gosu', 'su-exec'],
  summary: 'Run PROG as another user',
  usage: 'USER[:GROUP] PROG ARGS',
  async run(context) {
    const [who, ...argv] = context.args;
    if (who === '--version') {
      await context.out.write('1.17\n');
      return 0;
    }
    if (who === undefined || argv.length === 0) throw new UsageError('');
    const users = await readUsers(context);
    const owner = parseOwner(who, users);
    if ('unknown' in owner) return context.complain(`error: failed switching to "${who}": ${owner.unknown}`);
    const uid = owner.uid ?? 0;
    const user = users.users.find((one) => one.uid === uid);
    const { credentials } = context.process;
    if (credentials.uid !== 0 && credentials.uid !== uid)
      return context.complain(`error: failed switching to "${who}": operation not permitted`);
    const named = who.includes(':') ? [] : users.groups.filter((group) => group.members.includes(user?.name ?? ''));
    const gid = owner.gid ?? user?.gid ?? 0;
    context.process.credentials = { uid, gid, groups: [gid, ...named.map((group) => group.gid)] };
    return become(context, argv, new Map([...context.env, ['HOME', user?.home ?? '/']]));
  },
};
