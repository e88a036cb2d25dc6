/** The build context of a golden case, made in memory as the recorder of the golden suite makes it on disk. */
import { spawnSync } from 'node:child_process';
import { readAll, streamOf, type Bytes } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';
import { gzip } from '../../codec/gzip.ts';
import { contextTree } from '../../engine/context.ts';
import type { ContextFile } from '../../engine/model.ts';
import type { Tree } from '../../vfs/tree.ts';
import { gnuTar } from './gnu-tar.ts';
import { headerValues, type TxtarCase } from './txtar.ts';

/** Every file of a case has this time: 2024-01-01T00:00:00Z. */
export const CASE_TIME_MS = 1_704_067_200_000;

type Files = Map<string, ContextFile>;

/** The case's tree. Throws `invalid-document` for a header line that makes no sense. */
export async function caseContext(txtar: TxtarCase): Promise<Tree> {
  const files: Files = new Map();
  const put = (file: Omit<ContextFile, 'mtimeMs'>): void => {
    files.set(file.path, { ...file, mtimeMs: CASE_TIME_MS });
  };
  const encoded = new Set(headerValues(txtar, 'base64'));
  for (const [path, text] of txtar.files) {
    const content = encoded.has(path) ? new Uint8Array(Buffer.from(text, 'base64')) : text;
    put({ path, kind: 'file', content, mode: 0o644 });
  }
  for (const path of headerValues(txtar, 'dir')) put({ path, kind: 'directory', mode: 0o755 });
  for (const [path, target] of pairs(txtar, 'link', ' -> ')) put({ path, kind: 'symlink', target, mode: 0o777 });
  for (const [mode, path] of pairs(txtar, 'mode', ' ')) {
    const known = files.get(path) ?? { path, kind: 'directory' as const };
    put({ ...known, mode: parseInt(mode, 8) });
  }
  for (const [archive, folder] of pairs(txtar, 'tar', ' <- ')) {
    const content = await compressed(packed(files, folder), archive);
    for (const path of [...files.keys()]) if (path === folder || path.startsWith(`${folder}/`)) files.delete(path);
    put({ path: archive, kind: 'file', content, mode: 0o644 });
  }
  return contextTree([...files.values()]);
}

function pairs(txtar: TxtarCase, key: 'link' | 'mode' | 'tar', separator: string): [string, string][] {
  return headerValues(txtar, key).map((value) => {
    const at = value.indexOf(separator);
    if (at < 0) throw new EngineError('invalid-document', `not a header line: ${key}: ${value}`);
    return [value.slice(0, at), value.slice(at + separator.length)];
  });
}

/** A tar of what is below a folder: its entries sorted, each directory before what it holds. */
function packed(files: Files, folder: string): Bytes {
  const inside = new Map<string, ContextFile>();
  for (const file of files.values()) {
    if (!file.path.startsWith(`${folder}/`)) continue;
    const path = file.path.slice(folder.length + 1);
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      if (!inside.has(parent)) {
        inside.set(parent, { path: parent, kind: 'directory', mode: 0o755, mtimeMs: CASE_TIME_MS });
      }
    }
    inside.set(path, file);
  }
  // by segments, as a walk comes by them
  const paths = [...inside.keys()].sort((a, b) => (a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1));
  return gnuTar(
    paths.flatMap((path) => {
      const file = inside.get(path);
      if (file === undefined) return [];
      const { kind, mode, mtimeMs, target } = file;
      const content = kind === 'file' ? { content: bytesOf(file) } : {};
      return [{ path, kind, mode, mtimeMs, ...content, ...(target === undefined ? {} : { target }) }];
    }),
  );
}

function bytesOf({ content }: ContextFile): Bytes {
  return typeof content === 'string'
    ? new TextEncoder().encode(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(0);
}

/** An archive in the compression its name says. bzip2 and xz are the system's: nothing here writes them. */
async function compressed(tar: Bytes, name: string): Promise<Bytes> {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'gz' || extension === 'tgz') return readAll(gzip(streamOf(tar)));
  if (extension !== 'bz2' && extension !== 'xz') return tar;
  const program = extension === 'xz' ? 'xz' : 'bzip2';
  const { status, stdout } = spawnSync(program, ['-c'], { input: tar, maxBuffer: 1 << 30 });
  if (status !== 0)
    throw new EngineError('unsupported', `${name} needs the program ${program}, which is missing here.`);
  return new Uint8Array(stdout);
}
