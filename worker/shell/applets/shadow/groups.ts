/** groupadd, groupmod and groupdel, of the shadow package. */
import { addAccount, editAccounts, GROUP, GSHADOW, PASSWD, removeAccount } from '../accounts.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError } from '../options.ts';
import { readUsers, type Group, type UserDatabase } from '../users.ts';
import {
  AccountError,
  asRoot,
  ID_TAKEN,
  IN_USE,
  isAccountName,
  NAME_TAKEN,
  NOT_FOUND,
  parseId,
  WRONG_ARGUMENT,
} from './failure.ts';
import { idRange, nextId, readLoginDefinitions } from './login-definitions.ts';

const SHARED_LONG = { gid: 'g', 'non-unique': 'o', password: 'p', root: 'R', prefix: 'P', help: 'h' };

/** Adds a group with the next free id, or the one asked for; gives its id. */
export async function addGroup(
  context: AppletContext,
  users: UserDatabase,
  name: string,
  wish: { readonly gid?: number; readonly system: boolean },
): Promise<number> {
  const definitions = await readLoginDefinitions(context);
  const taken = new Set(users.groups.map((group) => group.gid));
  const gid = wish.gid ?? nextId(idRange(definitions, 'GID', wish.system), wish.system, taken);
  if (gid === undefined) throw new AccountError("Can't get unique GID (no more available GIDs)", ID_TAKEN);
  await addAccount(context, GROUP, [name, 'x', gid, ''], true);
  await addAccount(context, GSHADOW, [name, '!', '', ''], false);
  return gid;
}

export const groupadd: Applet = {
  names: ['groupadd'],
  summary: 'Create a new group',
  usage: '[options] GROUP',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'fg:K:op:rR:P:U:h', {
        ...SHARED_LONG,
        force: 'f',
        system: 'r',
        key: 'K',
        users: 'U',
      });
      const [name, ...more] = options.operands;
      if (name === undefined || more.length > 0) throw new UsageError('');
      const users = await readUsers(context);
      if (!isAccountName(name)) throw new AccountError(`'${name}' is not a valid group name`, WRONG_ARGUMENT);
      if (users.groups.some((group) => group.name === name)) {
        if (options.has('f')) return 0;
        throw new AccountError(`group '${name}' already exists`, NAME_TAKEN);
      }
      const asked = options.value('g');
      let gid = asked === undefined ? undefined : parseId(asked, 'group');
      if (gid !== undefined && users.groupName(gid) !== undefined && !options.has('o')) {
        if (!options.has('f')) throw new AccountError(`GID '${gid}' already exists`, ID_TAKEN);
        gid = undefined;
      }
      await addGroup(context, users, name, { ...(gid === undefined ? {} : { gid }), system: options.has('r') });
      return 0;
    }),
};

function requireGroup(users: UserDatabase, name: string | undefined): Group {
  if (name === undefined) throw new UsageError('');
  const group = users.groups.find((one) => one.name === name);
  if (group === undefined) throw new AccountError(`group '${name}' does not exist`, NOT_FOUND);
  return group;
}

export const groupmod: Applet = {
  names: ['groupmod'],
  summary: 'Change a group',
  usage: '[options] GROUP',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'g:n:op:R:P:aU:h', {
        ...SHARED_LONG,
        'new-name': 'n',
        append: 'a',
        users: 'U',
      });
      const users = await readUsers(context);
      const group = requireGroup(users, options.operands[0]);
      const asked = options.value('g');
      const gid = asked === undefined ? group.gid : parseId(asked, 'group');
      if (gid !== group.gid && users.groupName(gid) !== undefined && !options.has('o'))
        throw new AccountError(`GID '${gid}' already exists`, ID_TAKEN);
      const name = options.value('n') ?? group.name;
      if (name !== group.name && users.groups.some((one) => one.name === name))
        throw new AccountError(`group '${name}' already exists`, NAME_TAKEN);
      const renamed = (fields: readonly string[]): readonly string[] =>
        fields[0] === group.name ? [name, ...fields.slice(1)] : fields;
      await editAccounts(context, GROUP, (fields) => {
        const [first, password = 'x', , members = ''] = fields;
        return first === group.name ? [name, password, String(gid), members] : fields;
      });
      await editAccounts(context, GSHADOW, renamed);
      // whoever had it as their own group has it still
      await editAccounts(context, PASSWD, (fields) =>
        fields[3] === String(group.gid) ? [...fields.slice(0, 3), String(gid), ...fields.slice(4)] : fields,
      );
      return 0;
    }),
};

export const groupdel: Applet = {
  names: ['groupdel'],
  summary: 'Delete a group',
  usage: '[options] GROUP',
  run: (context) =>
    asRoot(context, async () => {
      const options = parseOptions(context.args, 'fR:P:h', { force: 'f', root: 'R', prefix: 'P', help: 'h' });
      const users = await readUsers(context);
      const group = requireGroup(users, options.operands[0]);
      const owner = users.users.find((user) => user.gid === group.gid);
      if (owner !== undefined && !options.has('f'))
        throw new AccountError(`cannot remove the primary group of user '${owner.name}'`, IN_USE);
      await removeAccount(context, GROUP, group.name);
      await removeAccount(context, GSHADOW, group.name);
      return 0;
    }),
};
