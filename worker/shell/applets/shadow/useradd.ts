/** useradd, of the shadow package. */
import { addAccount, addMember, PASSWD, SHADOW } from '../accounts.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { makeHome } from '../home-directory.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { parseGroup, readUsers, type UserDatabase } from '../users.ts';
import {
  AccountError,
  asRoot,
  ID_TAKEN,
  isAccountName,
  NAME_TAKEN,
  NOT_FOUND,
  parseId,
  WRONG_ARGUMENT,
} from './failure.ts';
import { addGroup } from './groups.ts';
import { idRange, nextId, readLoginDefinitions, type LoginDefinitions } from './login-definitions.ts';

const LONG = {
  badname: 'badname', 'base-dir': 'b', 'btrfs-subvolume-home': 'btrfs', comment: 'c', 'home-dir': 'd', defaults: 'D', expiredate: 'e',
  inactive: 'f', gid: 'g', groups: 'G', help: 'h', skel: 'k', key: 'K', 'no-log-init': 'l', 'create-home': 'm', 'no-create-home': 'M',
  'no-user-group': 'N', 'non-unique': 'o', password: 'p', system: 'r', root: 'R', prefix: 'P', shell: 's', uid: 'u', 'user-group': 'U',
}; // prettier-ignore

/** The days shadow counts in begin here; SOURCE_DATE_EPOCH has no say. */
const DAY_MS = 86_400_000;

export const useradd: Applet = {
  names: ['useradd'],
  summary: 'Create a new user',
  usage: '[options] LOGIN',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'b:c:d:De:f:g:G:hk:K:lmMNop:rR:P:s:u:UZ:', LONG);
      const [name, ...more] = options.operands;
      if (name === undefined || more.length > 0) throw new UsageError('');
      if (!isAccountName(name) && !options.has('badname'))
        throw new AccountError(`invalid user name '${name}': use --badname to ignore`, WRONG_ARGUMENT);
      return createUser(context, name, options);
    }),
};

async function createUser(context: AppletContext, name: string, options: Options): Promise<number> {
  const users = await readUsers(context);
  const definitions = await readLoginDefinitions(context);
  const system = options.has('r');
  const asked = options.value('u');
  const wanted = asked === undefined ? undefined : parseId(asked, 'user');
  const groupName = options.value('g');
  const further = furtherGroups(options.value('G'), users);
  if (groupName !== undefined && parseGroup(groupName, users) === undefined) throw missingGroup(groupName);
  if (users.users.some((user) => user.name === name))
    throw new AccountError(`user '${name}' already exists`, NAME_TAKEN);
  const ownGroup =
    groupName === undefined && (options.has('U') || (definitions.flag('USERGROUPS_ENAB') && !options.has('N')));
  if (ownGroup && users.groups.some((group) => group.name === name))
    throw new AccountError(`group ${name} exists - if you want to add this user to that group, use -g.`, NAME_TAKEN);
  if (wanted !== undefined && users.userName(wanted) !== undefined && !options.has('o'))
    throw new AccountError(`UID ${wanted} is not unique`, ID_TAKEN);
  const uid = wanted ?? freeUid(users, definitions, system, ownGroup);
  const gid = await groupOf(context, users, definitions, { name, uid, groupName, ownGroup, system });
  const home = options.value('d') ?? `${options.value('b') ?? definitions.text('default HOME', '/home')}/${name}`;
  const shell = options.value('s') ?? definitions.text('default SHELL', '/bin/sh');
  const shadowed = context.files.find(SHADOW) !== undefined;
  const password = options.value('p') ?? '!';
  await addAccount(
    context,
    PASSWD,
    [name, shadowed ? 'x' : password, uid, gid, options.value('c') ?? '', home, shell],
    true,
  );
  const today = Math.floor(context.process.kernel.clock.nowMs() / DAY_MS);
  const ages = system
    ? ['', '', '']
    : [
        definitions.text('PASS_MIN_DAYS', ''),
        definitions.text('PASS_MAX_DAYS', ''),
        definitions.text('PASS_WARN_AGE', ''),
      ];
  await addAccount(context, SHADOW, [name, password, today, ...ages, options.value('f') ?? '', '', ''], false);
  for (const group of further) await addMember(context, group, name);
  const makesHome = options.has('m') || (definitions.flag('CREATE_HOME') && !options.has('M') && !system);
  if (makesHome) await createHome(context, definitions, home, uid, gid, options.value('k'));
  return 0;
}

function missingGroup(name: string): AccountError {
  return new AccountError(`group '${name}' does not exist`, NOT_FOUND);
}

/** The names of the groups of -G. */
export function furtherGroups(text: string | undefined, users: UserDatabase): string[] {
  const names = (text ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => {
    const gid = parseGroup(name, users);
    const found =
      gid === undefined ? undefined : (users.groups.find((group) => group.name === name)?.name ?? users.groupName(gid));
    if (found === undefined) throw missingGroup(name);
    return found;
  });
}

function freeUid(users: UserDatabase, definitions: LoginDefinitions, system: boolean, ownGroup: boolean): number {
  const taken = new Set(users.users.map((user) => user.uid));
  // a user with a group of their own has one number for both, where it can be had
  if (ownGroup && system) for (const group of users.groups) taken.add(group.gid);
  const uid = nextId(idRange(definitions, 'UID', system), system, taken);
  if (uid === undefined) throw new AccountError("can't get unique UID (no more available UIDs)", ID_TAKEN);
  return uid;
}

async function groupOf(
  context: AppletContext,
  users: UserDatabase,
  definitions: LoginDefinitions,
  account: {
    readonly name: string;
    readonly uid: number;
    readonly groupName: string | undefined;
    readonly ownGroup: boolean;
    readonly system: boolean;
  },
): Promise<number> {
  const { name, uid, groupName, ownGroup, system } = account;
  if (groupName !== undefined) return parseGroup(groupName, users) ?? 0;
  if (!ownGroup) return definitions.number('default GROUP', 100);
  const free = users.groupName(uid) === undefined;
  return addGroup(context, users, name, { ...(free ? { gid: uid } : {}), system });
}

async function createHome(
  context: AppletContext,
  definitions: LoginDefinitions,
  home: string,
  uid: number,
  gid: number,
  skeleton: string | undefined,
): Promise<void> {
  if (context.files.find(home) !== undefined) {
    await context.complain(`warning: the home directory ${home} already exists.`);
    await context.complain('Not copying any file from skel directory into it.');
    return;
  }
  const umask = Number.parseInt(definitions.text('UMASK', '022'), 8);
  const mode = Number.parseInt(definitions.text('HOME_MODE', (0o777 & ~umask).toString(8)), 8);
  await makeHome(context, home, uid, gid, {
    skeleton: skeleton ?? definitions.text('default SKEL', '/etc/skel'),
    mode,
  });
}
