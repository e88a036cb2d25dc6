/** adduser and addgroup as Debian has them: other options than busybox's, and more words. */
import { addAccount, addMember, freeId, PASSWD, SHADOW } from './accounts.ts';
import type { AppletContext } from './context.ts';
import { makeHome } from './home-directory.ts';
import { parseOptions, type Options } from './options.ts';
import { addGroup } from './shadow/groups.ts';
import { parseGroup, readUsers, type UserDatabase } from './users.ts';

const LONG = {
  home: 'home:', shell: 'shell:', 'no-create-home': 'nohome', uid: 'uid:', firstuid: 'firstuid:', lastuid: 'lastuid:', gecos: 'gecos:',
  comment: 'gecos:', ingroup: 'ingroup:', gid: 'gid:', 'disabled-password': 'nopassword', 'disabled-login': 'nologin', system: 'system',
  group: 'group', quiet: 'q', 'force-badname': 'badname', 'allow-badname': 'badname', 'allow-bad-names': 'badname', conf: 'conf:',
  'add_extra_groups': 'extra', 'add-extra-groups': 'extra', debug: 'debug',
}; // prettier-ignore

const DAY_MS = 86_400_000;
const HOME_MODE = 0o700;
const NOBODY_GROUP = 65_534;

/** Runs either program: `addgroup` is `adduser --group`. */
export async function debianAdduser(context: AppletContext): Promise<number> {
  const options = parseOptions(context.args, 'q', LONG);
  const [name, second] = options.operands;
  if (context.process.credentials.uid !== 0)
    return context.complain('Only root may add a user or group to the system.');
  if (name === undefined) return context.complain('Only one or two names allowed.');
  const users = await readUsers(context);
  if (second !== undefined) return addToGroup(context, options, users, name, second);
  if (context.name === 'addgroup' || (options.has('group') && !options.has('system')))
    return createGroup(context, options, users, name);
  return createUser(context, options, users, name);
}

async function tell(context: AppletContext, options: Options, text: string): Promise<void> {
  if (!options.has('q')) await context.out.write(`${text}\n`);
}

async function addToGroup(
  context: AppletContext,
  options: Options,
  users: UserDatabase,
  user: string,
  group: string,
): Promise<number> {
  if (!users.users.some((one) => one.name === user)) return context.complain(`The user \`${user}' does not exist.`);
  const found = users.groups.find((one) => one.name === group);
  if (found === undefined) return context.complain(`The group \`${group}' does not exist.`);
  if (found.members.includes(user)) {
    await context.err.write(`adduser: The user \`${user}' is already a member of \`${group}'.\n`);
    return 0;
  }
  await tell(context, options, `Adding user \`${user}' to group \`${group}' ...`);
  await addMember(context, group, user);
  await tell(context, options, 'Done.');
  return 0;
}

async function createGroup(
  context: AppletContext,
  options: Options,
  users: UserDatabase,
  name: string,
): Promise<number> {
  const system = options.has('system');
  if (users.groups.some((group) => group.name === name)) {
    await context.err.write(
      `addgroup: The group \`${name}' already exists${system ? ' as a system group. Exiting' : ''}.\n`,
    );
    return system ? 0 : 1;
  }
  const gid = Number(options.value('gid') ?? freeId(system, (id) => users.groupName(id) !== undefined));
  await tell(context, options, `Adding group \`${name}' (GID ${gid}) ...`);
  await addGroup(context, users, name, { gid, system });
  await tell(context, options, 'Done.');
  return 0;
}

async function createUser(
  context: AppletContext,
  options: Options,
  users: UserDatabase,
  name: string,
): Promise<number> {
  const system = options.has('system');
  const kind = system ? 'system user' : 'user';
  if (users.users.some((user) => user.name === name)) {
    if (!system) return context.complain(`The user \`${name}' already exists.`);
    await context.err.write(`The system user \`${name}' already exists. Exiting.\n`);
    return 0;
  }
  const asked = options.value('uid');
  const ownGroup = !options.has('ingroup') && !options.has('gid') && (!system || options.has('group'));
  const uid = Number(
    asked ??
      freeId(system, (id) => users.userName(id) !== undefined || (ownGroup && users.groupName(id) !== undefined)),
  );
  if (asked !== undefined && users.userName(uid) !== undefined)
    return context.complain(`The UID ${uid} is already in use.`);
  await tell(context, options, system ? `Adding ${kind} \`${name}' (UID ${uid}) ...` : `Adding ${kind} \`${name}' ...`);
  const group = await groupOf(context, options, users, { name, uid, ownGroup, system });
  if (group === undefined) return 1;
  await tell(
    context,
    options,
    `Adding new user \`${name}' (${system ? `UID ${uid}` : uid}) with group \`${group.name}${system ? "'" : ` (${group.gid})'`} ...`,
  );
  const home = options.value('home') ?? (system ? '/nonexistent' : `/home/${name}`);
  const shell = options.value('shell') ?? (system ? '/usr/sbin/nologin' : '/bin/bash');
  const gecos = options.value('gecos') ?? (system ? '' : ',,,');
  await addAccount(context, PASSWD, [name, 'x', uid, group.gid, gecos, home, shell], true);
  const today = Math.floor(context.process.kernel.clock.nowMs() / DAY_MS);
  const password = options.has('nopassword') && !system ? '*' : '!';
  await addAccount(
    context,
    SHADOW,
    [name, password, today, ...(system ? ['', '', ''] : [0, 99_999, 7]), '', '', ''],
    false,
  );
  await createHome(context, options, { home, uid, gid: group.gid, system });
  if (system || options.has('nopassword') || options.has('nologin')) return 0;
  // a password would be asked for, and nobody can type one
  await context.err.write('passwd: Authentication token manipulation error\npasswd: password unchanged\n');
  return 1;
}

async function groupOf(
  context: AppletContext,
  options: Options,
  users: UserDatabase,
  account: { readonly name: string; readonly uid: number; readonly ownGroup: boolean; readonly system: boolean },
): Promise<{ readonly name: string; readonly gid: number } | undefined> {
  const { name, uid, ownGroup, system } = account;
  if (ownGroup) {
    await tell(context, options, `Adding new group \`${name}' (${system ? `GID ${uid}` : uid}) ...`);
    return { name, gid: await addGroup(context, users, name, { gid: uid, system }) };
  }
  const wanted = options.value('ingroup') ?? options.value('gid') ?? 'nogroup';
  const gid = parseGroup(wanted, users) ?? (wanted === 'nogroup' ? NOBODY_GROUP : undefined);
  if (gid !== undefined) return { name: users.groupName(gid) ?? wanted, gid };
  await context.complain(`The group \`${wanted}' does not exist.`);
  return undefined;
}

async function createHome(
  context: AppletContext,
  options: Options,
  account: { readonly home: string; readonly uid: number; readonly gid: number; readonly system: boolean },
): Promise<void> {
  const { home, uid, gid, system } = account;
  if (options.has('nohome') || home === '/nonexistent') {
    await tell(context, options, `Not creating home directory \`${home}'.`);
    return;
  }
  if (context.files.find(home) !== undefined) {
    await tell(context, options, `The home directory \`${home}' already exists.  Not touching this directory.`);
    return;
  }
  await tell(context, options, `Creating home directory \`${home}' ...`);
  if (!system) await tell(context, options, "Copying files from `/etc/skel' ...");
  await makeHome(context, home, uid, gid, { skeleton: system ? '' : '/etc/skel', mode: system ? 0o755 : HOME_MODE });
}
