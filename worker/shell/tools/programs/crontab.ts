/** `crontab`: a user's table of jobs, where cron reads it. No cron runs in a step. */
import type { Applet } from '../../applets/applet.ts';
import { readUsers } from '../../applets/users.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { bodyOf } from '../../../vfs/body.ts';
import { makeDirectories, readText, removeFile } from '../placing.ts';

export const crontab: Applet = {
  names: ['crontab'],
  summary: 'Keep the jobs cron runs for a user',
  usage: '[-u USER] [-l | -r | FILE]',
  async run(context) {
    const words = [...context.args];
    const at = words.indexOf('-u');
    const given = at === -1 ? undefined : words.splice(at, 2)[1];
    const users = await readUsers(context);
    const own = users.users.find(({ uid }) => uid === context.process.credentials.uid)?.name ?? 'root';
    const user = given ?? own;
    const debian = context.files.find('/etc/debian_version') !== undefined;
    const path = debian ? `/var/spool/cron/crontabs/${user}` : `/etc/crontabs/${user}`;
    const [word = '-'] = words;
    if (word === '-l') {
      const text = await readText(context, path);
      if (text === undefined) {
        await context.err.write(`no crontab for ${user}\n`);
        return 1;
      }
      await context.out.write(text);
      return 0;
    }
    if (word === '-r') {
      removeFile(context, path);
      return 0;
    }
    try {
      const input = await context.open(word);
      const bytes = await input.all();
      input.close();
      makeDirectories(context, path.slice(0, path.lastIndexOf('/')));
      context.files.writeBody(path, bodyOf(Uint8Array.from(bytes)), 0o600);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      await context.err.write(`${word}: No such file or directory\n`);
      return 1;
    }
    return 0;
  },
};
