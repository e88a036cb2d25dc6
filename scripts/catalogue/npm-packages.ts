/**
 * Makes `public/catalogue/npm` of the real packages: `tsx scripts/catalogue/npm-packages.ts FOLDER`, where FOLDER is one in which npm has installed
 * what Dockerfiles' projects use most (`npm install --ignore-scripts express react …`). A line a package: name, version, unpacked
 * bytes, files, dependencies, programs.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'fflate';
import { utf8 } from '../../worker/base/bytes.ts';

const OUTPUT = resolve(import.meta.dirname, '../../public/catalogue/npm');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
}

function main(): void {
  const modules = join(process.argv[2] ?? '.', 'node_modules');
  const folders = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const lines = folders
    .filter((name) => !name.startsWith('.') && lstatSync(join(modules, name)).isDirectory())
    .map((name) => lineOf(join(modules, name)))
    .sort();
  mkdirSync(OUTPUT, { recursive: true });
  const compressed = gzipSync(utf8(`${lines.join('\n')}\n`), { level: 9, mem: 12, mtime: 0 });
  writeFileSync(join(OUTPUT, 'packages'), compressed);
  process.stdout.write(`${lines.length} packages, ${compressed.byteLength} bytes\n`);
}

function lineOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { bytes, files } = measure(folder);
  const dependencies = Object.entries(manifest.dependencies ?? {}).map(
    ([name, range]) => `${name}@${range.replaceAll(' ', '_')}`,
  );
  const { bin = {} } = manifest;
  const programs = typeof bin === 'string' ? { [manifest.name.replace(/^.*\//, '')]: bin } : bin;
  const paths = Object.entries(programs).map(([name, path]) => `${name}=${path.replace(/^\.\//, '')}`);
  return [manifest.name, manifest.version, bytes, files, dependencies.join(' '), paths.join(' ')].join('|');
}

/** Of the package alone: what it depends on in another version lies in its own `node_modules`. */
function measure(folder: string): { bytes: number; files: number } {
  let [bytes, files] = [0, 0];
  for (const name of readdirSync(folder)) {
    if (name === 'node_modules') continue;
    const stats = lstatSync(join(folder, name));
    if (stats.isDirectory()) {
      const inner = measure(join(folder, name));
      bytes += inner.bytes;
      files += inner.files;
    } else {
      bytes += stats.size;
      files++;
    }
  }
  return { bytes, files };
}

main();
