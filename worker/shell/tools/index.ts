/** The simulated tools by name, loaded when they are first run. Same shape as the applets. */
import type { Applet } from '../applets/applet.ts';

/** One line for each tool: the names it answers to, and how to load it. */
const FILES: readonly (readonly [names: string, load: () => Promise<Applet>])[] = [
  ['apt-get apt', async () => (await import('./debian/apt-get.ts')).aptGet],
  ['apt-cache', async () => (await import('./debian/apt-cache.ts')).aptCache],
  ['apt-mark', async () => (await import('./debian/apt-mark.ts')).aptMark],
  ['dpkg dpkg-query', async () => (await import('./debian/dpkg.ts')).dpkg],
  ['dpkg-architecture', async () => (await import('./debian/build-settings.ts')).dpkgArchitecture],
  ['dpkg-buildflags', async () => (await import('./debian/build-settings.ts')).dpkgBuildflags],
  ['dpkg-divert', async () => (await import('./debian/dpkg-divert.ts')).dpkgDivert],
  ['dpkg-reconfigure', async () => (await import('./debian/maintenance.ts')).dpkgReconfigure],
  ['apt-key', async () => (await import('./debian/maintenance.ts')).aptKey],
  ['add-apt-repository apt-add-repository', async () => (await import('./debian/maintenance.ts')).addAptRepository],
  ['update-ca-certificates', async () => (await import('./debian/maintenance.ts')).updateCaCertificates],
  ['locale-gen localedef', async () => (await import('./debian/locales.ts')).localeGen],
  ['systemctl service invoke-rc.d initctl', async () => (await import('./debian/maintenance.ts')).serviceManagers],
  [
    'deb-systemd-helper deb-systemd-invoke update-rc.d debconf-set-selections dpkg-trigger',
    async () => (await import('./debian/maintenance.ts')).unneededPrograms,
  ],
  ['update-alternatives', async () => (await import('./debian/update-alternatives.ts')).updateAlternatives],
  ['ld-musl-x86_64.so.1', async () => (await import('./alpine/musl-loader.ts')).muslLoader],
  ['scanelf', async () => (await import('./alpine/scanelf.ts')).scanelf],
  ['apk', async () => (await import('./alpine/apk.ts')).apk],
  ['nginx nginx-debug', async () => (await import('./nginx/nginx.ts')).nginx],
  [
    'httpd apache2 apachectl apache2ctl httpd-foreground a2enmod a2dismod a2ensite a2dissite a2enconf a2disconf',
    async () => (await import('./apache/apache.ts')).apache,
  ],
  ['redis-server', async () => (await import('./redis/redis-server.ts')).redisServer],
  ['redis-cli', async () => (await import('./redis/redis-cli.ts')).redisCli],
  ['tini dumb-init su-exec gosu catatonit', async () => (await import('./programs/wrappers.ts')).wrappers],
  [
    'perl ruby php java javac mvn cargo rustc composer gem cmake psql postgres mysql mariadb mysqld mariadbd sqlite3 memcached vim nano rsync ffmpeg docker supervisord ssh',
    async () => (await import('./programs/version-tellers.ts')).versionTeller,
  ],
  ['setcap', async () => (await import('./programs/capabilities.ts')).setcap],
  ['getcap', async () => (await import('./programs/capabilities.ts')).getcap],
  ['pip pip3', async () => (await import('./python/pip.ts')).pip],
  [
    'python3 python python3.9 python3.10 python3.11 python3.12 python3.13',
    async () => (await import('./python/python.ts')).python,
  ],
  ['node nodejs', async () => (await import('./node/node.ts')).node],
  ['npm npx yarn yarnpkg pnpm pnpx corepack', async () => (await import('./node/npm.ts')).npm],
  [
    'gcc cc g++ c++ clang gcc-12 g++-12 x86_64-linux-gnu-gcc-12 x86_64-linux-gnu-g++-12',
    async () => (await import('./c/gcc.ts')).gcc,
  ],
  ['strip x86_64-linux-gnu-strip', async () => (await import('./c/strip.ts')).strip],
  ['make gmake', async () => (await import('./c/make.ts')).make],
  ['git', async () => (await import('./programs/git.ts')).git],
  ['go', async () => (await import('./go/go.ts')).go],
];

/** Every tool with its names, for lists of what there is. */
export const tools = FILES.map(([names, load]) => ({ names: names.split(' '), load }));

const loaders = new Map(tools.flatMap(({ names, load }) => names.map((name) => [name, load] as const)));

/** The tool of a name; undefined when there is none. */
export function loadTool(name: string): Promise<Applet> | undefined {
  return loaders.get(name)?.();
}
