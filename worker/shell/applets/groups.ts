/** groups */
import type { Applet } from './applet.ts';
import { identityOf } from './identity.ts';
import { parseOptions } from './options.ts';
import { readUsers } from './users.ts';

export const groups: Applet = {
  names: ['groups'],
  summary: 'Print the groups USER is in',
  usage: '[USER]',
  async run(context) {
    const name = parseOptions(context.args, '').operands[0];
    const users = await readUsers(context);
    const who = identityOf(context, users, name);
    if (who === undefined)
      return context.complain(context.word(`unknown user ${name ?? ''}`, `${context.quote(name ?? '')}: no such user`));
    let status = 0;
    for (const gid of who.groups)
      if (users.groupName(gid) === undefined) status = await context.complain(`unknown ID ${gid}`);
    const words = who.groups.map((gid) => users.groupName(gid) ?? String(gid)).join(' ');
    const gnu = context.flavour === 'gnu' && name !== undefined;
    await context.out.write(`${gnu ? `${name} : ` : ''}${words}\n`);
    return status;
  },
};
