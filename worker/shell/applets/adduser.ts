/** adduser and addgroup */
import type { Applet } from './applet.ts';
import { addAccount, addMember, freeId, GROUP, GSHADOW, PASSWD, SHADOW } from './accounts.ts';
import type { AppletContext } from './context.ts';
import { debianAdduser } from './debian-adduser.ts';
import { makeHome } from './home-directory.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { parseGroup, readUsers, type UserDatabase } from './users.ts';

const DAY_MS = 86_400_000;
const HOME_MODE = 0o2755;
const NOT_ROOT = 'permission denied (are you root?)';
const USER_LONG = {
  home: 'h', gecos: 'g', shell: 's', ingroup: 'G', 'disabled-password': 'D', 'empty-password': 'D', system: 'S',
  'no-create-home': 'H', uid: 'u', skel: 'k',
}; // prettier-ignore

export const adduser: Applet = {
  names: ['adduser'],
  summary: 'Create new user, or add USER to GROUP',
  usage: '[OPTIONS] USER [GROUP]',
  async run(context) {
    if (context.flavour === 'gnu') return debianAdduser(context);
    const options = parseOptions(context.args, 'h:g:s:G:DSHu:k:', USER_LONG);
    const [name, group, ...more] = options.operands;
    if (name === undefined || more.length > 0) throw new UsageError('');
    if (context.process.credentials.uid !== 0) return context.complain(NOT_ROOT);
    const users = await readUsers(context);
    if (group !== undefined && options.given.length === 0) return addToGroup(context, users, name, group);
    return createUser(context, users, options, name);
  },
};

async function createUser(
  context: AppletContext,
  users: UserDatabase,
  options: Options,
  name: string,
): Promise<number> {
  const system = options.has('S');
  const groupName = options.value('G') ?? (system ? 'nogroup' : undefined);
  const chosenGid = groupName === undefined ? undefined : parseGroup(groupName, users);
  if (groupName !== undefined && chosenGid === undefined) return context.complain(`unknown group ${groupName}`);
  if (users.users.some((user) => user.name === name)) return context.complain(`user '${name}' in use`);
  const asked = options.value('u');
  if (asked !== undefined && !/^\d+$/.test(asked)) return context.complain(`invalid number '${asked}'`);
  // A user without a group gets one of the same name and number: both must be free.
  const taken = (id: number): boolean =>
    users.userName(id) !== undefined || (chosenGid === undefined && users.groupName(id) !== undefined);
  if (asked !== undefined && taken(Number(asked))) return context.complain(`uid '${asked}' in use`);
  const uid = asked === undefined ? freeId(system, taken) : Number(asked);
  if (uid === undefined) return context.complain('no uids left');
  if (chosenGid === undefined && users.groups.some((group) => group.name === name))
    return context.complain(`group '${name}' in use`);
  const gid = chosenGid ?? uid;
  const home = options.value('h') ?? `/home/${name}`;
  const shell = options.value('s') ?? defaultShell(context, users, system);
  await addAccount(context, PASSWD, [name, 'x', uid, gid, options.value('g') ?? 'Linux User,,,', home, shell], true);
  const today = Math.floor(context.process.kernel.clock.nowMs() / DAY_MS);
  await addAccount(context, SHADOW, [name, '!', today, 0, 99_999, 7, '', '', ''], false);
  if (groupName === undefined) await writeGroup(context, name, gid);
  else await addMember(context, users.groupName(gid) ?? groupName, name);
  if (!options.has('H'))
    await makeHome(context, home, uid, gid, { skeleton: options.value('k') ?? '/etc/skel', mode: HOME_MODE });
  if (system || options.has('D')) return 0;
  // A password would be asked for on the terminal, and there is nobody to type it.
  await context.out.write(`Changing password for ${name}\nNew password: \n`);
  await context.out.flush();
  await context.err.write(`passwd: password for ${name} is unchanged\n`);
  return 1;
}

/** A system account may not log in (Alpine has a program to say so); others get root's shell. */
function defaultShell(context: AppletContext, users: UserDatabase, system: boolean): string {
  if (system) return context.files.find('/sbin/nologin') === undefined ? '/bin/false' : '/sbin/nologin';
  return context.env.get('SHELL') ?? users.users.find((user) => user.uid === 0)?.shell ?? '/bin/sh';
}

export const addgroup: Applet = {
  names: ['addgroup'],
  summary: 'Add a group or add a user to a group',
  usage: '[-g GID] [-S] [USER] GROUP',
  async run(context) {
    if (context.flavour === 'gnu') return debianAdduser(context);
    const options = parseOptions(context.args, 'g:S', { gid: 'g', system: 'S' });
    const [first, group, ...more] = options.operands;
    if (first === undefined || more.length > 0) throw new UsageError('');
    if (context.process.credentials.uid !== 0) return context.complain(NOT_ROOT);
    const users = await readUsers(context);
    if (group !== undefined) return addToGroup(context, users, first, group);
    if (users.groups.some((known) => known.name === first)) return context.complain(`group '${first}' in use`);
    const asked = options.value('g');
    if (asked !== undefined && !/^\d+$/.test(asked)) return context.complain(`invalid number '${asked}'`);
    const taken = (id: number): boolean => users.groupName(id) !== undefined;
    if (asked !== undefined && taken(Number(asked))) return context.complain(`gid '${asked}' in use`);
    const gid = asked === undefined ? freeId(options.has('S'), taken) : Number(asked);
    if (gid === undefined) return context.complain('no gids left');
    await writeGroup(context, first, gid);
    return 0;
  },
};

async function writeGroup(context: AppletContext, name: string, gid: number): Promise<void> {
  await addAccount(context, GROUP, [name, 'x', gid, ''], true);
  await addAccount(context, GSHADOW, [name, '!', '', ''], false);
}

async function addToGroup(context: AppletContext, users: UserDatabase, user: string, group: string): Promise<number> {
  if (!users.users.some((one) => one.name === user)) return context.complain(`unknown user ${user}`);
  if (!users.groups.some((one) => one.name === group)) return context.complain(`unknown group ${group}`);
  await addMember(context, group, user);
  return 0;
}
