/**
 * Debian's packages as the page ships them (`public/catalogue/debian`): `packages` is the archive's index, and for every source
 * package a file with what the packages made from it hold. All are gzipped; each is fetched when it is first asked for.
 */
import { readAll, streamOf, utf8Text } from '../../../base/bytes.ts';
import type { StaticFiles } from '../../../base/ports.ts';
import { gunzip } from '../../../codec/gzip.ts';
import { parseParagraphs, type Paragraph } from '../debian/control.ts';
import { parseFileList } from './file-list.ts';
import type { PackageContents } from './package-contents.ts';

const FOLDER = 'debian';

/** How {@link PackageContents} are written in the catalogue: file lists are texts, what is empty is left out. */
export interface StoredContents {
  readonly multiArch?: boolean;
  readonly mtimeMs: number;
  readonly files: string;
  readonly effects?: string;
  readonly accounts?: PackageContents['accounts'];
  readonly users?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, string>>;
  readonly bodies?: PackageContents['bodies'];
  readonly info?: PackageContents['info'];
  readonly conffiles?: string;
}

/** The packages of the index by name; the same values for every caller. Rejects when the index cannot be had. */
export function debianPackages(catalogue: StaticFiles): Promise<ReadonlyMap<string, Paragraph>> {
  const asked = indexes.get(catalogue) ?? readIndex(catalogue);
  indexes.set(catalogue, asked);
  asked.catch(() => indexes.delete(catalogue));
  return asked;
}

const indexes = new WeakMap<StaticFiles, Promise<ReadonlyMap<string, Paragraph>>>();

async function readIndex(catalogue: StaticFiles): Promise<ReadonlyMap<string, Paragraph>> {
  const paragraphs = parseParagraphs(await readText(catalogue, `${FOLDER}/packages`));
  return new Map(paragraphs.map((paragraph) => [paragraph.get('Package') ?? '', paragraph]));
}

/** What a package of the index holds. */
export async function debianContents(catalogue: StaticFiles, paragraph: Paragraph): Promise<PackageContents> {
  const name = paragraph.get('Package') ?? '';
  const all: unknown = JSON.parse(await readText(catalogue, `${FOLDER}/${sourceOf(paragraph)}`));
  const stored = (all as Readonly<Record<string, StoredContents>>)[name];
  if (stored === undefined) throw new RangeError(`the catalogue holds no files of ${name}`);
  return {
    name,
    multiArch: stored.multiArch ?? false,
    mtimeMs: stored.mtimeMs,
    files: parseFileList(stored.files),
    effects: parseFileList(stored.effects ?? ''),
    accounts: stored.accounts ?? {},
    owners: { users: stored.users ?? {}, groups: stored.groups ?? {} },
    bodies: stored.bodies ?? {},
    info: stored.info ?? {},
    conffiles: stored.conffiles ?? '',
  };
}

/** The source package, without the version that follows its name where the two differ. */
export function sourceOf(paragraph: Paragraph): string {
  return (paragraph.get('Source') ?? paragraph.get('Package') ?? '').replace(/ .*/, '');
}

async function readText(catalogue: StaticFiles, path: string): Promise<string> {
  return utf8Text(await readAll(gunzip(streamOf(await catalogue(path)))));
}
