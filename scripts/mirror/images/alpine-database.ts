/** apk's record of what is installed (`/lib/apk/db/installed`): a paragraph a package, its directories and files below. */
import { utf8 } from '../../../worker/base/bytes.ts';
import type { LaidFile } from '../file-layer.ts';
import type { AlpinePackage } from './alpine-packages.ts';

/** The record of these packages, all built at one time. */
export function installedDatabase(packages: readonly AlpinePackage[], builtMs: number): string {
  return packages
    .map((pkg) => {
      const lines = [
        `P:${pkg.name}`,
        `V:${pkg.version}`,
        'A:x86_64',
        `I:${Object.values(pkg.files).reduce((sum, file) => sum + sizeOf(file), 0)}`,
        `T:${pkg.summary}`,
        `U:https://git.alpinelinux.org/cgit/aports/tree/main/${pkg.origin ?? pkg.name}`,
        `L:${pkg.license}`,
        `o:${pkg.origin ?? pkg.name}`,
        `t:${builtMs / 1000}`,
        ...(pkg.depends === undefined ? [] : [`D:${pkg.depends.join(' ')}`]),
        ...(pkg.provides === undefined
          ? []
          : [`p:${pkg.provides.map((name) => providedName(name, pkg.version)).join(' ')}`]),
        ...fileLines(pkg),
      ];
      return `${lines.join('\n')}\n\n`;
    })
    .join('');
}

/** A command or library is provided in a version, a path as it is. */
function providedName(name: string, version: string): string {
  return name.startsWith('/')
    ? name
    : `${name}=${name.startsWith('so:') ? (/\.so\.([\d.]+)$/.exec(name)?.[1] ?? '1') : version}`;
}

function fileLines({ files }: AlpinePackage): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const [path, file] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const slash = path.lastIndexOf('/');
    const directory = path.slice(1, slash);
    if (directory !== current) lines.push(`F:${directory}`);
    current = directory;
    lines.push(`R:${path.slice(slash + 1)}`);
    if ('mode' in file) lines.push(`a:0:${file.gid ?? 0}:${file.mode.toString(8)}`);
  }
  return lines;
}

function sizeOf(file: LaidFile): number {
  if ('sizeBytes' in file) return file.sizeBytes;
  return 'text' in file ? utf8(file.text).byteLength : 0;
}
