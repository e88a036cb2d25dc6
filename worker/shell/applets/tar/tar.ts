/** tar */
import { TAR_BLOCK_BYTES, type TarEntry } from '../../../codec/tar-entry.ts';
import { partsSize } from '../../../codec/byte-parts.ts';
import { TarWriter } from '../../../codec/tar-writer.ts';
import { readBody } from '../../../vfs/body.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { UsageError } from '../options.ts';
import type { Output } from '../streams.ts';
import { memberBody, readArchive, writeArchive, type Archive, type Unreadable } from './archive.ts';
import { parseCommand, type Operand, type TarCommand } from './command-line.ts';
import { Packer } from './create.ts';
import { Extractor } from './extract.ts';
import { EntryPrinter } from './listing.ts';
import { exclusions, nameTransform, SafeNames, selectMembers, stripComponents, withoutSlashes } from './names.ts';

/** Bytes GNU tar fills an archive up to. */
const RECORD_BYTES = 10_240;
const GNU_FAILURE = 2;
const GNU_WRONG_OPTION = 64;

export const tar: Applet = {
  names: ['tar'],
  summary: 'Create, extract, or list files from a tar file',
  usage: 'c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [-T FILE] [-X FILE] [LONGOPT]... [FILE]...',
  async run(context) {
    let command: TarCommand;
    try {
      command = parseCommand(context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // busybox has no words for a missing or a second command, only its usage
      if (context.flavour === 'busybox') throw error.message.startsWith('You') ? new UsageError('') : error;
      return refuse(context, error.message);
    }
    if (command.mode === 'list' || command.mode === 'extract') return readMembers(context, command);
    return writeMembers(context, command);
  },
};

async function refuse(context: AppletContext, message: string): Promise<number> {
  await context.complain(message);
  await context.err.write("Try 'tar --help' or 'tar --usage' for more information.\n");
  return /^(unrecognized|invalid|option)/.test(message) ? GNU_WRONG_OPTION : GNU_FAILURE;
}

/** The last words of a run that ends at once. */
async function giveUp(context: AppletContext): Promise<number> {
  if (context.flavour === 'busybox') return 1;
  await context.complain('Error is not recoverable: exiting now');
  return GNU_FAILURE;
}

/** The last words of a run in which something went wrong. */
async function endWithFailure(context: AppletContext, creating: boolean): Promise<number> {
  const gnu = context.flavour === 'gnu';
  if (gnu) await context.complain('Exiting with failure status due to previous errors');
  else if (creating) await context.complain('error exit delayed from previous errors');
  return gnu ? GNU_FAILURE : 1;
}

/** Moves to each directory in turn; false, with a message, where there is none. */
async function enter(context: AppletContext, directories: readonly string[]): Promise<boolean> {
  for (const directory of directories) {
    try {
      context.process.cwd = context.files.directoryToEnter(directory);
    } catch (error) {
      await context.complain(
        context.flavour === 'gnu'
          ? `${directory}: Cannot open: ${errorText(error)}`
          : `can't change directory to '${directory}': ${errorText(error)}`,
      );
      return false;
    }
  }
  return true;
}

async function cannotOpen(context: AppletContext, path: string, error: unknown): Promise<number> {
  const reason = errorText(error);
  await context.complain(
    context.flavour === 'gnu' ? `${path}: Cannot open: ${reason}` : `can't open '${path}': ${reason}`,
  );
  return giveUp(context);
}

/** Reads the archive that is named; a number is the status to end with. */
async function openArchive(context: AppletContext, command: TarCommand): Promise<Archive | number> {
  const { archive: path, compression } = command;
  let read: Archive | Unreadable;
  try {
    const input = await context.open(path);
    const unseekable = path === '-' && context.flavour === 'gnu';
    read = await readArchive(context, path, input, compression ?? (unseekable ? 'none' : undefined));
    input.close();
  } catch (error) {
    return cannotOpen(context, path, error);
  }
  if (!('found' in read)) return read;
  if (context.flavour === 'busybox') {
    await context.complain(read.damaged ? 'corrupted data' : 'invalid magic');
    return context.complain('short read');
  }
  if (read.expected === 'none' && read.found !== 'none') {
    const option = { gzip: '-z', bzip2: '-j', xz: '-J', zstd: '--zstd' }[read.found];
    await context.complain(`Archive is compressed. Use ${option} option`);
    return giveUp(context);
  }
  await tellUnpackerFailed(context, read);
  return giveUp(context);
}

/** GNU tar leaves unpacking to other programs: what they say, and that they failed. */
async function tellUnpackerFailed(context: AppletContext, { expected, damaged }: Unreadable): Promise<void> {
  const words: Readonly<Record<string, string>> = {
    gzip: `\ngzip: stdin: ${damaged ? 'unexpected end of file' : 'not in gzip format'}`,
    bzip2: 'bzip2: (stdin) is not a bzip2 file.',
    xz: `xz: (stdin): ${damaged ? 'Compressed data is corrupt' : 'File format not recognized'}`,
    zstd: 'zstd: /*stdin*\\: unsupported format',
  };
  await context.err.write(`${words[expected] ?? ''}\n`);
  await context.complain(`Child returned status ${expected === 'bzip2' ? 2 : 1}`);
}

async function readMembers(context: AppletContext, command: TarCommand): Promise<number> {
  const archive = await openArchive(context, command);
  if (typeof archive === 'number') return archive;
  const { options } = command;
  if (archive.entries.length === 0 && archive.ending !== 'whole') return tellBadArchive(context, archive, true);
  if (archive.entries.length === 0 && archive.body.sizeBytes === 0)
    return tellBadArchive(context, { ...archive, ending: 'no tar' }, true);
  if (!(await enter(context, command.directories))) return giveUp(context);
  const names = command.operands.map(({ name }) => name);
  const gnu = context.flavour === 'gnu';
  const wildcards = options.has('wildcards');
  const selection = selectMembers(names, wildcards);
  const complete = await treatMembers(context, command, archive, selection.includes);
  const unmatched = selection.unmatched();
  if (gnu && !wildcards && unmatched.some((name) => /[*?[]/.test(name))) {
    await context.complain('Pattern matching characters used in file names');
    await context.complain('Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning');
  }
  for (const name of unmatched) await context.complain(`${name}: ${gnu ? 'Not' : 'not'} found in archive`);
  if (archive.ending !== 'whole') return tellBadArchive(context, archive, false);
  return complete && unmatched.length === 0 ? 0 : endWithFailure(context, false);
}

async function tellBadArchive(context: AppletContext, { ending, body }: Archive, atStart: boolean): Promise<number> {
  if (context.flavour === 'busybox') return context.complain('short read');
  if (atStart && ending === 'cut short' && (await startsWithZeros(body))) {
    await context.complain('A lone zero block at 1');
    return 0;
  }
  if (ending === 'cut short' && !atStart) {
    await context.complain('Unexpected EOF in archive');
    return giveUp(context);
  }
  await context.complain(atStart ? 'This does not look like a tar archive' : 'Skipping to next header');
  return endWithFailure(context, false);
}

async function startsWithZeros(body: Archive['body']): Promise<boolean> {
  if (body.sizeBytes < TAR_BLOCK_BYTES) return false;
  return (await readBody(body, 0, TAR_BLOCK_BYTES)).every((byte) => byte === 0);
}

/** The directory of `--one-top-level`, which is called like the archive unless it is named. */
function topLevelOf({ options, archive, mode }: TarCommand): string | undefined {
  if (!options.has('top') || mode !== 'extract') return undefined;
  const named = options.value('top') ?? '';
  return named === ''
    ? archive.slice(archive.lastIndexOf('/') + 1).replace(/(?:\.tar)?\.[^.]+$/, '')
    : withoutSlashes(named);
}

/** Lists or extracts the members that are meant; false when one failed. */
async function treatMembers(
  context: AppletContext,
  command: TarCommand,
  archive: Archive,
  included: (name: string) => boolean,
): Promise<boolean> {
  const { options, mode, verbosity } = command;
  const gnu = context.flavour === 'gnu';
  const excluded = await exclusions(context, command);
  const transform = nameTransform(options.values('transform'));
  const stripped = Number(options.value('strip') ?? 0);
  const below = topLevelOf(command);
  const printer = new EntryPrinter(context, gnu && options.has('numeric'));
  const extractor = await Extractor.create(context, command, archive);
  const listed = new SafeNames(context, 'member names');
  const printed = (entry: TarEntry, name: string): string | undefined => {
    const long = mode === 'list' ? verbosity > 0 : verbosity > 1 && gnu;
    if (mode !== 'list' && verbosity === 0) return undefined;
    return long ? printer.describe(entry, name) : name;
  };
  let complete = true;
  for (const entry of archive.entries) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    const name = entry.type === 'directory' ? `${withoutSlashes(entry.path)}/` : entry.path;
    if (!included(entry.path) || excluded(withoutSlashes(entry.path))) continue;
    const own = stripComponents(transform(name), stripped);
    const inside = below === undefined || own?.split('/', 1)[0] === below;
    const target = own === undefined || inside ? own : `${below}/${own}`;
    const line = gnu && target === undefined ? undefined : printed(entry, name);
    if (line !== undefined) await (options.has('O') ? context.err : context.out).write(`${line}\n`);
    // GNU tar tells which names it would change, and lists them as they are
    if (mode === 'list' && gnu && !options.has('P')) await listed.safe(name);
    if (mode === 'list' || target === undefined) continue;
    const linkName =
      entry.type === 'hardlink' ? (stripComponents(transform(entry.linkTarget ?? ''), stripped) ?? '') : undefined;
    if (await extractor.extract(entry, target, linkName)) continue;
    complete = false;
    // busybox ends at the first failure
    if (!gnu) break;
  }
  return (await extractor.finish()) && complete;
}

async function writeMembers(context: AppletContext, command: TarCommand): Promise<number> {
  const { mode, archive: path, compression, options } = command;
  const gnu = context.flavour === 'gnu';
  const named = command.operands.length > 0 || options.has('T');
  if (!named && mode === 'create') {
    if (gnu) return refuse(context, 'Cowardly refusing to create an empty archive');
    return context.complain('empty archive');
  }
  if (mode === 'create' && (compression === 'xz' || compression === 'zstd'))
    context.simulate(`${compression}: archives are written without making them smaller`);
  const writer = new TarWriter();
  const known = mode === 'create' ? new Map<string, number>() : await takeOver(context, command, writer);
  if (typeof known === 'number') return known;
  let output: (Output & { close?: () => Promise<void> }) | undefined;
  try {
    output = path === '-' ? context.out : await context.create(path);
  } catch (error) {
    return cannotOpen(context, path, error);
  }
  const start = context.process.cwd;
  const packer = await Packer.create(context, command, writer, mode === 'update' ? known : undefined);
  const adds = mode !== 'concatenate' && mode !== 'delete';
  const entered = !adds || (await packer.addAll((operand) => enterFrom(context, start, operand)));
  context.process.cwd = start;
  if (!entered) return giveUp(context);
  const parts = writer.finish();
  const sizeBytes = partsSize(parts);
  const padding = gnu ? (RECORD_BYTES - (sizeBytes % RECORD_BYTES)) % RECORD_BYTES : 0;
  await writeArchive(context, path, output, [...parts, new Uint8Array(padding)], compression ?? 'none');
  await output.close?.();
  return packer.failed ? endWithFailure(context, true) : 0;
}

/** The directories of an operand count from where tar was started. */
function enterFrom(context: AppletContext, start: typeof context.process.cwd, operand: Operand): Promise<boolean> {
  context.process.cwd = start;
  return enter(context, operand.directories);
}

/** Copies what an archive has into the new one (-r, -u, -A, --delete); gives the newest time of each name, or a status. */
async function takeOver(
  context: AppletContext,
  command: TarCommand,
  writer: TarWriter,
): Promise<Map<string, number> | number> {
  const names = command.operands.map(({ name }) => name);
  const archive =
    context.files.find(command.archive) === undefined && command.mode !== 'delete'
      ? undefined
      : await openArchive(context, command);
  if (typeof archive === 'number') return archive;
  const deleted = command.mode === 'delete' ? selectMembers(names, command.options.has('wildcards')) : undefined;
  const known = new Map<string, number>();
  const copy = (from: Archive): void => {
    for (const entry of from.entries) {
      if (deleted?.includes(entry.path) === true) continue;
      known.set(withoutSlashes(entry.path), entry.mtimeMs);
      if (entry.type === 'file') writer.add(entry, memberBody(from, entry));
      else writer.add(entry);
    }
  };
  if (archive !== undefined) copy(archive);
  for (const name of command.mode === 'concatenate' ? names : []) {
    const other = await openArchive(context, { ...command, archive: name, compression: undefined });
    if (typeof other === 'number') return other;
    copy(other);
  }
  return known;
}
