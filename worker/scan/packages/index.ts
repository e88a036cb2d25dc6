/** The package databases, one line each. */
import { apkDatabase } from './apk.ts';
import { dpkgDatabase } from './dpkg.ts';
import { npmDatabase } from './npm.ts';
import type { PackageDatabase } from './package-database.ts';
import { pythonDatabase } from './python.ts';

export const PACKAGE_DATABASES: readonly PackageDatabase[] = [dpkgDatabase, apkDatabase, npmDatabase, pythonDatabase];
