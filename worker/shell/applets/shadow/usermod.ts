/** usermod and userdel, of the shadow package. */
import { addMember, editAccounts, GROUP, GSHADOW, PASSWD, removeAccount, removeMember, SHADOW } from '../accounts.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { changeTrees } from '../ownership.ts';
import { parseGroup, readUsers, type User, type UserDatabase } from '../users.ts';
import { AccountError, asRoot, ID_TAKEN, NAME_TAKEN, NOT_FOUND, parseId } from './failure.ts';
import { furtherGroups } from './useradd.ts';

const LONG = {
  append: 'a', badname: 'badname', comment: 'c', home: 'd', expiredate: 'e', inactive: 'f', gid: 'g', groups: 'G', help: 'h', login: 'l',
  lock: 'L', 'move-home': 'm', 'non-unique': 'o', password: 'p', remove: 'r', root: 'R', prefix: 'P', shell: 's', uid: 'u', unlock: 'U',
  'add-subuids': 'v', 'del-subuids': 'V', 'add-subgids': 'w', 'del-subgids': 'W',
}; // prettier-ignore

function requireUser(users: UserDatabase, name: string | undefined): User {
  if (name === undefined) throw new UsageError('');
  const user = users.users.find((one) => one.name === name);
  if (user === undefined) throw new AccountError(`user '${name}' does not exist`, NOT_FOUND);
  return user;
}

export const usermod: Applet = {
  names: ['usermod'],
  summary: 'Change a user',
  usage: '[options] LOGIN',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'ac:d:e:f:g:G:hl:Lmop:rR:P:s:u:Uv:V:w:W:Z:', LONG);
      const users = await readUsers(context);
      const user = requireUser(users, options.operands[0]);
      const changed = changedUser(options, users, user);
      const groups = options.has('G') ? furtherGroups(options.value('G'), users) : undefined;
      await editAccounts(context, PASSWD, (fields) =>
        fields[0] !== user.name
          ? fields
          : [
              changed.name,
              fields[1] ?? 'x',
              String(changed.uid),
              String(changed.gid),
              options.value('c') ?? fields[4] ?? '',
              changed.home,
              changed.shell,
            ],
      );
      await editAccounts(context, SHADOW, (fields) =>
        fields[0] === user.name
          ? [changed.name, changedPassword(options, fields[1] ?? ''), ...fields.slice(2)]
          : fields,
      );
      await changeGroups(context, options, users, { from: user.name, to: changed.name, groups });
      if (changed.home !== user.home && options.has('m')) await moveHome(context, user.home, changed.home);
      if (changed.uid !== user.uid) await giveHome(context, changed);
      return 0;
    }),
};

function changedUser(options: Options, users: UserDatabase, user: User): User {
  const name = options.value('l') ?? user.name;
  if (name !== user.name && users.users.some((one) => one.name === name))
    throw new AccountError(`user '${name}' already exists`, NAME_TAKEN);
  const asked = options.value('u');
  const uid = asked === undefined ? user.uid : parseId(asked, 'user');
  if (uid !== user.uid && users.userName(uid) !== undefined && !options.has('o'))
    throw new AccountError(`UID '${uid}' already exists`, ID_TAKEN);
  const group = options.value('g');
  const gid = group === undefined ? user.gid : parseGroup(group, users);
  if (gid === undefined) throw new AccountError(`group '${group ?? ''}' does not exist`, NOT_FOUND);
  return { name, uid, gid, home: options.value('d') ?? user.home, shell: options.value('s') ?? user.shell };
}

/** Locked, a password has an exclamation mark in front. */
function changedPassword(options: Options, password: string): string {
  if (options.has('p')) return options.value('p') ?? '';
  if (options.has('L')) return password.startsWith('!') ? password : `!${password}`;
  if (options.has('U')) return password.replace(/^!/, '');
  return password;
}

async function changeGroups(
  context: AppletContext,
  options: Options,
  users: UserDatabase,
  change: { readonly from: string; readonly to: string; readonly groups: readonly string[] | undefined },
): Promise<void> {
  const { from, to, groups } = change;
  const before = users.groups.filter((group) => group.members.includes(from)).map((group) => group.name);
  const kept =
    groups === undefined || options.has('a')
      ? [...before, ...(groups ?? [])]
      : options.has('r')
        ? before.filter((name) => !groups.includes(name))
        : groups;
  const same = from === to && kept.length === before.length && kept.every((name) => before.includes(name));
  if (same) return;
  for (const name of before) if (from !== to || !kept.includes(name)) await removeMember(context, from, name);
  for (const name of kept) await addMember(context, name, to);
}

async function moveHome(context: AppletContext, from: string, to: string): Promise<void> {
  if (context.files.find(from)?.inode.kind !== 'directory') return;
  if (context.files.find(to) !== undefined) throw new AccountError(`directory ${to} exists`, 12);
  context.files.rename(from, to);
}

async function giveHome(context: AppletContext, user: User): Promise<void> {
  if (context.files.find(user.home)?.inode.kind !== 'directory') return;
  await changeTrees(context, [user.home], {
    recursive: true,
    quiet: true,
    change: (path) => context.files.changeOwner(path, user.uid, undefined, false),
  });
}

export const userdel: Applet = {
  names: ['userdel'],
  summary: 'Delete a user',
  usage: '[options] LOGIN',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'fhrR:P:Z', {
        force: 'f',
        help: 'h',
        remove: 'r',
        root: 'R',
        prefix: 'P',
      });
      const users = await readUsers(context);
      const user = requireUser(users, options.operands[0]);
      await removeAccount(context, PASSWD, user.name);
      await removeAccount(context, SHADOW, user.name);
      await removeMember(context, user.name);
      const shared = users.users.some((one) => one.name !== user.name && one.gid === user.gid);
      const own = users.groups.find((group) => group.name === user.name);
      if (own !== undefined && !shared && own.members.every((member) => member === user.name)) {
        await removeAccount(context, GROUP, own.name);
        await removeAccount(context, GSHADOW, own.name);
      }
      if (!options.has('r')) return 0;
      await context.complain(`${user.name} mail spool (/var/mail/${user.name}) not found`);
      if (context.files.find(user.home)?.inode.kind === 'directory')
        await context.spawn(['rm', '-rf', '--', user.home]);
      else await context.complain(`${user.name} home directory (${user.home}) not found`);
      return 0;
    }),
};
