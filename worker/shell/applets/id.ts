/** id */
import type { Applet } from './applet.ts';
import { identityOf } from './identity.ts';
import { parseOptions, UsageError } from './options.ts';
import { readUsers } from './users.ts';

const LONG = { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r' };

export const id: Applet = {
  names: ['id'],
  summary: 'Print information about USER or the current user',
  usage: '[-ugGnr] [USER]',
  async run(context) {
    const options = parseOptions(context.args, context.flavour === 'gnu' ? 'augGnrzZ' : 'ugGnr', LONG);
    const chosen = ['u', 'g', 'G'].filter((option) => options.has(option));
    if (options.has('Z')) return context.complain('--context (-Z) works only on an SELinux-enabled kernel');
    const decorated = options.has('n') || options.has('r');
    if (chosen.length > 1 || (decorated && chosen.length === 0) || options.operands.length > 1)
      throw new UsageError('');
    const users = await readUsers(context);
    const name = options.operands[0];
    const who = identityOf(context, users, name);
    if (who === undefined) {
      const gnu = context.flavour === 'gnu';
      return context.complain(gnu ? `${context.quote(name ?? '')}: no such user` : `unknown user ${name ?? ''}`);
    }
    const asked = chosen[0];
    if (asked === undefined) {
      const named = (number: number, known: string | undefined): string =>
        known === undefined ? String(number) : `${number}(${known})`;
      const sorted = name === undefined ? [...who.groups].sort((a, b) => a - b) : who.groups;
      const groups = sorted.map((gid) => named(gid, users.groupName(gid))).join(',');
      const uid = named(who.uid, users.userName(who.uid));
      await context.out.write(`uid=${uid} gid=${named(who.gid, users.groupName(who.gid))} groups=${groups}\n`);
      return 0;
    }
    const numbers = asked === 'u' ? [who.uid] : asked === 'g' ? [who.gid] : who.groups;
    const nameOf = asked === 'u' ? users.userName : users.groupName;
    let status = 0;
    const words: string[] = [];
    for (const number of numbers) {
      const known = options.has('n') ? nameOf(number) : undefined;
      if (options.has('n') && known === undefined) status = await context.complain(`unknown ID ${number}`);
      words.push(known ?? String(number));
    }
    await context.out.write(`${words.join(' ')}\n`);
    return status;
  },
};
