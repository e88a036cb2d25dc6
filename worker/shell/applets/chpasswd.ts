/** chpasswd: sets passwords from lines of `name:password`. */
import { editAccounts, PASSWD, SHADOW } from './accounts.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';
import { saltOf, sha512Crypt } from './password-hash.ts';
import { readUsers } from './users.ts';

const SALT_BYTES = 16;

export const chpasswd: Applet = {
  names: ['chpasswd'],
  summary: 'Read user:password from stdin and update /etc/passwd',
  usage: '[--md5|--encrypted|--crypt-method|--root]',
  async run(context) {
    const options = parseOptions(context.args, 'ec:ms:R:', {
      encrypted: 'e',
      'crypt-method': 'c',
      md5: 'm',
      root: 'R',
      'sha-rounds': 's',
    });
    const { credentials, kernel } = context.process;
    if (credentials.uid !== 0) return context.complain('must be root');
    const users = await readUsers(context);
    let number = 0;
    for await (const line of context.stdin().lines()) {
      number++;
      const colon = line.indexOf(':');
      if (colon === -1) return context.complain(`line ${number}: missing new password`);
      const name = line.slice(0, colon);
      const text = line.slice(colon + 1);
      if (!users.users.some((user) => user.name === name))
        return context.complain(
          context.flavour === 'gnu' ? `line ${number}: user '${name}' does not exist` : `unknown user ${name}`,
        );
      const hash = options.has('e') ? text : await sha512Crypt(text, saltOf(kernel.random.bytes(SALT_BYTES)));
      const edit = (fields: readonly string[]): readonly string[] =>
        fields[0] === name ? [name, hash, ...fields.slice(2)] : fields;
      if (!(await editAccounts(context, SHADOW, edit))) await editAccounts(context, PASSWD, edit);
      if (context.flavour === 'busybox') await context.out.write(`chpasswd: password for '${name}' changed\n`);
    }
    return 0;
  },
};
