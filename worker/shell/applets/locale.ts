/** locale: the settings of the environment, and which locales there are */
import { readBody } from '../../vfs/body.ts';
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions } from './options.ts';

const CATEGORIES = [
  'LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES', 'LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE',
  'LC_MEASUREMENT', 'LC_IDENTIFICATION',
]; // prettier-ignore
const ALWAYS = ['C', 'C.utf8', 'POSIX'];

export const locale: Applet = {
  names: ['locale'],
  summary: 'Print the locale settings',
  usage: '[-a|-m|NAME]',
  async run(context) {
    const options = parseOptions(context.args, 'amckv', { 'all-locales': 'a', charmaps: 'm' });
    if (options.has('a')) {
      for (const name of [...ALWAYS, ...(await generated(context))].sort()) await context.out.write(`${name}\n`);
      return 0;
    }
    if (options.has('m')) {
      await context.out.write('ANSI_X3.4-1968\nUTF-8\n');
      return 0;
    }
    const { env } = context;
    const setting = (name: string): string => env.get('LC_ALL') || env.get(name) || env.get('LANG') || 'POSIX';
    if (options.operands.includes('charmap')) {
      await context.out.write(`${/utf-?8$/i.test(setting('LC_CTYPE')) ? 'UTF-8' : 'ANSI_X3.4-1968'}\n`);
      return 0;
    }
    await context.out.write(`LANG=${env.get('LANG') ?? ''}\nLANGUAGE=${env.get('LANGUAGE') ?? ''}\n`);
    const all = env.get('LC_ALL') ?? '';
    for (const name of CATEGORIES) {
      const own = all === '' ? env.get(name) : undefined;
      await context.out.write(own === undefined || own === '' ? `${name}="${setting(name)}"\n` : `${name}=${own}\n`);
    }
    await context.out.write(`LC_ALL=${all}\n`);
    return 0;
  },
};

/** The locales of /etc/locale.gen, where there is an archive of them. */
async function generated(context: AppletContext): Promise<string[]> {
  const list = context.files.find('/etc/locale.gen')?.inode;
  if (context.files.find('/usr/lib/locale/locale-archive') === undefined || list?.kind !== 'file') return [];
  const lines = decodeText(await readBody(list.body)).split('\n');
  return lines.flatMap((line) => {
    const [, name] = /^\s*([a-z]{2,3}_\S+) /.exec(line) ?? [];
    return name === undefined ? [] : [name.replace(/\.UTF-8$/i, '.utf8')];
  });
}
