/** The command line of tar: letters without a dash in front, as in 1979, and the options of GNU tar and busybox. */
import type { Compression } from '../../../codec/decompress.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';

/** What is done with the archive. */
type TarMode = 'create' | 'extract' | 'list' | 'append' | 'update' | 'concatenate' | 'delete';

/** A name given on the command line, and where it is to be looked for. */
export interface Operand {
  readonly name: string;
  /** The -C options before it, in order: each is relative to the one before. */
  readonly directories: readonly string[];
}

export interface TarCommand {
  readonly mode: TarMode;
  readonly options: Options;
  /** Path of the archive, `-` for a standard stream. */
  readonly archive: string;
  readonly operands: readonly Operand[];
  /** All -C options. */
  readonly directories: readonly string[];
  /** The compression that was named; undefined when it is to be found out. */
  readonly compression: Compression | undefined;
  readonly verbosity: number;
}

const MODES: Readonly<Record<string, TarMode>> = {
  c: 'create', x: 'extract', t: 'list', r: 'append', u: 'update', A: 'concatenate', delete: 'delete',
}; // prettier-ignore

const LETTERS = 'cxtruAf:vzjJZaC:pkOT:X:hmoI:wWSPUb:B';

const LONG = {
  create: 'c', extract: 'x', get: 'x', list: 't', append: 'r', update: 'u', catenate: 'A', concatenate: 'A', delete: 'delete',
  file: 'f', verbose: 'v', gzip: 'z', gunzip: 'z', ungzip: 'z', bzip2: 'j', xz: 'J', zstd: 'zstd', lzma: 'J', 'auto-compress': 'a',
  'no-auto-compress': 'noauto', 'use-compress-program': 'I', directory: 'C', 'preserve-permissions': 'p', 'same-permissions': 'p',
  'no-same-permissions': 'umask', 'keep-old-files': 'k', 'skip-old-files': 'skip', overwrite: 'overwrite', 'unlink-first': 'U',
  'keep-newer-files': 'newer', 'keep-directory-symlink': 'keeplink', 'overwrite-dir': 'overwrite', 'no-overwrite-dir': 'overwrite',
  'recursive-unlink': 'U', 'to-stdout': 'O', 'files-from': 'T', 'exclude-from': 'X', exclude: 'exclude:', 'exclude-vcs': 'vcs',
  'exclude-caches': 'caches', dereference: 'h', touch: 'm', 'no-same-owner': 'o', 'same-owner': 'same', owner: 'owner:', group: 'group:',
  mode: 'mode:', mtime: 'mtime:', 'numeric-owner': 'numeric', 'strip-components': 'strip:', 'one-top-level': 'top::', transform: 'transform:', xform: 'transform:',
  wildcards: 'wildcards', 'no-wildcards': 'nowildcards', anchored: 'anchored', 'no-anchored': 'unanchored',
  'wildcards-match-slash': 'slash', 'no-wildcards-match-slash': 'noslash', 'absolute-names': 'P', sparse: 'S',
  'remove-files': 'remove', 'no-recursion': 'norecursion', recursion: 'recursion', format: 'format:', 'old-archive': 'old', posix: 'posix',
  sort: 'sort:', null: 'null', warning: 'warning:', checkpoint: 'checkpoint::', 'checkpoint-action': 'action:', totals: 'totals::',
  'one-file-system': 'onefs', 'hard-dereference': 'hard', acls: 'acls', xattrs: 'xattrs', selinux: 'selinux', 'no-acls': 'acls',
  'no-xattrs': 'xattrs', 'no-selinux': 'selinux', 'ignore-failed-read': 'ignoreread', 'ignore-zeros': 'zeros', 'force-local': 'local',
  'delay-directory-restore': 'delay', 'no-delay-directory-restore': 'delay', 'no-unquote': 'nounquote', clamp: 'clamp',
  'blocking-factor': 'b', 'show-transformed-names': 'shown', 'show-stored-names': 'shown', verify: 'W', 'pax-option': 'pax:',
}; // prettier-ignore

/** Reads the command line. Throws {@link UsageError}. */
export function parseCommand(context: AppletContext): TarCommand {
  const options = parseOptions(modernised(context.args), LETTERS, LONG);
  const modes = new Set(options.given.flatMap(({ option }) => MODES[option] ?? []));
  const [mode] = modes;
  if (mode === undefined)
    throw new UsageError("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
  if (modes.size > 1)
    throw new UsageError("You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option");
  const directoriesBefore = (count: number): string[] =>
    options.given.slice(0, count).flatMap(({ option, value }) => (option === 'C' ? [value ?? ''] : []));
  return {
    mode,
    options,
    archive: options.value('f') ?? '-',
    operands: options.operands.map((name, index) => ({
      name,
      directories: directoriesBefore(options.positions[index] ?? 0),
    })),
    directories: options.values('C'),
    compression: namedCompression(options, mode),
    verbosity: options.count('v'),
  };
}

/** Gives the letters of an old-style first word a dash each, and the words that belong to them. */
function modernised(args: readonly string[]): readonly string[] {
  const [first, ...others] = args;
  if (first === undefined || first === '' || first.startsWith('-')) return args;
  const words: string[] = [];
  for (const letter of first) {
    words.push(`-${letter}`);
    if (!LETTERS.includes(`${letter}:`)) continue;
    const value = others.shift();
    if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    words.push(value);
  }
  return [...words, ...others];
}

const SUFFIXES: readonly (readonly [RegExp, Compression])[] = [
  [/\.(tar\.gz|tgz|taz|gz)$/, 'gzip'],
  [/\.(tar\.bz2|tbz2?|tz2|bz2)$/, 'bzip2'],
  [/\.(tar\.xz|txz|xz)$/, 'xz'],
  [/\.(tar\.zst|tzst|zst)$/, 'zstd'],
];

function namedCompression(options: Options, mode: TarMode): Compression | undefined {
  const program = options.value('I')?.trim().split(/\s+/)[0]?.replace(/^.*\//, '');
  if (options.has('z') || options.has('Z') || program === 'gzip' || program === 'pigz') return 'gzip';
  if (options.has('j') || program === 'bzip2' || program === 'pbzip2' || program === 'lbzip2') return 'bzip2';
  if (options.has('J') || program === 'xz') return 'xz';
  if (options.has('zstd') || program === 'zstd') return 'zstd';
  if (mode !== 'create') return undefined;
  const archive = options.value('f') ?? '';
  const bySuffix = options.has('a') ? SUFFIXES.find(([suffix]) => suffix.test(archive)) : undefined;
  return bySuffix?.[1] ?? 'none';
}
