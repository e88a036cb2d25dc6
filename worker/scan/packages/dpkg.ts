/** Debian's and Ubuntu's packages: dpkg's status, and the files of distroless images that have one a package. */
import { parseParagraphs, type Paragraph } from '../../shell/tools/debian/control.ts';
import { packageUrl } from '../purl.ts';
import type { Distribution } from '../report.ts';
import type { NamedPackage, PackageDatabase } from './package-database.ts';

const STATUS = '/var/lib/dpkg/status';
const STATUS_FILE = /^\/var\/lib\/dpkg\/status\.d\/[^/]+$/;

export const dpkgDatabase: PackageDatabase = {
  type: 'deb',
  holds: (path) => path === STATUS || (STATUS_FILE.test(path) && !path.endsWith('.md5sums')),
  read: (text, path, distribution) =>
    parseParagraphs(text)
      // distroless images leave the status out: what has a file is installed
      .filter((paragraph) => path !== STATUS || paragraph.get('Status')?.endsWith(' installed') === true)
      .flatMap((paragraph) => packageOf(paragraph, distribution) ?? []),
};

function packageOf(paragraph: Paragraph, distribution: Distribution | undefined): NamedPackage | undefined {
  const name = paragraph.get('Package') ?? '';
  const version = paragraph.get('Version') ?? '';
  if (name === '' || version === '') return undefined;
  const architecture = paragraph.get('Architecture');
  const source = sourceOf(paragraph.get('Source') ?? '', name, version);
  const id = distribution?.id ?? 'debian';
  const purl = packageUrl({
    type: 'deb',
    namespace: id,
    name,
    version,
    qualifiers: { arch: architecture, distro: distribution && `${id}-${distribution.versionID}` },
  });
  return {
    type: 'deb',
    name,
    version,
    purl,
    ...(source === undefined ? {} : { source }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

/** `glibc`, or `bash (5.2.15-2)` where the binary was built once more under a version of its own. */
function sourceOf(field: string, name: string, version: string): NamedPackage['source'] {
  const match = /^(\S+)(?:\s+\(([^)]+)\))?$/.exec(field);
  if (match === null) return undefined;
  const source = { name: match[1] ?? name, version: match[2] ?? version };
  return source.name === name && source.version === version ? undefined : source;
}
