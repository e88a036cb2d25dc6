/**
 * Starting a program: looking it up as `execvp` does, then finding out what it is (a `#!` script, a binary with an applet,
 * a program Strata built itself) and running it in the process that asked.
 */
import { baseName, type AbsolutePath } from '../../base/path.ts';
import { isSparse, readBody, type Body } from '../../vfs/body.ts';
import { decodeText } from '../text.ts';
import { EXECUTE, mayAccess } from './credentials.ts';
import { errnoOf, type Errno } from './errno.ts';
import type { Process } from './process.ts';
import { ownFunction } from './standalone-busybox.ts';

/** A program's code: runs in a process that has its arguments and environment, and gives the exit status. */
export type ProgramMain = (process: Process) => Promise<number>;

/** The programs Strata can run, by the name of their binary. */
export interface ProgramRegistry {
  /** The program a binary of this name stands for; undefined when there is none. */
  find(name: string): Promise<ProgramMain | undefined>;
  /** The program inside a binary that Strata's own compilers made; undefined for any other. */
  recognise(body: Body): Promise<ProgramMain | undefined>;
}

/** Where PATH is taken from when it is not set: the default of `execvp` in glibc. */
const DEFAULT_PATH = '/bin:/usr/bin';
const MAX_INTERPRETERS = 4;
const HEADER_BYTES = 256;

/** Why a program cannot be started. `errno` is ENOENT for one that is not there. */
export interface NotExecutable {
  readonly errno: Errno;
  /** What PATH led to, where that may not be executed. */
  readonly candidate?: string;
  /** More than the errno says, where there is more to say. */
  readonly reason?: string;
  /** It is the interpreter of a script that cannot be started. */
  readonly badInterpreter?: boolean;
}

/** Looks `name` up: a path when it holds a slash, else what the program that asks has itself, else in the directories of `path`. */
export function findExecutable(
  process: Process,
  name: string,
  path: string | undefined,
): { readonly path: string } | NotExecutable {
  if (name === '') return { errno: 'ENOENT' };
  if (name.includes('/')) return checkExecutable(process, name);
  const own = ownFunction(process, name);
  if (own !== undefined) return { path: own };
  let denied: string | undefined;
  for (const directory of (path ?? DEFAULT_PATH).split(':')) {
    const candidate = directory === '' ? name : `${directory}/${name}`;
    const found = checkExecutable(process, candidate);
    if ('path' in found) return { path: directory === '' ? `./${name}` : candidate };
    if (found.errno === 'EACCES') denied ??= candidate;
  }
  return denied === undefined ? { errno: 'ENOENT' } : { errno: 'EACCES', candidate: denied };
}

/** True when `path` is a file this process may execute. */
export function checkExecutable(process: Process, path: string): { readonly path: string } | NotExecutable {
  try {
    const { inode } = process.files.stat(path);
    if (inode.kind !== 'file' || !mayAccess(inode, process.credentials, EXECUTE)) return { errno: 'EACCES' };
    return { path };
  } catch (error) {
    return { errno: errnoOf(error) ?? 'EIO' };
  }
}

/** A program that is ready to run, with the arguments it is to see. */
export interface LoadedProgram {
  readonly argv: readonly string[];
  readonly path: AbsolutePath;
  readonly main: ProgramMain;
}

/** Finds out what the executable at `path` is. ENOEXEC means a text file without `#!`, which a shell runs itself. */
export async function loadProgram(
  process: Process,
  programs: ProgramRegistry,
  path: string,
  argv: readonly string[],
  depth = 0,
): Promise<LoadedProgram | NotExecutable> {
  const executable = checkExecutable(process, path);
  if (!('path' in executable)) return executable;
  const { inode, path: realPath } = process.files.stat(path);
  if (inode.kind !== 'file') return { errno: 'EACCES' };
  const header = await readBody(inode.body, 0, HEADER_BYTES);
  const interpreter = shebangOf(header);
  if (interpreter !== undefined) {
    if (depth >= MAX_INTERPRETERS) return { errno: 'ELOOP' };
    // a replica leaves the text of a script out: zeros follow its first line, held as a hole or, where they are few, as bytes
    const isLeftOut = isSparse(inode.body) || header.includes(0);
    if (isLeftOut || isForeignScript(interpreter.path, realPath)) {
      const standIn = await findApplet(programs, path, realPath, argv);
      if ('main' in standIn || isLeftOut) return standIn;
    }
    const words = [interpreter.path, ...interpreter.argument, path, ...argv.slice(1)];
    const loaded = await loadProgram(process, programs, interpreter.path, words, depth + 1);
    return 'main' in loaded ? loaded : { ...loaded, badInterpreter: true };
  }
  const own = await programs.recognise(inode.body);
  if (own !== undefined) return { argv, path: realPath, main: own };
  if (!isBinary(header)) return { errno: 'ENOEXEC' };
  return findApplet(programs, path, realPath, argv);
}

/** Makes `process` become the program; its status is the result. */
export function execProgram(
  process: Process,
  program: LoadedProgram,
  environment: ReadonlyMap<string, string>,
): Promise<number> {
  process.argv = program.argv;
  process.environment = environment;
  process.executable = program.path;
  process.descriptors.closeForExec();
  for (const [signal, disposition] of [...process.dispositions]) {
    if (disposition === 'handle') process.dispositions.delete(signal);
  }
  return program.main(process);
}

async function findApplet(
  programs: ProgramRegistry,
  path: string,
  realPath: AbsolutePath,
  argv: readonly string[],
): Promise<LoadedProgram | NotExecutable> {
  const called = lastSegment(argv[0] ?? path).replace(/^-/, '');
  const names = baseName(realPath) === 'busybox' ? [called] : [baseName(realPath), lastSegment(path)];
  for (const name of names) {
    const main = await programs.find(name);
    if (main !== undefined) return { argv, path: realPath, main };
  }
  return {
    errno: 'EACCES',
    reason: `Strata has no program for "${names.at(-1) ?? ''}": binaries of this machine's processor do not run in a browser`,
  };
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A system's own program in a language that nothing here runs (`adduser` in Perl, `pip` in Python): its applet stands in for it. */
function isForeignScript(interpreter: string, realPath: AbsolutePath): boolean {
  return (
    !/\/(?:ba|da|a)?sh$/.test(interpreter) && /^\/(?:usr\/)?(?:local\/)?s?bin\/|^\/usr\/(?:share|lib)\//.test(realPath)
  );
}

/** The `#!` line, split as Linux does: the interpreter, and all that follows as one argument. */
function shebangOf(header: Uint8Array): { readonly path: string; readonly argument: readonly string[] } | undefined {
  if (header[0] !== 0x23 || header[1] !== 0x21) return undefined;
  const end = header.indexOf(0x0a);
  const line = decodeText(header.subarray(2, end === -1 ? undefined : end)).replace(/^[ \t]+|[ \t]+$/g, '');
  const match = /^([^ \t]+)(?:[ \t]+(.*))?$/s.exec(line);
  if (match?.[1] === undefined) return undefined;
  return { path: match[1], argument: match[2] === undefined ? [] : [match[2]] };
}

/** ELF, or the zeros of a replica's binary whose bytes are left out. */
function isBinary(header: Uint8Array): boolean {
  const elf = header[0] === 0x7f && header[1] === 0x45 && header[2] === 0x4c && header[3] === 0x46;
  return elf || (header.byteLength > 0 && header.every((byte) => byte === 0));
}
