/** gpasswd, chsh, chfn and chage: single fields of the files accounts are kept in. */
import { addMember, editAccounts, GROUP, GSHADOW, PASSWD, removeMember, SHADOW } from '../accounts.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError } from '../options.ts';
import { readUsers } from '../users.ts';

const UNKNOWN = 3;
const DAY_MS = 86_400_000;

export const gpasswd: Applet = {
  names: ['gpasswd'],
  summary: 'Administer groups',
  usage: '[-a USER|-d USER|-r|-R|-M USER,...|-A USER,...] GROUP',
  usageStatus: 2,
  async run(context) {
    const options = parseOptions(context.args, 'a:d:rRM:A:Q:', {
      add: 'a',
      delete: 'd',
      'delete-password': 'r',
      restrict: 'R',
      members: 'M',
      administrators: 'A',
      root: 'Q',
    });
    const [group] = options.operands;
    if (group === undefined) throw new UsageError('');
    if (context.process.credentials.uid !== 0) return context.complain('Permission denied.');
    const users = await readUsers(context);
    const found = users.groups.find(({ name }) => name === group);
    if (found === undefined) {
      await context.complain(`group '${group}' does not exist in /etc/group`);
      return UNKNOWN;
    }
    for (const user of [options.value('a'), options.value('d'), ...(options.value('M')?.split(',') ?? [])]) {
      if (user === undefined || user === '' || users.users.some(({ name }) => name === user)) continue;
      await context.complain(`user '${user}' does not exist`);
      return UNKNOWN;
    }
    const added = options.value('a');
    const removed = options.value('d');
    const members = options.value('M');
    if (added !== undefined) {
      await context.out.write(`Adding user ${added} to group ${group}\n`);
      await addMember(context, group, added);
    } else if (removed !== undefined) {
      await context.out.write(`Removing user ${removed} from group ${group}\n`);
      if (!found.members.includes(removed)) {
        await context.complain(`user '${removed}' is not a member of '${group}'`);
        return UNKNOWN;
      }
      await removeMember(context, removed, group);
    } else if (members !== undefined) {
      const withMembers = (fields: readonly string[]): readonly string[] =>
        fields[0] === group ? [...fields.slice(0, 3), members] : fields;
      await editAccounts(context, GROUP, withMembers);
      await editAccounts(context, GSHADOW, withMembers);
    } else if (!options.has('r') && !options.has('R') && !options.has('A')) {
      return context.complain('Not a tty');
    }
    return 0;
  },
};

/** Sets one field of a user's line in a file. */
async function setField(
  context: AppletContext,
  file: string,
  user: string,
  changes: ReadonlyMap<number, string>,
): Promise<boolean> {
  return editAccounts(context, file, (fields) =>
    fields[0] === user
      ? Array.from(
          { length: Math.max(fields.length, file === SHADOW ? 9 : 7) },
          (_, index) => changes.get(index) ?? fields[index] ?? '',
        )
      : fields,
  );
}

/** Who is meant; undefined, and a message, for somebody there is not, or whom the caller may not change. */
async function chosenUser(context: AppletContext, name: string | undefined): Promise<string | undefined> {
  const users = await readUsers(context);
  const { uid } = context.process.credentials;
  const user = name ?? users.userName(uid);
  if (user === undefined || !users.users.some((one) => one.name === user)) {
    await context.complain(`user '${user ?? uid}' does not exist`);
    return undefined;
  }
  if (uid !== 0) {
    await context.complain('Permission denied.');
    return undefined;
  }
  return user;
}

const SHELL_FIELD = 6;
const NAME_FIELD = 4;

export const chsh: Applet = {
  names: ['chsh'],
  summary: "Change a user's shell",
  usage: '[-s SHELL] [USER]',
  async run(context) {
    const options = parseOptions(context.args, 's:R:', { shell: 's' });
    const user = await chosenUser(context, options.operands[0]);
    const shell = options.value('s');
    if (user === undefined) return 1;
    if (shell === undefined) return context.complain('PAM: Authentication failure');
    if (shell !== '' && context.files.find(shell) === undefined)
      await context.complain(`Warning: ${shell} does not exist`);
    await setField(context, PASSWD, user, new Map([[SHELL_FIELD, shell]]));
    return 0;
  },
};

export const chfn: Applet = {
  names: ['chfn'],
  summary: "Change a user's name and telephone numbers",
  usage: '[-f NAME] [-r ROOM] [-w PHONE] [-h PHONE] [-o OTHER] [USER]',
  async run(context) {
    const options = parseOptions(context.args, 'f:r:w:h:o:', {
      'full-name': 'f',
      room: 'r',
      'work-phone': 'w',
      'home-phone': 'h',
      other: 'o',
    });
    const user = await chosenUser(context, options.operands[0]);
    if (user === undefined) return 1;
    await editAccounts(context, PASSWD, (fields) => {
      if (fields[0] !== user) return fields;
      const before = (fields[NAME_FIELD] ?? '').split(',');
      const parts = ['f', 'r', 'w', 'h', 'o'].map((option, index) => options.value(option) ?? before[index] ?? '');
      return fields.map((field, index) => (index === NAME_FIELD ? parts.join(',').replace(/,+$/, '') : field));
    });
    return 0;
  },
};

const AGE_FIELDS = { d: 2, m: 3, M: 4, W: 5, I: 6, E: 7 } as const;

export const chage: Applet = {
  names: ['chage'],
  summary: 'Change how long a password is good for',
  usage: '[-d DAY] [-E DAY] [-I DAYS] [-m DAYS] [-M DAYS] [-W DAYS] USER',
  usageStatus: 2,
  async run(context) {
    const options = parseOptions(context.args, 'd:E:I:m:M:W:l', {
      lastday: 'd', expiredate: 'E', inactive: 'I', mindays: 'm', maxdays: 'M', warndays: 'W', list: 'l',
    }); // prettier-ignore
    if (options.operands[0] === undefined) throw new UsageError('');
    const user = await chosenUser(context, options.operands[0]);
    if (user === undefined) return 1;
    const changes = new Map<number, string>();
    for (const [option, field] of Object.entries(AGE_FIELDS)) {
      const value = options.value(option);
      if (value !== undefined) changes.set(field, dayOf(value));
    }
    if (changes.size === 0 && !options.has('l')) return context.complain('Not a tty');
    await setField(context, SHADOW, user, changes);
    return 0;
  },
};

/** A date counts the days since 1970; -1 takes the field away. */
function dayOf(text: string): string {
  if (text === '-1') return '';
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  return String(Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY_MS));
}
