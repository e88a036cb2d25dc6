/** Alpine's packages: apk's database of what is installed, a paragraph a package with fields of one letter. */
import { packageUrl } from '../purl.ts';
import type { PackageDatabase } from './package-database.ts';

export const apkDatabase: PackageDatabase = {
  type: 'apk',
  holds: (path) => path === '/lib/apk/db/installed' || path === '/usr/lib/apk/db/installed',
  read: (text, _path, distribution) =>
    text.split(/\n{2,}/).flatMap((block) => {
      const field = (letter: string): string | undefined => new RegExp(`^${letter}:(.+)$`, 'm').exec(block)?.[1];
      const [name, version] = [field('P'), field('V')];
      if (name === undefined || version === undefined) return [];
      const [architecture, license, origin] = [field('A'), field('L'), field('o')];
      const id = distribution?.id ?? 'alpine';
      const purl = packageUrl({
        type: 'apk',
        namespace: id,
        name,
        version,
        qualifiers: { arch: architecture, distro: distribution && `${id}-${distribution.versionID}` },
      });
      return [
        {
          type: 'apk',
          name,
          version,
          purl,
          ...(origin === undefined || origin === name ? {} : { source: { name: origin, version } }),
          ...(architecture === undefined ? {} : { architecture }),
          ...(license === undefined ? {} : { license }),
        },
      ];
    }),
};
