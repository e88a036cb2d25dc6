/** Debian's official image differs from a plain debootstrap by a few files of configuration (debuerreotype's `minimizing` steps). */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the image sets up so that apt leaves little behind. The real files carry long comments; their settings are these. */
function configuration(suite: string): Readonly<Record<string, string>> {
  const archives = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return {
    'etc/apt/apt.conf.d/docker-autoremove-suggests': 'Apt::AutoRemove::SuggestsImportant "false";\n',
    'etc/apt/apt.conf.d/docker-clean':
      'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\n' +
      'APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\n' +
      'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n',
    'etc/apt/apt.conf.d/docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
    'etc/apt/apt.conf.d/docker-no-languages': 'Acquire::Languages "none";\n',
    'etc/dpkg/dpkg.cfg.d/docker-apt-speedup': 'force-unsafe-io\n',
    'etc/apt/sources.list.d/debian.sources':
      `Types: deb\nURIs: http://deb.debian.org/debian\nSuites: ${suite} ${suite}-updates\nComponents: main\nSigned-By: ${archives}\n\n` +
      `Types: deb\nURIs: http://deb.debian.org/debian-security\nSuites: ${suite}-security\nComponents: main\nSigned-By: ${archives}\n`,
    'usr/sbin/policy-rc.d': '#!/bin/sh\nexit 101\n',
  };
}

/** Makes a debootstrapped tree look as the official image does, before anything is installed into it. */
export function trimAsOfficialImage(root: string, suite: string): void {
  for (const [path, text] of Object.entries(configuration(suite))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: path.startsWith('usr/sbin') ? 0o755 : 0o644 });
  }
  rmSync(join(root, 'etc/apt/sources.list'), { force: true });
}
