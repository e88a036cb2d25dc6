/** whoami */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { readUsers } from './users.ts';

export const whoami: Applet = {
  names: ['whoami'],
  summary: 'Print the user name associated with the current effective user id',
  usage: '',
  async run(context) {
    const [extra] = parseOptions(context.args, '').operands;
    if (extra !== undefined) throw new UsageError('', undefined, `extra operand ${context.quote(extra)}`);
    const { uid } = context.process.credentials;
    const name = (await readUsers(context)).userName(uid);
    if (name === undefined) {
      const gnu = context.flavour === 'gnu';
      return context.complain(gnu ? `cannot find name for user ID ${uid}` : `unknown uid ${uid}`);
    }
    await context.out.write(`${name}\n`);
    return 0;
  },
};
