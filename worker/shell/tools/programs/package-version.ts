/** Versions of installed programs, from the records of the package manager that installed them. */
import type { AppletContext } from '../../applets/context.ts';
import { readApkDatabase } from '../alpine/apk-database.ts';
import { isInstalled, readDatabase } from '../debian/dpkg-database.ts';

/** The upstream version of the first of these packages that is installed: `1.22.1` of `1.22.1-9+deb12u2`. */
export async function installedVersion(context: AppletContext, names: readonly string[]): Promise<string | undefined> {
  const debian = await readDatabase(context);
  const alpine = await readApkDatabase(context);
  for (const name of names) {
    const paragraph = debian.packages.get(name);
    const version = isInstalled(paragraph) ? paragraph.get('Version') : alpine.packages.get(name)?.version;
    if (version !== undefined) return upstreamVersion(version);
  }
  return undefined;
}

function upstreamVersion(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~](?:dfsg|ds|really).*$/, '')
    .replace(/_p\d+$/, '');
}
