/** stat */
import type { FileKind } from '../../vfs/inode.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { unescapeText } from './escapes.ts';
import { modeText } from './modes.ts';
import { parseOptions, UsageError } from './options.ts';
import { readUsers, type UserDatabase } from './users.ts';

const BLOCK_BYTES = 4096;
const SECTOR_BYTES = 512;
const ESCAPES = { octalNeedsZero: false, hexadecimal: true, escape: true, unicode: false, stop: false, quotes: true };

/** The type bits of `st_mode`. */
const TYPE_BITS: Readonly<Record<FileKind, number>> = {
  fifo: 0o010000, character: 0o020000, directory: 0o040000, block: 0o060000, file: 0o100000, symlink: 0o120000,
  socket: 0o140000,
}; // prettier-ignore

const TYPE_NAMES: Readonly<Record<FileKind, string>> = {
  fifo: 'fifo', character: 'character special file', directory: 'directory', block: 'block special file', file: 'regular file',
  symlink: 'symbolic link', socket: 'socket',
}; // prettier-ignore

const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o';

/** What is shown when no format is asked for; devices say their numbers too. */
function defaultFormat(context: AppletContext, kind: FileKind): string {
  const links = kind === 'character' || kind === 'block' ? '%-5h Device type: %t,%T' : '%h';
  return (
    `  File: ${kind === 'symlink' ? '%N' : context.word('%N', '%n')}\n` +
    '  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n' +
    `Device: %Dh/%dd\tInode: %-10i  Links: ${links}\n` +
    'Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\n' +
    'Access: %x\nModify: %y\nChange: %z'
  );
}

export const stat: Applet = {
  names: ['stat'],
  summary: 'Display file (default) or filesystem status',
  usage: '[-ltf] [-c FMT] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'ftLc:', {
      format: 'c',
      printf: 'printf:',
      terse: 't',
      dereference: 'L',
      'file-system': 'f',
    });
    if (options.operands.length === 0) throw new UsageError('');
    const users = await readUsers(context);
    const printf = options.value('printf');
    const asked = printf === undefined ? options.value('c') : unescapeText(printf, ESCAPES).text;
    const end = printf === undefined ? '\n' : '';
    let status = 0;
    for (const path of options.operands) {
      try {
        const found = context.files.stat(path, options.has('L') || options.has('f'));
        const format = asked ?? (options.has('t') ? TERSE : defaultFormat(context, found.inode.kind));
        const text = options.has('f')
          ? fileSystemText(context, path, options.value('c'))
          : fillIn(format, (directive) => valueOf(directive, path, found, context, users));
        await context.out.write(text + end);
      } catch (error) {
        const gnuSubject = options.has('f')
          ? `cannot read file system information for '${path}'`
          : `cannot statx '${path}'`;
        const subject = context.word(`can't stat '${path}'`, gnuSubject);
        status = await context.report(subject, error);
      }
    }
    return status;
  },
};

/** Fills in directives with their flags and widths; an unknown one leaves its letter, as busybox does. */
function fillIn(format: string, value: (directive: string) => string): string {
  return format.replace(/%([-0 +#]*)(\d*)(?:\.(\d+))?(.)/g, (_, flags: string, width: string, precision, letter) => {
    if (letter === '%') return '%';
    const text = value(String(letter)).slice(0, precision === undefined ? undefined : Number(precision));
    if (flags.includes('-')) return text.padEnd(Number(width));
    return text.padStart(Number(width), flags.includes('0') && /^[0-9a-f]+$/.test(text) ? '0' : ' ');
  });
}

function valueOf(
  directive: string,
  path: string,
  found: FileStatus,
  context: AppletContext,
  users: UserDatabase,
): string {
  const { inode, device } = found;
  const sizeBytes = inode.kind === 'directory' ? BLOCK_BYTES : found.sizeBytes;
  const stored = inode.kind === 'file' || inode.kind === 'directory' ? sizeBytes : 0;
  switch (directive) {
    case 'n':
      return path;
    case 'N':
      return inode.kind === 'symlink' ? `'${path}' -> '${context.files.readLink(path)}'` : quotedName(context, path);
    case 'a':
      return inode.mode.toString(8);
    case 'A':
      return modeText(inode.kind, inode.mode);
    case 'b':
      return String((Math.ceil(stored / BLOCK_BYTES) * BLOCK_BYTES) / SECTOR_BYTES);
    case 'B':
      return String(SECTOR_BYTES);
    case 'd':
      return String(device);
    case 'D':
      return device.toString(16);
    case 'f':
      return (TYPE_BITS[inode.kind] | inode.mode).toString(16);
    case 'F':
      return inode.kind === 'file' && sizeBytes === 0 ? 'regular empty file' : TYPE_NAMES[inode.kind];
    case 'u':
      return String(inode.uid);
    case 'U':
      return users.userName(inode.uid) ?? 'UNKNOWN';
    case 'g':
      return String(inode.gid);
    case 'G':
      return users.groupName(inode.gid) ?? 'UNKNOWN';
    case 'h':
      return String(found.links());
    case 'i':
      return String(found.ino);
    case 'o':
      return String(BLOCK_BYTES);
    case 's':
      return String(sizeBytes);
    case 't':
      return 'device' in inode ? inode.device.major.toString(16) : '0';
    case 'T':
      return 'device' in inode ? inode.device.minor.toString(16) : '0';
    // One time is kept of a file: when it was modified.
    case 'x':
    case 'y':
    case 'z':
      return timeText(inode.mtimeMs);
    case 'X':
    case 'Y':
    case 'Z':
      return String(Math.floor(inode.mtimeMs / 1000));
    default:
      return directive;
  }
}

function quotedName(context: AppletContext, path: string): string {
  return context.flavour === 'gnu' ? `'${path}'` : path;
}

/** `2020-01-02 03:04:05.000000000 +0000` */
function timeText(mtimeMs: number): string {
  const seconds = Math.floor(mtimeMs / 1000);
  const nanoseconds = Math.round((mtimeMs - seconds * 1000) * 1e6);
  const [day, time] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T');
  return `${day ?? ''} ${time ?? ''}.${String(nanoseconds).padStart(9, '0')} +0000`;
}

const FILE_SYSTEM_FORMAT =
  '  File: "%n"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s\n' +
  'Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d';

/** A file system here has no end: its numbers are those of an empty disk. */
function fileSystemText(context: AppletContext, path: string, format = FILE_SYSTEM_FORMAT): string {
  context.simulate('stat -f: the numbers of a file system are a stand-in');
  const values: Readonly<Record<string, string>> = {
    n: path, i: '0', l: '255', t: '794c7630', T: 'UNKNOWN', s: String(BLOCK_BYTES), S: String(BLOCK_BYTES), b: '16777216',
    f: '16777216', a: '16777216', c: '4194304', d: '4194304',
  }; // prettier-ignore
  return fillIn(format, (directive) => values[directive] ?? '?');
}
