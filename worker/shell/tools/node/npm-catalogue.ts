/** Packages of npm's registry as the page ships them (`public/catalogue/npm`): real versions, sizes and dependencies. */
import { readAll, streamOf, utf8Text } from '../../../base/bytes.ts';
import type { StaticFiles } from '../../../base/ports.ts';
import { gunzip } from '../../../codec/gzip.ts';

export interface NodePackage {
  readonly name: string;
  readonly version: string;
  readonly unpackedBytes: number;
  readonly files: number;
  /** Ranges by name. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Paths inside the package, by the name of the program. */
  readonly programs: ReadonlyMap<string, string>;
}

const loaded = new WeakMap<StaticFiles, Promise<ReadonlyMap<string, NodePackage>>>();

/** By name. Rejects when the catalogue cannot be had. */
export function nodePackages(catalogue: StaticFiles): Promise<ReadonlyMap<string, NodePackage>> {
  const asked = loaded.get(catalogue) ?? readPackages(catalogue);
  loaded.set(catalogue, asked);
  asked.catch(() => loaded.delete(catalogue));
  return asked;
}

async function readPackages(catalogue: StaticFiles): Promise<ReadonlyMap<string, NodePackage>> {
  const text = utf8Text(await readAll(gunzip(streamOf(await catalogue('npm/packages')))));
  return new Map(
    text.split('\n').flatMap((line) => {
      const [name = '', version = '', bytes = '', files = '', dependencies = '', programs = ''] = line.split('|');
      if (name === '') return [];
      const one = { name, version, unpackedBytes: Number(bytes), files: Number(files) };
      return [[name, { ...one, dependencies: pairs(dependencies, '@'), programs: pairs(programs, '=') }] as const];
    }),
  );
}

/** `name@range name@range`; an `@` in front is part of the name, and blanks of a range are written as `_`. */
function pairs(text: string, separator: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(' ').flatMap((word) => {
      const at = word.indexOf(separator, 1);
      return at === -1 ? [] : [[word.slice(0, at), word.slice(at + 1).replaceAll('_', ' ')] as const];
    }),
  );
}
