/** Debian's small programs around packages: keys, repositories, debconf, init scripts, certificates. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { bodyOf, joinBodies, readBody } from '../../../vfs/body.ts';
import { appendText, placeFile, placeSymlink, writeText } from '../placing.ts';
import { installedPackages, readDatabase } from './dpkg-database.ts';
import { generateLocales } from './locales.ts';
import { nameOf } from './planning.ts';

/** These note what packages' scripts tell them, for a system that is booted; in an image there is nothing to do. */
export const unneededPrograms: Applet = {
  names: ['deb-systemd-helper', 'deb-systemd-invoke', 'update-rc.d', 'debconf-set-selections', 'dpkg-trigger'],
  summary: 'Accepted, without effect in an image',
  usage: '[ARGUMENT]...',
  async run(context) {
    if (context.name === 'debconf-set-selections') await context.stdin().all();
    return 0;
  },
};

export const dpkgReconfigure: Applet = {
  names: ['dpkg-reconfigure'],
  summary: 'Ask a package’s questions again (its present answers stay)',
  usage: '[OPTION]... PACKAGE...',
  async run(context) {
    const names = context.args.filter(
      (word, index) => !word.startsWith('-') && !/^-[fp]$/.test(context.args[index - 1] ?? ''),
    );
    const installed = new Set(installedPackages(await readDatabase(context)).map(nameOf));
    for (const name of names) {
      if (installed.has(name)) continue;
      await context.err.write(`/usr/sbin/dpkg-reconfigure: ${name} is not installed\n`);
      return 1;
    }
    if (names.includes('locales')) return generateLocales(context);
    if (names.includes('tzdata')) await tellTimeZone(context);
    return 0;
  },
};

async function tellTimeZone(context: AppletContext): Promise<void> {
  const inode = context.files.find('/etc/localtime', false)?.inode;
  const zone = inode?.kind === 'symlink' ? inode.target.replace(/^.*\/zoneinfo\//, '') : 'Etc/UTC';
  writeText(context, '/etc/timezone', `${zone}\n`);
  await context.out.write(`\nCurrent default time zone: '${zone}'\n`);
}

export const aptKey: Applet = {
  names: ['apt-key'],
  summary: 'Keep the keys apt trusts (simulated)',
  usage: 'COMMAND',
  async run(context) {
    await context.err.write(
      'Warning: apt-key is deprecated. Manage keyring files in trusted.gpg.d instead (see apt-key(8)).\n',
    );
    const installed = installedPackages(await readDatabase(context)).map(nameOf);
    if (!installed.some((name) => /^gnupg[12]?$/.test(name))) {
      await context.err.write(
        'E: gnupg, gnupg2 and gnupg1 do not seem to be installed, but one of them is required for this operation\n',
      );
      return 255;
    }
    const [command, file] = context.args;
    if (command !== 'add') {
      await context.err.write('strata: apt-key adds keys; nothing else of it is simulated here\n');
      return command === 'list' ? 0 : 1;
    }
    const input = await context.open(file ?? '-');
    const key = await input.all();
    input.close();
    if (key.byteLength === 0) {
      await context.err.write('gpg: no valid OpenPGP data found.\n');
      return 2;
    }
    context.simulate('apt-key: the key is kept, and no signature is ever checked with it');
    const trusted = context.files.find('/etc/apt/trusted.gpg')?.inode;
    const before = trusted?.kind === 'file' ? [trusted.body] : [];
    context.files.writeBody('/etc/apt/trusted.gpg', joinBodies([...before, bodyOf(key)]));
    await context.out.write('OK\n');
    return 0;
  },
};

export const addAptRepository: Applet = {
  names: ['add-apt-repository', 'apt-add-repository'],
  summary: 'Add a repository to apt’s sources',
  usage: '[OPTION]... REPOSITORY',
  async run(context) {
    const [repository = ''] = context.args.filter((word) => !word.startsWith('-'));
    if (/^deb /.test(repository)) {
      appendText(context, '/etc/apt/sources.list', `${repository}\n`);
      return 0;
    }
    if (/^(?:universe|multiverse|restricted|main|contrib|non-free)$/.test(repository)) return 0;
    await context.err.write(
      `strata: ${repository} cannot be added: personal archives are looked up at launchpad.net, which no page may ask\n`,
    );
    return 1;
  },
};

export const updateCaCertificates: Applet = {
  names: ['update-ca-certificates'],
  summary: 'Put certificates of one’s own into the bundle of the system',
  usage: '[--fresh] [--verbose]',
  async run(context) {
    const folder = '/usr/local/share/ca-certificates';
    const bundle = '/etc/ssl/certs/ca-certificates.crt';
    const mtimeMs = context.process.kernel.clock.nowMs();
    await context.out.write('Updating certificates in /etc/ssl/certs...\n');
    const names = context.files.find(folder) === undefined ? [] : context.files.list(folder).map(({ name }) => name);
    let added = 0;
    for (const name of names.filter((one) => one.endsWith('.crt'))) {
      const link = `/etc/ssl/certs/${name.replace(/\.crt$/, '.pem')}`;
      if (context.files.find(link, false) !== undefined) continue;
      const body = context.files.body(`${folder}/${name}`);
      const there = context.files.find(bundle)?.inode;
      placeSymlink(context, link, `${folder}/${name}`, mtimeMs);
      const whole = joinBodies([...(there?.kind === 'file' ? [there.body] : []), bodyOf(await readBody(body))]);
      placeFile(context, bundle, whole, { mode: 0o644, uid: 0, gid: 0, mtimeMs });
      added++;
    }
    await context.out.write(
      `${added} added, 0 removed; done.\nRunning hooks in /etc/ca-certificates/update.d...\ndone.\n`,
    );
    return 0;
  },
};

/** Programs that need a running system, which a build never has. */
export const serviceManagers: Applet = {
  names: ['systemctl', 'service', 'invoke-rc.d', 'initctl'],
  summary: 'Refused: no init system runs in a container',
  usage: 'COMMAND',
  async run(context) {
    const [first = '', second = ''] = context.args.filter((word) => !word.startsWith('-'));
    if (context.name === 'invoke-rc.d') {
      await context.err.write('invoke-rc.d: could not determine current runlevel\n');
      return 0;
    }
    if (context.name === 'service') return runInitScript(context, first, second);
    if (/^(?:enable|disable|mask|unmask|daemon-reload|is-enabled)$/.test(first))
      return changeUnits(context, first, second);
    await context.err.write(
      "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
    );
    return 1;
  },
};

async function runInitScript(context: AppletContext, name: string, action: string): Promise<number> {
  if (context.files.find(`/etc/init.d/${name}`) === undefined) {
    await context.err.write(`${name}: unrecognized service\n`);
    return 1;
  }
  context.simulate(
    `service: ${name} is not ${action === 'stop' ? 'stopped' : 'started'}; no server runs in a step here`,
  );
  await context.out.write(`${action === 'stop' ? 'Stopping' : 'Starting'} ${name}: ${name}.\n`);
  return 0;
}

/** Enabling a unit is a link, which needs no running system. */
async function changeUnits(context: AppletContext, command: string, unit: string): Promise<number> {
  if (command === 'daemon-reload' || unit === '') return 0;
  const name = unit.includes('.') ? unit : `${unit}.service`;
  const file = ['/lib/systemd/system', '/usr/lib/systemd/system', '/etc/systemd/system']
    .map((folder) => `${folder}/${name}`)
    .find((path) => context.files.find(path) !== undefined);
  if (file === undefined) {
    await context.err.write(`Failed to ${command} unit: Unit file ${name} does not exist.\n`);
    return 1;
  }
  const wants = `/etc/systemd/system/multi-user.target.wants/${name}`;
  if (command !== 'enable') return 0;
  placeSymlink(context, wants, file, context.process.kernel.clock.nowMs());
  await context.err.write(`Created symlink ${wants} \u2192 ${file}.\n`);
  return 0;
}
