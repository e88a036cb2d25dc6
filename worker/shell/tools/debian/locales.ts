/** Locales: compiled into glibc's archive (of which the size and the names are real). */
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
