/** ldconfig: the links and the list by which programs find shared libraries. */
import { bodyChunks, bodyOf } from '../../../vfs/body.ts';
import { decodeText, encodeText } from '../../text.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions } from '../options.ts';

const CACHE = '/etc/ld.so.cache';
const CONFIGURATION = '/etc/ld.so.conf';
const CACHE_MAGIC = 'glibc-ld.so.cache1.1';
const TRUSTED = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
const CACHE_HEADER_BYTES = 48;
const CACHE_ENTRY_BYTES = 24;
/** ELF library of libc 6 on x86-64, in the flags of an entry. */
const X86_64_LIBC6 = 0x0303;

interface Library {
  readonly name: string;
  readonly path: string;
}

export const ldconfig: Applet = {
  names: ['ldconfig', 'ldconfig.real'],
  summary: 'Configure dynamic linker run-time bindings',
  usage: '[-npvNX] [DIR]...',
  async run(context) {
    const options = parseOptions(context.args, 'C:f:nlpr:vNX', { 'print-cache': 'p', verbose: 'v' });
    const configured = options.has('n') ? [] : [...(await directoriesOf(context, CONFIGURATION)), ...TRUSTED];
    const libraries = librariesIn(context, [...options.operands, ...configured]);
    if (options.has('p')) {
      await context.out.write(`${libraries.length} libs found in cache \`${CACHE}'\n`);
      for (const { name, path } of libraries) await context.out.write(`\t${name} (libc6,x86-64) => ${path}\n`);
      return 0;
    }
    if (context.process.credentials.uid !== 0) {
      await context.err.write(
        `${context.args[0] ?? '/sbin/ldconfig'}: Can't create temporary cache file ${CACHE}~: Permission denied\n`,
      );
      return 1;
    }
    if (!options.has('N') && !options.has('n')) context.files.writeBody(CACHE, bodyOf(cacheOf(libraries)), 0o644);
    return 0;
  },
};

/** The directories a configuration names, those of the files it includes too. */
async function directoriesOf(context: AppletContext, path: string): Promise<string[]> {
  let text = '';
  try {
    for await (const bytes of bodyChunks(context.files.body(path))) text += decodeText(bytes);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
  const directories: string[] = [];
  for (const line of text.split('\n').map((one) => one.replace(/#.*/, '').trim())) {
    const [, pattern] = /^include\s+(.*)$/.exec(line) ?? [];
    if (pattern === undefined) {
      if (line.startsWith('/')) directories.push(line);
      continue;
    }
    const folder = pattern.slice(0, pattern.lastIndexOf('/'));
    const names = context.files.find(folder)?.inode.kind === 'directory' ? context.files.list(folder) : [];
    for (const { name } of names)
      if (name.endsWith('.conf')) directories.push(...(await directoriesOf(context, `${folder}/${name}`)));
  }
  return directories;
}

function librariesIn(context: AppletContext, directories: readonly string[]): Library[] {
  const libraries: Library[] = [];
  const seen = new Set<string>();
  for (const directory of directories) {
    const found = context.files.find(directory);
    if (found?.inode.kind !== 'directory' || seen.has(found.path)) continue;
    seen.add(found.path);
    for (const { name } of context.files.list(directory)) {
      if (/^(lib|ld-).*\.so(\.\d+)*$/.test(name) && context.files.find(`${directory}/${name}`)?.inode.kind === 'file')
        libraries.push({ name, path: `${directory}/${name}` });
    }
  }
  return libraries;
}

/** The file the dynamic linker maps (glibc, sysdeps/generic/dl-cache.h): a header, entries, the strings they point to. */
function cacheOf(libraries: readonly Library[]): Uint8Array<ArrayBuffer> {
  const sorted = [...libraries].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
  const stringsStart = CACHE_HEADER_BYTES + sorted.length * CACHE_ENTRY_BYTES;
  const strings = sorted.map(({ name, path }) => [encodeText(`${name}\0`), encodeText(`${path}\0`)] as const);
  const stringBytes = strings.reduce((sum, [name, path]) => sum + name.byteLength + path.byteLength, 0);
  const out = new Uint8Array(stringsStart + stringBytes);
  const view = new DataView(out.buffer);
  out.set(encodeText(CACHE_MAGIC));
  view.setUint32(20, sorted.length, true);
  view.setUint32(24, stringBytes, true);
  let at = stringsStart;
  strings.forEach(([name, path], index) => {
    const entry = CACHE_HEADER_BYTES + index * CACHE_ENTRY_BYTES;
    view.setUint32(entry, X86_64_LIBC6, true);
    view.setUint32(entry + 4, at, true);
    view.setUint32(entry + 8, at + name.byteLength, true);
    out.set(name, at);
    out.set(path, at + name.byteLength);
    at += name.byteLength + path.byteLength;
  });
  return out;
}
