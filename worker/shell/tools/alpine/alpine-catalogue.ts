/** Alpine's packages as the page ships them (`public/catalogue/alpine/packages`, which says itself how far it can be trusted). */
import { utf8Text } from '../../../base/bytes.ts';
import type { StaticFiles } from '../../../base/ports.ts';

export interface AlpineFile {
  /** `program` begins as programs and libraries do, `script` with the name of its interpreter. */
  readonly kind: 'program' | 'script' | 'data' | 'symlink';
  readonly path: string;
  readonly sizeBytes: number;
  readonly target: string;
}

export interface AlpinePackage {
  readonly name: string;
  readonly version: string;
  readonly installedBytes: number;
  readonly downloadBytes: number;
  readonly summary: string;
  readonly depends: readonly string[];
  readonly files: readonly AlpineFile[];
}

/**
 * What others can ask for in place of the package's name: its libraries by the name programs are linked with (`so:libz.so.1`) and
 * its commands (`cmd:bash`), each with the package's version.
 */
export function providedBy({ files, version }: AlpinePackage): readonly string[] {
  const provided = files.flatMap(({ path, kind }) => {
    if (kind === 'data') return [];
    const [, directory = '', name = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    if (/^(?:\/usr)?\/lib$/.test(directory)) {
      const [soname] = /^.*?\.so(?:\.\d+)?/.exec(name) ?? [];
      return soname === undefined ? [] : [`so:${soname}`];
    }
    return /^(?:\/usr)?\/s?bin$/.test(directory) ? [`cmd:${name}`] : [];
  });
  return [...new Set(provided)].map((name) => `${name}=${version}`);
}

const PATH = 'alpine/packages';
const loaded = new WeakMap<StaticFiles, Promise<ReadonlyMap<string, AlpinePackage>>>();

/** The packages by name. Rejects when the catalogue cannot be had. */
export function alpinePackages(catalogue: StaticFiles): Promise<ReadonlyMap<string, AlpinePackage>> {
  const asked = loaded.get(catalogue) ?? readPackages(catalogue);
  loaded.set(catalogue, asked);
  asked.catch(() => loaded.delete(catalogue));
  return asked;
}

async function readPackages(catalogue: StaticFiles): Promise<ReadonlyMap<string, AlpinePackage>> {
  const lines = utf8Text(await catalogue(PATH)).split('\n');
  const packages = lines.filter((line) => line !== '' && !line.startsWith('#')).map(parsePackage);
  return new Map(packages.map((one) => [one.name, one]));
}

function parsePackage(line: string): AlpinePackage {
  const [name = '', version = '', installed = '', download = '', summary = '', depends = '', files = ''] =
    line.split('|');
  const installedBytes = Number(installed);
  return {
    name,
    version,
    installedBytes,
    downloadBytes: Number(download),
    summary,
    depends: words(depends),
    files: parseFiles(words(files), installedBytes),
  };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** A size of `*` is what the others leave of the package. */
function parseFiles(fields: readonly string[], installedBytes: number): AlpineFile[] {
  const parsed = fields.map((field) => {
    const [, mark = '', path = '', separator, value = ''] = /^([+#]?)([^=>]+)([=>])(.*)$/.exec(field) ?? [];
    const kind = separator === '>' ? 'symlink' : mark === '+' ? 'program' : mark === '#' ? 'script' : 'data';
    return { kind, path, value } as const;
  });
  const known = parsed.reduce((sum, { kind, value }) => sum + (kind === 'symlink' ? 0 : Number(value) || 0), 0);
  return parsed.map(({ kind, path, value }) => ({
    kind,
    path,
    sizeBytes: kind === 'symlink' ? 0 : value === '*' ? Math.max(0, installedBytes - known) : Number(value),
    target: kind === 'symlink' ? value : '',
  }));
}
