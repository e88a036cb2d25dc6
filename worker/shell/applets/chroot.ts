/** chroot */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseOptions, UsageError } from './options.ts';
import { parseGroup, parseOwner, readUsers } from './users.ts';

/** Statuses of coreutils: its own failure, a program that cannot be run, one that is not there. */
const FAILED = 125;
const CANNOT_RUN = 126;
const NOT_FOUND = 127;

export const chroot: Applet = {
  names: ['chroot'],
  summary: 'Run PROG with root directory set to NEWROOT',
  usage: 'NEWROOT [PROG ARGS]',
  async run(context) {
    const gnu = context.flavour === 'gnu';
    const long = { userspec: 'userspec:', groups: 'groups:', 'skip-chdir': 'skip' };
    const options = parseOptions(context.args, '+', gnu ? long : {});
    const [root, ...command] = options.operands;
    if (root === undefined) throw new UsageError('', gnu ? FAILED : 1);
    try {
      context.files.changeRoot(root);
    } catch (error) {
      const cannot = gnu ? 'cannot change root directory to' : "can't change root directory to";
      await context.complain(`${cannot} '${root}': ${errorText(error)}`);
      return gnu ? FAILED : 1;
    }
    const users = await readUsers(context);
    const owner = parseOwner(options.value('userspec') ?? '', users);
    if ('unknown' in owner) {
      await context.complain('invalid user');
      return FAILED;
    }
    const { credentials } = context.process;
    const groups = options
      .value('groups')
      ?.split(',')
      .flatMap((name) => parseGroup(name, users) ?? []);
    context.process.credentials = {
      uid: owner.uid ?? credentials.uid,
      gid: owner.gid ?? credentials.gid,
      groups: groups ?? (owner.uid === undefined ? credentials.groups : []),
    };
    const argv = command.length > 0 ? command : [context.env.get('SHELL') ?? '/bin/sh', '-i'];
    const result = await context.exec(argv);
    if (typeof result === 'number') return result;
    const reason = result.reason ?? strerror(result.errno);
    await context.complain(
      gnu ? `failed to run command '${argv[0] ?? ''}': ${reason}` : `can't execute '${argv[0] ?? ''}': ${reason}`,
    );
    return result.errno === 'ENOENT' ? NOT_FOUND : CANNOT_RUN;
  },
};
