/** Locales: compiled into glibc's archive (of which the size and the names are real), asked for by `locale`. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { bodyChunks } from '../../../vfs/body.ts';
import { decodeText } from '../../text.ts';
import { appendText, placeFile, readText, textOf } from '../placing.ts';

/** What the archive grows by for one locale in UTF-8: measured on bookworm. */
const LOCALE_BYTES = 3_048_000;
const ARCHIVE = '/usr/lib/locale/locale-archive';
/** The archive begins with the names of its locales, a line each, and this line. */
const END_OF_NAMES = 'no more of this archive is here';
const BUILT_IN = ['C', 'C.utf8', 'POSIX'];
const CATEGORIES =
  'LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME LC_ADDRESS LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION'.split(
    ' ',
  );

export const localeGen: Applet = {
  names: ['locale-gen', 'localedef'],
  summary: 'Compile locales (simulated)',
  usage: '[LOCALE]...',
  async run(context) {
    const named = context.args.filter((word) => /^[a-z]{2}_[A-Z]{2}/.test(word));
    if (context.name === 'localedef') return compileLocales(context, named.slice(-1), false);
    for (const name of named) await enableLocale(context, name);
    return generateLocales(context);
  },
};

export const locale: Applet = {
  names: ['locale'],
  summary: 'Tell the locale, or all that are there',
  usage: '[-a]',
  async run(context) {
    if (context.args.includes('-a') || context.args.includes('--all-locales')) {
      const names = [...BUILT_IN, ...(await compiledLocales(context)).map(normalised)];
      await context.out.write(`${[...new Set(names)].sort().join('\n')}\n`);
      return 0;
    }
    if (context.args.includes('charmap')) {
      const utf8 = /utf-?8/i.test(context.env.get('LC_ALL') ?? context.env.get('LANG') ?? '');
      await context.out.write(utf8 ? 'UTF-8\n' : 'ANSI_X3.4-1968\n');
      return 0;
    }
    const all = context.env.get('LC_ALL') ?? '';
    const language = context.env.get('LANG') ?? '';
    const implied = all === '' ? (language === '' ? 'POSIX' : language) : all;
    const lines = CATEGORIES.map((name) => {
      const own = all === '' ? context.env.get(name) : undefined;
      return own === undefined ? `${name}="${implied}"` : `${name}=${own}`;
    });
    await context.out.write(`LANG=${language}\nLANGUAGE=\n${lines.join('\n')}\nLC_ALL=${all}\n`);
    return 0;
  },
};

/** `en_US.UTF-8` as glibc lists it: `en_US.utf8`. */
const normalised = (name: string): string => name.replace(/\.UTF-8$/i, '.utf8');

/** Compiles what /etc/locale.gen names. */
export async function generateLocales(context: AppletContext): Promise<number> {
  const list = (await readText(context, '/etc/locale.gen')) ?? '';
  const names = list.split('\n').flatMap((line) => /^\s*([a-z]{2,3}_\S+) /.exec(line)?.[1] ?? []);
  return compileLocales(context, names, true);
}

async function enableLocale(context: AppletContext, name: string): Promise<void> {
  const list = (await readText(context, '/etc/locale.gen')) ?? '';
  if (!new RegExp(`^${name.replace('.', '\\.')} `, 'm').test(list))
    appendText(context, '/etc/locale.gen', `${name} ${name.split('.')[1] ?? 'UTF-8'}\n`);
}

/** `told`: as locale-gen, which begins the archive anew and says what it does; localedef adds to it. */
async function compileLocales(context: AppletContext, names: readonly string[], told: boolean): Promise<number> {
  context.simulate('locale-gen: the archive of locales holds their names and has a realistic size');
  if (told) await context.out.write('Generating locales (this might take a while)...\n');
  for (const name of names) if (told) await context.out.write(`  ${name}... done\n`);
  const all = [...new Set([...(told ? [] : await compiledLocales(context)), ...names])];
  const mtimeMs = context.process.kernel.clock.nowMs();
  const attributes = { mode: 0o644, uid: 0, gid: 0, mtimeMs };
  const text = `${[...all, END_OF_NAMES].join('\n')}\n`;
  if (all.length > 0) placeFile(context, ARCHIVE, textOf(text, LOCALE_BYTES * all.length), attributes);
  if (told) await context.out.write('Generation complete.\n');
  return 0;
}

async function compiledLocales(context: AppletContext): Promise<readonly string[]> {
  if (context.files.find(ARCHIVE)?.inode.kind !== 'file') return [];
  for await (const bytes of bodyChunks(context.files.body(ARCHIVE))) {
    const lines = decodeText(bytes).split('\n');
    const end = lines.indexOf(END_OF_NAMES);
    return end === -1 ? [] : lines.slice(0, end);
  }
  return [];
}
