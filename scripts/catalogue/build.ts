/**
 * Makes `public/catalogue/debian` of what `record-debian.ts` recorded: `tsx scripts/catalogue/build.ts FOLDER`. The same record gives the
 * same files, byte for byte.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'fflate';
import { utf8 } from '../../worker/base/bytes.ts';
import { sourceOf, type StoredContents } from '../../worker/shell/tools/catalogue/debian-catalogue.ts';
import { formatFileList } from '../../worker/shell/tools/catalogue/file-list.ts';
import { formatParagraph, parseParagraphs, type Paragraph } from '../../worker/shell/tools/debian/control.ts';
import type { DebianRecord } from './record-debian.ts';
import type { RecordedContents } from './record-packages.ts';

const OUTPUT = resolve(import.meta.dirname, '../../public/catalogue/debian');

/** Fields that say where in the archive a package is and how it is checked; nothing here downloads it. */
const LEFT_OUT = new Set([
  'MD5sum',
  'SHA256',
  'SHA1',
  'Description-md5',
  'Tag',
  'Filename',
  'Built-Using',
  'Task',
  'Status',
]);
/** Numbers that mean the same account on every Debian. */
const FIXED_IDS_END = 100;
const NOBODY = 65_534;

function main(): void {
  const record = JSON.parse(
    readFileSync(join(process.argv[2] ?? '/tmp/strata-catalogue', 'record.json'), 'utf8'),
  ) as DebianRecord;
  const packages = record.packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const paragraphs = new Map(parseParagraphs(record.available).map((one) => [one.get('Package') ?? '', one]));
  const names = accountNames(packages);
  const suites = suitesOf(record.policy);
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  const chunks = new Map<string, Record<string, StoredContents>>();
  const index: string[] = [];
  for (const contents of packages) {
    const paragraph = paragraphs.get(contents.name);
    if (paragraph === undefined) throw new Error(`${contents.name} is not in the archive's index`);
    index.push(indexEntry(paragraph, suites.get(contents.name)));
    const source = sourceOf(paragraph);
    chunks.set(source, { ...chunks.get(source), [contents.name]: stored(contents, names) });
  }
  let bytes = write('packages', index.join('\n'));
  for (const [source, chunk] of chunks) bytes += write(source, JSON.stringify(chunk));
  process.stdout.write(`${packages.length} packages in ${chunks.size} files, ${bytes} bytes\n`);
}

function write(name: string, text: string): number {
  const compressed = gzipSync(utf8(text), { level: 9, mem: 12, mtime: 0 });
  writeFileSync(join(OUTPUT, name), compressed);
  return compressed.byteLength;
}

/** A paragraph of the index, with the first line of its description and the suite it comes from. */
function indexEntry(paragraph: Paragraph, suite: string | undefined): string {
  const fields = [...paragraph].filter(([name]) => !LEFT_OUT.has(name));
  const short = fields.map(([name, value]) => [name, /^Description/.test(name) ? firstLine(value) : value] as const);
  const renamed = short.map(([name, value]) => [name === 'Description-en' ? 'Description' : name, value] as const);
  return formatParagraph(suite === undefined ? renamed : [...renamed, ['Suite', suite] as const]);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/** Where `apt-cache policy` would take each package from, where that is not the main archive. */
function suitesOf(policy: string): ReadonlyMap<string, string> {
  const suites = new Map<string, string>();
  for (const section of policy.split(/\n(?=\S)/)) {
    const [name = ''] = section.split(':\n');
    const candidate = /^ {2}Candidate: (\S+)$/m.exec(section)?.[1] ?? '';
    const origins = section.slice(section.indexOf(` ${candidate} `, section.indexOf('Version table')));
    const suite = /^ {8}\d+ \S+ (\S+)\/main/m.exec(origins)?.[1];
    if (suite?.includes('-') === true) suites.set(name, suite);
  }
  return suites;
}

interface AccountNames {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

function accountNames(packages: readonly RecordedContents[]): AccountNames {
  const idsIn = (file: 'passwd' | 'group'): Map<number, string> =>
    new Map(
      packages.flatMap(({ accounts }) =>
        (accounts[file] ?? []).map((line) => [Number(line.split(':')[2]), line.split(':')[0] ?? ''] as const),
      ),
    );
  return { users: idsIn('passwd'), groups: idsIn('group') };
}

function stored(contents: RecordedContents, names: AccountNames): StoredContents {
  const all = [...contents.files, ...contents.effects].flatMap((file) => (file.kind === 'symlink' ? [] : [file]));
  const users = namesOf(
    all.map(({ uid }) => uid),
    names.users,
  );
  const groups = namesOf(
    all.map(({ gid }) => gid),
    names.groups,
  );
  return {
    ...(contents.multiArch ? { multiArch: true } : {}),
    mtimeMs: Math.floor(contents.mtimeMs / 1000) * 1000,
    files: formatFileList(contents.files),
    ...(contents.effects.length > 0 ? { effects: formatFileList(contents.effects) } : {}),
    ...(Object.keys(contents.accounts).length > 0 ? { accounts: contents.accounts } : {}),
    ...(Object.keys(users).length > 0 ? { users } : {}),
    ...(Object.keys(groups).length > 0 ? { groups } : {}),
    ...(Object.keys(contents.bodies).length > 0 ? { bodies: contents.bodies } : {}),
    info: contents.info,
    ...(contents.conffiles === '' ? {} : { conffiles: contents.conffiles }),
  };
}

function namesOf(ids: readonly number[], names: ReadonlyMap<number, string>): Record<string, string> {
  const dynamic = [...new Set(ids)].filter((id) => id >= FIXED_IDS_END && id !== NOBODY);
  return Object.fromEntries(dynamic.flatMap((id) => (names.has(id) ? [[String(id), names.get(id) ?? '']] : [])));
}

main();
