/** Packages of npm: the package.json of each directory in a node_modules. */
import { packageUrl } from '../purl.ts';
import type { PackageDatabase } from './package-database.ts';

const PLACE = /\/node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;

export const npmDatabase: PackageDatabase = {
  type: 'npm',
  holds: (path) => PLACE.test(path),
  read(text) {
    const document = parsed(text);
    const [name, version] = [document['name'], document['version']];
    if (typeof name !== 'string' || typeof version !== 'string' || name === '' || version === '') return [];
    const scoped = /^(@[^/]+)\/(.+)$/.exec(name);
    const purl = packageUrl(
      scoped === null
        ? { type: 'npm', name, version }
        : { type: 'npm', namespace: scoped[1] ?? '', name: scoped[2] ?? '', version },
    );
    const { license } = document;
    return [{ type: 'npm', name, version, purl, ...(typeof license === 'string' ? { license } : {}) }];
  },
};

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
