/** crontab: the tables of cron, which no container runs unless it is told to */
import { bodyOf, readBody } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, type Options } from './options.ts';
import { readUsers } from './users.ts';

const BUSYBOX_FOLDER = '/var/spool/cron/crontabs';

export const crontab: Applet = {
  names: ['crontab'],
  summary: "Maintain a user's table of cron",
  usage: '[-c DIR] [-u USER] [-ler]|[FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'u:c:leri');
    const users = await readUsers(context);
    const { uid } = context.process.credentials;
    const user = options.value('u') ?? users.userName(uid) ?? String(uid);
    if (!users.users.some(({ name }) => name === user)) return context.complain(`unknown user ${user}`);
    if (uid !== 0 && users.users.find(({ name }) => name === user)?.uid !== uid)
      return context.complain('must be privileged to use -u');
    const folder = options.value('c') ?? BUSYBOX_FOLDER;
    const path = `${folder}/${user}`;
    if (options.has('l')) return list(context, path, user);
    if (options.has('r')) {
      if (context.files.find(path) !== undefined) context.files.unlink(path);
      return 0;
    }
    if (options.has('e')) return context.complain('no editor: standard input is not a terminal');
    return replace(context, options, folder, path);
  },
};

async function list(context: AppletContext, path: string, user: string): Promise<number> {
  if (context.files.find(path) === undefined) {
    if (context.flavour === 'gnu') {
      await context.err.write(`no crontab for ${user}\n`);
      return 1;
    }
    return context.complain(`can't open '${user}': No such file or directory`);
  }
  await context.out.write(await readBody(context.files.body(path)));
  return 0;
}

async function replace(context: AppletContext, options: Options, folder: string, path: string): Promise<number> {
  const source = options.operands[0] ?? '-';
  try {
    const input = await context.open(source);
    const text = await input.all();
    input.close();
    if (context.files.find(folder) === undefined)
      return await context.complain(`can't change directory to '${folder}': No such file or directory`);
    context.files.writeBody(path, bodyOf(text));
    context.files.changeMode(path, 0o600);
    return 0;
  } catch (error) {
    return context.report(source, error);
  }
}
