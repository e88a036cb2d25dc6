/** Debian's `a2enmod` and its kin: links from what is enabled to what is available. */
import type { AppletContext } from '../../applets/context.ts';

/** Debian's switches: links from `mods-enabled`, `sites-enabled`, `conf-enabled` to what is available. */
export async function switchApache(context: AppletContext): Promise<number> {
  const [, verb = '', kind = ''] = /^a2(en|dis)(mod|site|conf)$/.exec(context.name) ?? [];
  const folder = { mod: 'mods', site: 'sites', conf: 'conf' }[kind] ?? 'mods';
  const titles: Readonly<Record<string, string>> = { mod: 'Module', site: 'Site', conf: 'Conf' };
  for (const word of context.args.filter((one) => !one.startsWith('-'))) {
    const name = word.replace(/\.(?:conf|load)$/, '');
    const files = ['load', 'conf'].map((ending) => `${name}.${ending}`);
    const available = files.filter(
      (file) => context.files.find(`/etc/apache2/${folder}-available/${file}`) !== undefined,
    );
    if (available.length === 0) {
      await context.err.write(`ERROR: ${titles[kind] ?? ''} ${name} does not exist!\n`);
      return 1;
    }
    for (const file of available) {
      const link = `/etc/apache2/${folder}-enabled/${file}`;
      const there = context.files.find(link, false) !== undefined;
      if (verb === 'en' && !there) context.files.makeSymlink(`../${folder}-available/${file}`, link);
      if (verb === 'dis' && there) context.files.unlink(link);
    }
    const done =
      verb === 'en'
        ? `Enabling ${(titles[kind] ?? '').toLowerCase()} ${name}.`
        : `${titles[kind] ?? ''} ${name} disabled.`;
    await context.out.write(
      `${done}\nTo activate the new configuration, you need to run:\n  service apache2 restart\n`,
    );
  }
  return 0;
}
