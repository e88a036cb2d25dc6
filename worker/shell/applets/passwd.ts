/** passwd: taking passwords away and locking them. There is no terminal to type a new one on. */
import type { Applet } from './applet.ts';
import { editAccounts, PASSWD, SHADOW } from './accounts.ts';
import { parseOptions } from './options.ts';
import { readUsers } from './users.ts';

export const passwd: Applet = {
  names: ['passwd'],
  summary: "Change USER's password (default: current user)",
  usage: '[-a ALG] [-dlu] [USER]',
  async run(context) {
    const options = parseOptions(context.args, 'a:dlu', { delete: 'd', lock: 'l', unlock: 'u' });
    const users = await readUsers(context);
    const { uid } = context.process.credentials;
    const self = users.userName(uid) ?? String(uid);
    const name = options.operands[0] ?? self;
    if (!users.users.some((user) => user.name === name)) return context.complain(`unknown user ${name}`);
    if (uid !== 0 && name !== self) return context.complain(`${self} can't change password for ${name}`);
    if (!['d', 'l', 'u'].some((option) => options.has(option))) {
      await context.out.write(`Changing password for ${name}\nNew password: \n`);
      return context.complain(`password for ${name} is unchanged`);
    }
    const changed = (field: string): string => {
      if (options.has('d')) return '';
      return options.has('l') ? `!${field.replace(/^!/, '')}` : field.replace(/^!/, '');
    };
    const edit = (fields: readonly string[]): readonly string[] =>
      fields[0] === name ? [name, changed(fields[1] ?? ''), ...fields.slice(2)] : fields;
    if (!(await editAccounts(context, SHADOW, edit))) await editAccounts(context, PASSWD, edit);
    await context.complain(`password for ${name} changed by ${self}`);
    return 0;
  },
};
