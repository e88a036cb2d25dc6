/** The directives of `find -printf` and of `stat`-like lines made from them. */
import type { FileStatus } from '../kernel/file-status.ts';
import type { AppletContext } from './context.ts';
import { unescapeText, type EscapeRules } from './escapes.ts';
import { modeText } from './modes.ts';
import type { UserDatabase } from './users.ts';

const ESCAPES: EscapeRules = {
  octalNeedsZero: false,
  hexadecimal: false,
  escape: false,
  unicode: false,
  stop: true,
  quotes: false,
};

/** What is shown of a file. */
export interface ShownFile {
  readonly path: string;
  readonly name: string;
  readonly status: FileStatus;
  readonly depth: number;
}

/** Fills in a format. Unknown directives stay as they are. */
export function formatFindLine(format: string, file: ShownFile, context: AppletContext, users: UserDatabase): string {
  const text = unescapeText(format, ESCAPES).text;
  return text.replace(/%([-0]?)(\d*)(T.|[a-zA-Z%])/g, (whole, flag: string, width: string, directive: string) => {
    const value = directive === '%' ? '%' : valueOf(directive, file, context, users);
    if (value === undefined) return whole;
    return flag === '-' ? value.padEnd(Number(width)) : value.padStart(Number(width), flag === '0' ? '0' : ' ');
  });
}

function valueOf(directive: string, file: ShownFile, context: AppletContext, users: UserDatabase): string | undefined {
  const { inode, sizeBytes, ino, links } = file.status;
  if (directive.startsWith('T')) return timePart(directive.slice(1), inode.mtimeMs);
  switch (directive) {
    case 'p':
      return file.path;
    case 'f':
      return file.name;
    case 'h':
      return file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '.';
    case 'P':
      return file.depth === 0 ? '' : file.path.split('/').slice(-file.depth).join('/');
    case 'd':
      return String(file.depth);
    case 'm':
      return inode.mode.toString(8);
    case 'M':
      return modeText(inode.kind, inode.mode);
    case 's':
      return String(inode.kind === 'directory' ? 4096 : sizeBytes);
    case 'k':
      return String(Math.ceil((inode.kind === 'directory' ? 4096 : sizeBytes) / 4096) * 4);
    case 'b':
      return String(Math.ceil((inode.kind === 'directory' ? 4096 : sizeBytes) / 4096) * 8);
    case 'i':
      return String(ino);
    case 'n':
      return String(links());
    case 'u':
      return users.userName(inode.uid) ?? String(inode.uid);
    case 'U':
      return String(inode.uid);
    case 'g':
      return users.groupName(inode.gid) ?? String(inode.gid);
    case 'G':
      return String(inode.gid);
    case 'l':
      return inode.kind === 'symlink' ? context.files.readLink(file.path) : '';
    case 'y':
      return modeText(inode.kind, 0).charAt(0).replace('-', 'f');
    case 't':
      return new Date(inode.mtimeMs).toUTCString();
    default:
      return undefined;
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function timePart(part: string, mtimeMs: number): string | undefined {
  const date = new Date(mtimeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  switch (part) {
    case '@':
      return (mtimeMs / 1000).toFixed(10);
    case 's':
      return String(Math.floor(mtimeMs / 1000));
    case 'Y':
      return String(date.getUTCFullYear());
    case 'm':
      return two(date.getUTCMonth() + 1);
    case 'd':
      return two(date.getUTCDate());
    case 'b':
      return MONTHS[date.getUTCMonth()];
    case 'H':
      return two(date.getUTCHours());
    case 'M':
      return two(date.getUTCMinutes());
    case 'S':
      return two(date.getUTCSeconds());
    case 'F':
      return date.toISOString().slice(0, 10);
    case 'T':
      return date.toISOString().slice(11, 19);
    default:
      return undefined;
  }
}
