/**
 * File lists of the catalogue: paths with modes, owners and sizes as a compact text. Paths are told once a directory, what is usual
 * (0755 for directories, 0644 for files, owner root) is left out. Fields are separated by tabs:
 *
 *     /etc/nginx                  a directory, and the one of the lines below; [mode] [uid:gid]
 *     >/etc                       the directory of the lines below, not itself in the list
 *     nginx.conf  1446            a file: size, [mode] [uid:gid]
 *     nginx  1234e  755           the same, beginning as programs and libraries do
 *     sh  >dash                   a symbolic link
 */
import type { CatalogueFile } from './package-contents.ts';

const DIRECTORY_MODE = 0o755;
const FILE_MODE = 0o644;

export function formatFileList(files: readonly CatalogueFile[]): string {
  const lines: string[] = [];
  let current = '';
  for (const file of files) {
    if (file.kind === 'directory') {
      lines.push([file.path, ...attributes(file, DIRECTORY_MODE)].join('\t'));
      current = file.path;
      continue;
    }
    const slash = file.path.lastIndexOf('/');
    const directory = file.path.slice(0, slash) || '/';
    if (directory !== current) {
      lines.push(`>${directory}`);
      current = directory;
    }
    const name = file.path.slice(slash + 1);
    if (file.kind === 'symlink') lines.push(`${name}\t>${file.target}`);
    else lines.push([name, `${file.sizeBytes}${file.elf ? 'e' : ''}`, ...attributes(file, FILE_MODE)].join('\t'));
  }
  return lines.join('\n');
}

function attributes(file: { mode: number; uid: number; gid: number }, usualMode: number): readonly string[] {
  const owned = file.uid !== 0 || file.gid !== 0;
  if (file.mode === usualMode && !owned) return [];
  return [file.mode.toString(8), ...(owned ? [`${file.uid}:${file.gid}`] : [])];
}

/** The files of a list. What is no such line is left out. */
export function parseFileList(text: string): CatalogueFile[] {
  let current = '/';
  return text.split('\n').flatMap((line): CatalogueFile[] => {
    const [first = '', second = '', ...rest] = line.split('\t');
    if (first.startsWith('>')) {
      current = first.slice(1);
      return [];
    }
    if (first.startsWith('/')) {
      current = first;
      return [{ kind: 'directory', path: first, ...parseAttributes(line.split('\t').slice(1), DIRECTORY_MODE) }];
    }
    if (first === '') return [];
    const path = current === '/' ? `/${first}` : `${current}/${first}`;
    if (second.startsWith('>')) return [{ kind: 'symlink', path, target: second.slice(1) }];
    const file = { kind: 'file', path, sizeBytes: parseInt(second, 10), elf: second.endsWith('e') } as const;
    return [{ ...file, ...parseAttributes(rest, FILE_MODE) }];
  });
}

function parseAttributes(
  fields: readonly string[],
  usualMode: number,
): { readonly mode: number; readonly uid: number; readonly gid: number } {
  const [mode, owner] = fields;
  const [uid, gid] = owner === undefined ? [0, 0] : owner.split(':').map(Number);
  return { mode: mode === undefined ? usualMode : parseInt(mode, 8), uid: uid ?? 0, gid: gid ?? 0 };
}
