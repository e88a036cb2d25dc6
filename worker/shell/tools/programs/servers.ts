/** Servers in the foreground: they say that they are there, wait for the signal that ends them, and answer nobody. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { installedVersion } from './package-version.ts';

const DAY_MS = 86_400_000;

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at === -1 ? undefined : args[at + 1];
}

/** Until a signal ends the process, as servers do. */
async function waitForSignal(context: AppletContext): Promise<number> {
  await context.out.flush();
  for (;;) await context.process.sleep(DAY_MS);
}

export const apache: Applet = {
  names: [
    'httpd',
    'apache2',
    'apachectl',
    'apache2ctl',
    'httpd-foreground',
    'a2enmod',
    'a2dismod',
    'a2ensite',
    'a2dissite',
    'a2enconf',
  ],
  summary: 'Web server: checks its configuration, or waits (simulated)',
  usage: '[-t] [-v] [-D FOREGROUND]',
  async run(context) {
    const { args, name } = context;
    if (/^a2/.test(name)) return switchApache(context);
    const version =
      (await installedVersion(context, ['apache2', 'apache2-bin'])) ?? context.env.get('HTTPD_VERSION') ?? '2.4.62';
    if (args.some((word) => /^(?:-v|-V|-version)$/.test(word))) {
      await context.out.write(`Server version: Apache/${version} (Unix)\n`);
      return 0;
    }
    if (args.includes('-t') || args.includes('configtest')) {
      await context.err.write('Syntax OK\n');
      return 0;
    }
    context.simulate(`${name}: waits, and answers no requests`);
    return name === 'httpd-foreground' || /FOREGROUND/i.test(args.join(' ')) ? waitForSignal(context) : 0;
  },
};

/** Debian's switches: links from `mods-enabled`, `sites-enabled`, `conf-enabled` to what is available. */
async function switchApache(context: AppletContext): Promise<number> {
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

export const redisServer: Applet = {
  names: ['redis-server'],
  summary: 'Key-value store: waits (simulated)',
  usage: '[--version] [FILE] [OPTION]...',
  async run(context) {
    const version =
      (await installedVersion(context, ['redis-server', 'redis'])) ?? context.env.get('REDIS_VERSION') ?? '8.0.2';
    if (context.args.some((word) => word === '--version' || word === '-v')) {
      await context.out.write(`Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
      return 0;
    }
    if (/yes/.test(valueOf(context.args, '--daemonize') ?? '')) return 0;
    context.simulate('redis-server: waits, and answers nobody');
    return waitForSignal(context);
  },
};
