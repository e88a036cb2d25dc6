/** Programs that tell their version and nothing else here: what they would do needs their binaries, which do not run in a browser. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { installedVersion } from './package-version.ts';

interface Teller {
  /** Packages whose version it is. */
  readonly packages: readonly string[];
  /** When no record tells: what the images of the day hold. */
  readonly usual: string;
  readonly tell: (version: string) => string;
}

const TELLERS: Readonly<Record<string, Teller>> = {
  perl: {
    packages: ['perl', 'perl-base'],
    usual: '5.36.0',
    tell: (version) =>
      `\nThis is perl 5, version ${version.split('.')[1] ?? ''}, subversion ${version.split('.')[2] ?? ''} (v${version}) built for x86_64-linux-gnu-thread-multi\n`,
  },
  ruby: { packages: ['ruby3.1', 'ruby'], usual: '3.1.2', tell: (version) => `ruby ${version}p20 [x86_64-linux-gnu]\n` },
  php: {
    packages: ['php8.2-cli', 'php84'],
    usual: '8.2.29',
    tell: (version) => `PHP ${version} (cli) (NTS)\nCopyright (c) The PHP Group\n`,
  },
  java: {
    packages: ['openjdk-17-jre-headless', 'openjdk17-jre-headless'],
    usual: '17.0.16',
    tell: (version) =>
      `openjdk version "${version.replace(/\+.*/, '')}"\nOpenJDK Runtime Environment (build ${version})\nOpenJDK 64-Bit Server VM (build ${version}, mixed mode, sharing)\n`,
  },
  javac: {
    packages: ['openjdk-17-jdk-headless'],
    usual: '17.0.16',
    tell: (version) => `javac ${version.replace(/\+.*/, '')}\n`,
  },
  mvn: { packages: ['maven'], usual: '3.9.9', tell: (version) => `Apache Maven ${version}\n` },
  cargo: { packages: ['cargo'], usual: '1.87.0', tell: (version) => `cargo ${version}\n` },
  rustc: { packages: ['rustc'], usual: '1.87.0', tell: (version) => `rustc ${version}\n` },
  composer: { packages: ['composer'], usual: '2.8.9', tell: (version) => `Composer version ${version}\n` },
  gem: { packages: ['ruby-rubygems'], usual: '3.3.15', tell: (version) => `${version}\n` },
  cmake: {
    packages: ['cmake'],
    usual: '3.25.1',
    tell: (version) =>
      `cmake version ${version}\n\nCMake suite maintained and supported by Kitware (kitware.com/cmake).\n`,
  },
  psql: {
    packages: ['postgresql-client-15', 'postgresql17-client'],
    usual: '17.5',
    tell: (version) => `psql (PostgreSQL) ${version}\n`,
  },
  postgres: { packages: ['postgresql-15'], usual: '17.5', tell: (version) => `postgres (PostgreSQL) ${version}\n` },
  mysql: {
    packages: ['mariadb-client', 'mariadb-client-core'],
    usual: '10.11.14',
    tell: (version) => `mysql  Ver 15.1 Distrib ${version}-MariaDB, for debian-linux-gnu (x86_64)\n`,
  },
  mysqld: { packages: ['mariadb-server'], usual: '10.11.14', tell: (version) => `mysqld  Ver ${version}-MariaDB\n` },
  sqlite3: { packages: ['sqlite3', 'sqlite'], usual: '3.40.1', tell: (version) => `${version}\n` },
  memcached: { packages: ['memcached'], usual: '1.6.18', tell: (version) => `memcached ${version}\n` },
  vim: {
    packages: ['vim', 'vim-tiny'],
    usual: '9.0',
    tell: (version) => `VIM - Vi IMproved ${version.split('.').slice(0, 2).join('.')}\n`,
  },
  nano: { packages: ['nano'], usual: '7.2', tell: (version) => ` GNU nano, version ${version}\n` },
  rsync: { packages: ['rsync'], usual: '3.2.7', tell: (version) => `rsync  version ${version}  protocol version 31\n` },
  ffmpeg: { packages: ['ffmpeg'], usual: '5.1.6', tell: (version) => `ffmpeg version ${version}\n` },
  docker: { packages: ['docker-cli'], usual: '28.3.3', tell: (version) => `Docker version ${version}\n` },
  supervisord: { packages: ['supervisor'], usual: '4.2.5', tell: (version) => `${version}\n` },
  ssh: { packages: ['openssh-client'], usual: '9.2p1', tell: (version) => `OpenSSH_${version}\n` },
};

const ASKS_VERSION = /^(?:--version|-v|-V|-version|version)$/;

export const versionTeller: Applet = {
  names: Object.keys(TELLERS),
  summary: 'Tells its version (nothing else of it runs here)',
  usage: '--version',
  async run(context) {
    const executable = context.process.executable ?? '';
    // Debian's binaries carry a version in their names (php8.2, vim.basic)
    const teller = TELLERS[context.name] ?? TELLERS[executable.slice(executable.lastIndexOf('/') + 1)];
    if (teller !== undefined && ASKS_VERSION.test(context.args[0] ?? '')) {
      const version = (await installedVersion(context, teller.packages)) ?? teller.usual;
      context.simulate(`${context.name}: tells its version, nothing else of it runs here`);
      await context.out.write(teller.tell(version));
      return 0;
    }
    return refuse(context, 'its binary does not run in a browser, and Strata has no stand-in for it');
  },
};

/** Says plainly that a program does not do what was asked. Gives 126, the status for what cannot be executed. */
export async function refuse(context: AppletContext, why: string): Promise<number> {
  await context.out.flush();
  await context.err.write(`strata: ${[context.name, ...context.args].join(' ').slice(0, 200)}: ${why}\n`);
  return 126;
}
