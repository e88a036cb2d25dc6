/** Python's distributions: METADATA of a wheel's .dist-info, PKG-INFO of an older .egg-info (core metadata specification). */
import { packageUrl } from '../purl.ts';
import type { PackageDatabase } from './package-database.ts';

const PLACE = /\/(?:site|dist)-packages\/(?:[^/]+\.dist-info\/METADATA|[^/]+\.egg-info(?:\/PKG-INFO)?)$/;

export const pythonDatabase: PackageDatabase = {
  type: 'pypi',
  holds: (path) => PLACE.test(path),
  read(text) {
    // the description follows an empty line
    const head = text.split(/\r?\n\r?\n/, 1)[0] ?? '';
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:[ \\t]*(\\S.*?)[ \\t]*\\r?$`, 'im').exec(head)?.[1];
    const [name, version] = [field('Name'), field('Version')];
    if (name === undefined || version === undefined) return [];
    const license = field('License-Expression') ?? field('License');
    return [
      {
        type: 'pypi',
        name,
        version,
        purl: packageUrl({ type: 'pypi', name, version }),
        ...(license === undefined || license === 'UNKNOWN' ? {} : { license }),
      },
    ];
  },
};
