/** gzip, bzip2, xz, zstd and the names that unpack: gunzip, zcat, bzcat and so on. */
import { compressed } from '../../../codec/compressing.ts';
import { isEngineError } from '../../../base/errors.ts';
import { errnoOf, systemError } from '../../kernel/errno.ts';
import type { FileStatus } from '../../kernel/file-status.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, type Options } from '../options.ts';
import type { Input } from '../streams.ts';
import { COMPRESSION_PROGRAMS, type CompressionFormat } from './formats.ts';
import { listContents } from './listing.ts';
import { recognise, uncompressed, type Recognised } from './streams.ts';
import { wordsOf, type Words } from './words.ts';

const LONG = {
  decompress: 'd', uncompress: 'd', stdout: 'c', 'to-stdout': 'c', keep: 'k', force: 'f', test: 't', list: 'l', verbose: 'v', quiet: 'q',
  'no-name': 'n', name: 'N', fast: '1', best: '9', rm: 'rm', threads: 'T', output: 'o', recursive: 'r', compress: 'z', extreme: 'e',
}; // prettier-ignore

/** What one run does. */
interface Task {
  readonly context: AppletContext;
  readonly format: CompressionFormat;
  readonly words: Words;
  readonly mode: 'pack' | 'unpack' | 'test' | 'list';
  readonly toStdout: boolean;
  readonly keep: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
  readonly level: number;
  readonly output: string | undefined;
}

export const compress: Applet = {
  names: COMPRESSION_PROGRAMS.map(({ name }) => name),
  summary: 'Compress or decompress FILEs (xz and zstd store them: not made smaller)',
  usage: '[-cfkdt123456789] [FILE]...',
  async run(context) {
    const program = COMPRESSION_PROGRAMS.find(({ name }) => name === context.name) ?? COMPRESSION_PROGRAMS[0];
    if (program === undefined) return 1;
    const { format, does } = program;
    const letters = format.compression === 'gzip' ? 'cdfkhlnNqrtvS:' : 'cdfkhlqtvsez0T:o:';
    const options = parseOptions(context.args, `${letters}123456789`, LONG);
    const task = taskOf(context, format, does, options);
    if (task.mode === 'pack' && format.stores !== undefined) context.simulate(format.stores);
    let status = 0;
    if (task.mode === 'list') await context.out.write(LIST_HEADING);
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      status = Math.max(status, path === '-' ? await treatStdin(task) : await treatFile(task, path));
    }
    return status;
  },
};

const LIST_HEADING = `${'compressed'.padStart(19)}${'uncompressed'.padStart(20)}  ratio uncompressed_name\n`;

function taskOf(
  context: AppletContext,
  format: CompressionFormat,
  does: 'pack' | 'unpack' | 'print',
  options: Options,
): Task {
  const unpacking = does !== 'pack' || options.has('d');
  const level = options.given.findLast(({ option }) => /^[1-9]$/.test(option))?.option;
  return {
    context,
    format,
    words: wordsOf(context),
    mode: options.has('l') ? 'list' : options.has('t') ? 'test' : unpacking && !options.has('z') ? 'unpack' : 'pack',
    toStdout: does === 'print' || options.has('c'),
    keep: options.has('k') || (format.keepsInput && !options.has('rm')),
    force: options.has('f'),
    verbose: options.has('v'),
    level: level === undefined ? 6 : Number(level),
    output: options.value('o'),
  };
}

async function treatStdin(task: Task): Promise<number> {
  return treatStream(task, task.context.stdin(), undefined, (bytes) => task.context.out.write(bytes));
}

async function treatFile(task: Task, path: string): Promise<number> {
  const { context, words } = task;
  let status: FileStatus;
  try {
    status = context.files.stat(path);
    if (words.refusesLinks && !task.toStdout && !task.force) refuseLink(context, path);
  } catch (error) {
    return words.cannotOpen(path, error);
  }
  if (status.inode.kind === 'directory') return words.isDirectory(path);
  const reading = task.toStdout || task.mode === 'test' || task.mode === 'list';
  const target = reading ? undefined : (task.output ?? targetName(task, path));
  if (!reading && target === undefined)
    return task.mode === 'pack' ? words.alreadyPacked(path, task.format) : words.unknownSuffix(path);
  let input: Input | undefined;
  try {
    input = await context.open(path);
    if (target !== undefined) return await toFile(task, path, status, input, target);
    return await treatStream(task, input, path, (bytes) => context.out.write(bytes));
  } catch (error) {
    if (errnoOf(error) === 'EPIPE') throw error;
    return await words.cannotOpen(path, error);
  } finally {
    input?.close();
  }
}

/** Opening a link without following it fails so. */
function refuseLink(context: AppletContext, path: string): void {
  if (context.files.lstat(path).inode.kind === 'symlink') throw systemError('ELOOP', path);
}

/** What the result is called; undefined for a name that has no business here. */
function targetName(task: Task, path: string): string | undefined {
  const { suffixes } = task.format;
  const suffix = suffixes.find(([packed]) => path.endsWith(packed) && !path.endsWith(`/${packed}`));
  if (task.mode === 'unpack') return suffix === undefined ? undefined : path.slice(0, -suffix[0].length) + suffix[1];
  return suffix !== undefined && task.words.leavesPacked && !task.force ? undefined : path + (suffixes[0]?.[0] ?? '');
}

async function toFile(task: Task, path: string, from: FileStatus, input: Input, target: string): Promise<number> {
  const { context, words } = task;
  const { files } = context;
  if (files.find(target, false) !== undefined) {
    if (!task.force) return words.exists(target);
    files.unlink(target);
  }
  let output: Awaited<ReturnType<AppletContext['create']>>;
  try {
    output = await context.create(target, { write: true, create: true, exclusive: true }, 0o600);
  } catch (error) {
    return words.cannotCreate(target, error);
  }
  const status = await treatStream(task, input, path, (bytes) => output.write(bytes));
  await output.close();
  if (status !== 0) {
    files.unlink(target);
    return status;
  }
  const packed = task.mode === 'pack' ? files.stat(target) : from;
  const plain = task.mode === 'pack' ? from : files.stat(target);
  files.changeMode(target, from.inode.mode & 0o777);
  if (context.process.credentials.uid === 0) files.changeOwner(target, from.inode.uid, from.inode.gid);
  if (words.keepsTimes) files.changeTime(target, from.inode.mtimeMs);
  if (!task.keep) files.unlink(path);
  if (task.verbose) await words.told(path, target, plain.sizeBytes, packed.sizeBytes, task.keep);
  return 0;
}

/** Packs or unpacks one input; gives the status. `path` is undefined for standard input. */
async function treatStream(
  task: Task,
  input: Input,
  path: string | undefined,
  write: (bytes: Uint8Array) => Promise<void> | undefined,
): Promise<number> {
  const recognised = await recognise(input);
  if (task.mode === 'pack') {
    for await (const bytes of compressed(recognised.stream, task.format.compression, task.level)) {
      const pause = task.context.checkpoint();
      if (pause !== undefined) await pause;
      await write(bytes);
    }
    return 0;
  }
  const wrong = formatProblem(task, recognised);
  if (wrong !== undefined) return task.words.damaged(path, wrong, task.format);
  if (task.mode === 'list') return listContents(task.context, recognised, path);
  try {
    for await (const bytes of uncompressed(recognised)) {
      const pause = task.context.checkpoint();
      if (pause !== undefined) await pause;
      if (task.mode === 'unpack') await write(bytes);
    }
  } catch (error) {
    if (!isEngineError(error, 'corrupt')) throw error;
    return task.words.damaged(path, 'damaged', task.format);
  }
  return 0;
}

/** Bytes of another format are refused, but where the program knows several, or passes through what is none. */
function formatProblem(task: Task, { compression, empty }: Recognised): 'empty' | 'other' | undefined {
  if (empty) return task.format.compression === 'gzip' ? 'empty' : undefined;
  if (compression === task.format.compression) return undefined;
  if (compression !== 'none' && task.words.readsAll(task.context.name)) return undefined;
  return task.force && task.toStdout && task.words.passesThrough ? undefined : 'other';
}
