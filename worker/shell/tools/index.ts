/** The simulated tools by name, loaded when they are first run. Same shape as the applets. */
import type { Applet } from '../applets/applet.ts';

/** One line for each tool: the names it answers to, and how to load it. */
const FILES: readonly (readonly [names: string, load: () => Promise<Applet>])[] = [
  ['apt-get apt', async () => (await import('./debian/apt-get.ts')).aptGet],
  ['apt-cache', async () => (await import('./debian/apt-cache.ts')).aptCache],
  ['apt-mark', async () => (await import('./debian/apt-mark.ts')).aptMark],
  ['dpkg dpkg-query', async () => (await import('./debian/dpkg.ts')).dpkg],
  ['dpkg-reconfigure', async () => (await import('./debian/maintenance.ts')).dpkgReconfigure],
  ['apt-key', async () => (await import('./debian/maintenance.ts')).aptKey],
  ['add-apt-repository apt-add-repository', async () => (await import('./debian/maintenance.ts')).addAptRepository],
  ['update-ca-certificates', async () => (await import('./debian/maintenance.ts')).updateCaCertificates],
  ['locale-gen localedef', async () => (await import('./debian/maintenance.ts')).localeGen],
  ['systemctl service invoke-rc.d initctl', async () => (await import('./debian/maintenance.ts')).serviceManagers],
  [
    'deb-systemd-helper deb-systemd-invoke update-rc.d debconf-set-selections dpkg-trigger',
    async () => (await import('./debian/maintenance.ts')).unneededPrograms,
  ],
  ['update-alternatives', async () => (await import('./debian/update-alternatives.ts')).updateAlternatives],
  ['apk', async () => (await import('./alpine/apk.ts')).apk],
  ['go', async () => (await import('./go/go.ts')).go],
];

const loaders = new Map(FILES.flatMap(([names, load]) => names.split(' ').map((name) => [name, load] as const)));

/** The tool of a name; undefined when there is none. */
export function loadTool(name: string): Promise<Applet> | undefined {
  return loaders.get(name)?.();
}
