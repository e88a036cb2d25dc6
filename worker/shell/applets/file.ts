/** file: what a file is, told by its kind and its first bytes, in the words of file(1). */
import type { Inode } from '../../vfs/inode.ts';
import { isSparse, readBody, type Body } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { readElf, type ElfFacts } from './elf.ts';
import { parseOptions, UsageError } from './options.ts';
import { textKind } from './text-kind.ts';

const HEAD_BYTES = 8192;

/** A description in words, and as a media type. */
interface Kind {
  readonly words: string;
  readonly media: string;
}

/** Files known by bytes at their beginning, or at an offset. */
const SIGNATURES: readonly (readonly [offset: number, bytes: readonly number[] | string, kind: Kind])[] = [
  [0, [0x1f, 0x8b], { words: 'gzip compressed data', media: 'application/gzip' }],
  [0, 'BZh', { words: 'bzip2 compressed data', media: 'application/x-bzip2' }],
  [0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], { words: 'XZ compressed data', media: 'application/x-xz' }],
  [0, [0x28, 0xb5, 0x2f, 0xfd], { words: 'Zstandard compressed data (v0.8+)', media: 'application/zstd' }],
  [0, 'PK\x03\x04', { words: 'Zip archive data', media: 'application/zip' }],
  [
    0,
    '!<arch>\ndebian',
    { words: 'Debian binary package (format 2.0)', media: 'application/vnd.debian.binary-package' },
  ],
  [0, '!<arch>\n', { words: 'current ar archive', media: 'application/x-archive' }],
  [257, 'ustar\0', { words: 'POSIX tar archive', media: 'application/x-tar' }],
  [257, 'ustar ', { words: 'POSIX tar archive (GNU)', media: 'application/x-tar' }],
  [0, '\x89PNG\r\n\x1a\n', { words: 'PNG image data', media: 'image/png' }],
  [0, [0xff, 0xd8, 0xff], { words: 'JPEG image data', media: 'image/jpeg' }],
  [0, 'GIF8', { words: 'GIF image data', media: 'image/gif' }],
  [0, '%PDF-', { words: 'PDF document', media: 'application/pdf' }],
  [0, 'SQLite format 3\0', { words: 'SQLite 3.x database', media: 'application/vnd.sqlite3' }],
  [0, '\0asm', { words: 'WebAssembly (wasm) binary module', media: 'application/wasm' }],
  [0, [0xca, 0xfe, 0xba, 0xbe], { words: 'compiled Java class data', media: 'application/x-java-applet' }],
];

export const file: Applet = {
  names: ['file'],
  summary: 'Determine type of FILEs',
  usage: '[-bhiL] [--mime-type] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'bhiLksz', {
      brief: 'b',
      mime: 'i',
      'mime-type': 'mime-type',
      dereference: 'L',
      'no-dereference': 'h',
    });
    if (options.operands.length === 0) throw new UsageError('');
    const width = Math.max(...options.operands.map((path) => path.length));
    for (const path of options.operands) {
      const kind = await describe(context, path, options.has('L'));
      const shown = options.has('i') || options.has('mime-type') ? mediaOf(kind, options.has('i')) : kind.words;
      const label = options.has('b') ? '' : `${path}:${' '.repeat(width - path.length + 1)}`;
      await context.out.write(`${label}${shown}\n`);
    }
    return 0;
  },
};

function mediaOf({ media }: Kind, withCharset: boolean): string {
  if (!withCharset) return media.replace(/;.*/, '');
  return media.includes(';') ? media : `${media}; charset=binary`;
}

async function describe(context: AppletContext, path: string, follow: boolean): Promise<Kind> {
  let inode: Inode;
  try {
    ({ inode } = context.files.stat(path, follow));
  } catch {
    return { words: `cannot open \`${path}' (No such file or directory)`, media: 'cannot open' };
  }
  const prefix = [inode.mode & 0o4000 ? 'setuid ' : '', inode.mode & 0o2000 ? 'setgid ' : '', inode.mode & 0o1000 ? 'sticky, ' : '']; // prettier-ignore
  const special = (words: string, name: string): Kind => ({ words: prefix.join('') + words, media: `inode/${name}` });
  switch (inode.kind) {
    case 'directory':
      return special('directory', 'directory');
    case 'symlink': {
      const broken = context.files.find(path) === undefined;
      return special(`${broken ? 'broken ' : ''}symbolic link to ${inode.target}`, 'symlink');
    }
    case 'fifo':
      return special('fifo (named pipe)', 'fifo');
    case 'character':
      return special(`character special (${inode.device.major}/${inode.device.minor})`, 'chardevice');
    case 'block':
      return special(`block special (${inode.device.major}/${inode.device.minor})`, 'blockdevice');
    case 'file': {
      const kind = await describeBody(inode.body, inode.mode);
      return { ...kind, words: prefix.join('') + kind.words };
    }
    default:
      return special(inode.kind, inode.kind);
  }
}

async function describeBody(body: Body, mode: number): Promise<Kind> {
  if (body.sizeBytes === 0) return { words: 'empty', media: 'inode/x-empty' };
  const elf = await readElf(body);
  if (elf !== undefined) return describeElf(elf);
  const head = await readBody(body, 0, HEAD_BYTES);
  const found = SIGNATURES.find(([offset, bytes]) => startsWith(head, offset, bytes));
  if (found !== undefined) return { ...found[2], words: found[2].words + (await packedDetail(head, body)) };
  if (isSparse(body) && head.every((byte) => byte === 0)) {
    return { words: 'data (a replica: its bytes were left out)', media: 'application/octet-stream' };
  }
  return textKind(head, (mode & 0o111) !== 0) ?? { words: 'data', media: 'application/octet-stream' };
}

/** What the header of a packed file says of how it was packed. */
async function packedDetail(head: Uint8Array, body: Body): Promise<string> {
  const [first, second] = head;
  if (first === 0x1f && second === 0x8b) {
    const end = await readBody(body, Math.max(0, body.sizeBytes - 4));
    const original = end.byteLength === 4 ? new DataView(end.buffer).getUint32(0, true) : 0;
    const system = head[9] === 3 ? ', from Unix' : '';
    return `${system}, original size modulo 2^32 ${original}`;
  }
  if (first === 0x42 && second === 0x5a) return `, block size = ${String.fromCharCode(head[3] ?? 0x39)}00k`;
  if (first === 0xfd) return `, checksum ${XZ_CHECKS[head[7] ?? 0] ?? 'unknown'}`;
  return '';
}

const XZ_CHECKS: Readonly<Record<number, string>> = { 0: 'none', 1: 'CRC32', 4: 'CRC64', 10: 'SHA-256' };

function startsWith(head: Uint8Array, offset: number, bytes: readonly number[] | string): boolean {
  const wanted = typeof bytes === 'string' ? [...bytes].map((character) => character.charCodeAt(0)) : bytes;
  return wanted.every((byte, at) => head[offset + at] === byte);
}

const ELF_TYPES: Readonly<Record<number, Kind>> = {
  1: { words: 'relocatable', media: 'application/x-object' },
  2: { words: 'executable', media: 'application/x-executable' },
  3: { words: 'shared object', media: 'application/x-sharedlib' },
};
const MACHINES: Readonly<Record<number, string>> = { 3: 'Intel 80386', 40: 'ARM', 62: 'x86-64', 183: 'ARM aarch64' };

function describeElf(elf: ElfFacts): Kind {
  const type = ELF_TYPES[elf.type] ?? { words: 'file', media: 'application/octet-stream' };
  const position = elf.type === 3 && elf.interpreter !== undefined;
  const parts = [
    `ELF ${elf.bits}-bit ${elf.littleEndian ? 'LSB' : 'MSB'} ${position ? 'pie executable' : type.words}`,
    MACHINES[elf.machine] ?? `machine ${elf.machine}`,
    'version 1 (SYSV)',
    elf.dynamic ? 'dynamically linked' : 'statically linked',
    ...(elf.interpreter === undefined ? [] : [`interpreter ${elf.interpreter}`]),
    elf.stripped ? 'stripped' : 'not stripped',
  ];
  return { words: parts.join(', '), media: position ? 'application/x-pie-executable' : type.media };
}
