/** deluser and delgroup */
import type { Applet } from './applet.ts';
import { GROUP, GSHADOW, PASSWD, removeAccount, removeMember, SHADOW } from './accounts.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';
import { readUsers, type UserDatabase } from './users.ts';

const NOT_ROOT = 'permission denied (are you root?)';

export const deluser: Applet = {
  names: ['deluser'],
  summary: 'Delete USER from the system',
  usage: 'USER',
  async run(context) {
    const [name, group, ...more] = parseOptions(context.args, '').operands;
    if (name === undefined || more.length > 0) throw new UsageError('');
    if (context.process.credentials.uid !== 0) return context.complain(NOT_ROOT);
    const users = await readUsers(context);
    if (!users.users.some((user) => user.name === name)) return context.complain(`unknown user ${name}`);
    if (group !== undefined) return leaveGroup(context, users, name, group);
    for (const path of [PASSWD, SHADOW]) await removeAccount(context, path, name);
    await removeMember(context, name);
    // The group that was made with the user goes with it, unless somebody else is in it.
    const own = users.groups.find((one) => one.name === name);
    const others = users.users.some((user) => user.name !== name && user.gid === own?.gid);
    if (own === undefined || others || own.members.some((member) => member !== name)) return 0;
    for (const path of [GROUP, GSHADOW]) await removeAccount(context, path, name);
    return 0;
  },
};

export const delgroup: Applet = {
  names: ['delgroup'],
  summary: 'Delete group GROUP from the system or user USER from group GROUP',
  usage: '[USER] GROUP',
  async run(context) {
    const [first, group, ...more] = parseOptions(context.args, '').operands;
    if (first === undefined || more.length > 0) throw new UsageError('');
    if (context.process.credentials.uid !== 0) return context.complain(NOT_ROOT);
    const users = await readUsers(context);
    if (group !== undefined) return leaveGroup(context, users, first, group);
    const found = users.groups.find((one) => one.name === first);
    if (found === undefined) return context.complain(`unknown group ${first}`);
    const primary = users.users.find((user) => user.gid === found.gid);
    if (primary !== undefined)
      return context.complain(`'${primary.name}' still has '${first}' as their primary group!`);
    for (const path of [GROUP, GSHADOW]) await removeAccount(context, path, first);
    return 0;
  },
};

async function leaveGroup(context: AppletContext, users: UserDatabase, user: string, group: string): Promise<number> {
  if (!users.groups.some((one) => one.name === group)) return context.complain(`unknown group ${group}`);
  await removeMember(context, user, group);
  return 0;
}
