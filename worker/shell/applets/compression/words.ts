/** What the compression programs say: busybox's one set of messages, and the several of gzip, bzip2, xz and zstd themselves. */
import { errorText, type AppletContext } from '../context.ts';
import type { CompressionFormat } from './formats.ts';

/** Messages and habits of a program. Each message gives the status the program goes on with. */
export interface Words {
  /** A symbolic link is no file to pack. */
  readonly refusesLinks: boolean;
  /** A file that has the suffix already is left alone. */
  readonly leavesPacked: boolean;
  /** The result has the time of what it was made of. */
  readonly keepsTimes: boolean;
  /** With -cf, what is not packed is copied. */
  readonly passesThrough: boolean;
  /** True when the program of this name unpacks every format it can tell. */
  readsAll(name: string): boolean;
  cannotOpen(path: string, error: unknown): Promise<number>;
  cannotCreate(path: string, error: unknown): Promise<number>;
  isDirectory(path: string): Promise<number>;
  exists(path: string): Promise<number>;
  unknownSuffix(path: string): Promise<number>;
  alreadyPacked(path: string, format: CompressionFormat): Promise<number>;
  damaged(path: string | undefined, how: 'empty' | 'other' | 'damaged', format: CompressionFormat): Promise<number>;
  /** With -v: what became of a file. */
  told(path: string, target: string, plainBytes: number, packedBytes: number, kept: boolean): Promise<void>;
}

export function wordsOf(context: AppletContext): Words {
  if (context.flavour === 'busybox') return busyboxWords(context);
  return /^(gzip|gunzip|zcat)$/.test(context.name) ? gzipWords(context) : otherWords(context);
}

function busyboxWords(context: AppletContext): Words {
  return {
    refusesLinks: false,
    leavesPacked: false,
    keepsTimes: false,
    passesThrough: false,
    readsAll: (name) => name === 'zcat',
    cannotOpen: (path, error) => context.report(path, error),
    cannotCreate: (path, error) => context.report(`can't open '${path}'`, error),
    isDirectory: (path) => context.complain(`${path}: Is a directory`),
    exists: (path) => context.complain(`can't open '${path}': File exists`),
    unknownSuffix: (path) => context.complain(`${path}: unknown suffix - ignored`),
    alreadyPacked: (path) => context.complain(`${path}: unknown suffix - ignored`),
    damaged(_path, how, format) {
      if (how === 'damaged' && format.compression === 'gzip') return context.complain('unexpected end of file');
      if (how === 'damaged') return context.complain('corrupted data');
      return context.complain(context.name === 'zcat' ? 'no gzip/bzip2/xz magic' : 'invalid magic');
    },
    async told(path, target, plainBytes, packedBytes) {
      const saved = plainBytes === 0 ? 0 : Math.trunc((100 * packedBytes) / plainBytes);
      await context.err.write(`${path}: ${saved}% - replaced with ${target}\n`);
    },
  };
}

const NOT_DONE = 2;
/** Bytes of a gzip header and trailer: ratios are told without them. */
export const FRAME_BYTES = 18;

function gzipWords(context: AppletContext): Words {
  const warning = async (message: string): Promise<number> => {
    await context.complain(message);
    return NOT_DONE;
  };
  return {
    refusesLinks: true,
    leavesPacked: true,
    keepsTimes: true,
    passesThrough: true,
    readsAll: () => false,
    cannotOpen: (path, error) => context.report(path, error),
    cannotCreate: (path, error) => context.report(path, error),
    isDirectory: (path) => warning(`${path} is a directory -- ignored`),
    exists: (path) => warning(`${path} already exists;\tnot overwritten`),
    unknownSuffix: (path) => warning(`${path}: unknown suffix -- ignored`),
    async alreadyPacked(path) {
      await context.complain(`${path} already has .gz suffix -- unchanged`);
      return 0;
    },
    async damaged(path, how) {
      await context.err.write('\n');
      return context.complain(
        `${path ?? 'stdin'}: ${how === 'other' ? 'not in gzip format' : 'unexpected end of file'}`,
      );
    },
    async told(path, target, plainBytes, packedBytes, kept) {
      const ratio = plainBytes === 0 ? 0 : (100 * (plainBytes - (packedBytes - FRAME_BYTES))) / plainBytes;
      const done = kept ? 'created' : 'replaced with';
      await context.err.write(`${path}:\t${ratio.toFixed(1).padStart(5)}% -- ${done} ${target}\n`);
    },
  };
}

function otherWords(context: AppletContext): Words {
  const bzip2 = /^b(zip2|unzip2|zcat)$/.test(context.name);
  return {
    refusesLinks: true,
    leavesPacked: true,
    keepsTimes: true,
    passesThrough: true,
    readsAll: () => false,
    cannotOpen: (path, error) =>
      context.complain(bzip2 ? `Can't open input file ${path}: ${errorText(error)}.` : `${path}: ${errorText(error)}`),
    cannotCreate: (path, error) => context.report(path, error),
    isDirectory: (path) =>
      context.complain(bzip2 ? `Input file ${path} is a directory.` : `${path}: Is a directory, skipping`),
    exists: (path) => context.complain(bzip2 ? `Output file ${path} already exists.` : `${path}: File exists`),
    unknownSuffix: (path) =>
      context.complain(
        bzip2 ? `Can't guess original name for ${path}` : `${path}: Filename has an unknown suffix, skipping`,
      ),
    alreadyPacked: (path, format) =>
      context.complain(`${path}: File already has '${format.suffixes[0]?.[0] ?? ''}' suffix, skipping`),
    damaged(path, how) {
      const subject = path ?? '(stdin)';
      if (bzip2 && how !== 'damaged') return context.complain(`${subject} is not a bzip2 file.`);
      return context.complain(
        `${subject}: ${how === 'other' ? 'File format not recognized' : 'Compressed data is corrupt'}`,
      );
    },
    async told(path, _target, plainBytes, packedBytes) {
      await context.err.write(`  ${path}: ${packedBytes} -> ${plainBytes}\n`);
    },
  };
}
