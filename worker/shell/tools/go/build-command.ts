/** `go build`, `install`, `run`, `vet`. */
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { AppletContext } from '../../applets/context.ts';
import { makeDirectories } from '../placing.ts';
import { writeBuildCache } from './cache.ts';
import { evaluateMain } from './evaluate.ts';
import { goEnvironment, type GoInstallation } from './installation.ts';
import { findModule, type GoModule } from './module.ts';
import { GoBuildError, loadPackage, type GoPackage } from './package.ts';
import { goBinary, type GoProgram } from './program.ts';
import { binarySize, compiledPackages } from './sizes.ts';

/** Flags that take a value (`-flag value` or `-flag=value`). */
const VALUE_FLAGS = new Set([
  'o',
  'p',
  'asmflags',
  'buildmode',
  'compiler',
  'gccgoflags',
  'gcflags',
  'installsuffix',
  'ldflags',
  'mod',
  'modfile',
  'overlay',
  'pgo',
  'pkgdir',
  'tags',
  'toolexec',
  'covermode',
  'coverpkg',
  'C',
  'exec',
]);
const PLAIN_FLAGS = new Set([
  'a',
  'n',
  'race',
  'msan',
  'asan',
  'cover',
  'v',
  'work',
  'x',
  'i',
  'asan',
  'linkshared',
  'modcacherw',
  'trimpath',
  'buildvcs',
  'json',
]);

interface BuildFlags {
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

const NOTE =
  'go build: the output is a stand-in of realistic size; run here, it prints what could be told from its source';
const NO_MODULE = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'";

export async function goBuild(
  context: AppletContext,
  installation: GoInstallation,
  command: 'build' | 'install' | 'run' | 'vet',
  args: readonly string[],
): Promise<number> {
  const flags = parseFlags(args);
  if (typeof flags === 'string') {
    await context.err.write(
      `flag provided but not defined: -${flags}\nusage: go ${command} [build flags] [packages]\nRun 'go help ${command}' for details.\n`,
    );
    return 2;
  }
  const directory = flags.values.get('C');
  if (directory !== undefined) context.process.cwd = context.files.directoryToEnter(directory);
  try {
    const module = await findModule(context);
    const target = await findTarget(context, installation, module, flags.operands);
    context.simulate(NOTE);
    if (command === 'vet') return 0;
    return command === 'run'
      ? await runTarget(context, target.package)
      : await writeTarget(context, installation, module, target, flags, command);
  } catch (error) {
    if (!(error instanceof GoBuildError)) throw error;
    await context.err.write(`${error.message}\n`);
    return 1;
  }
}

/** The name of an unknown flag, or the flags. */
function parseFlags(args: readonly string[]): BuildFlags | string {
  const values = new Map<string, string>();
  let at = 0;
  for (; at < args.length; at++) {
    const match = /^--?([A-Za-z]+)(?:=(.*))?$/s.exec(args[at] ?? '');
    if (match === null) break;
    const [, name = '', value] = match;
    if (VALUE_FLAGS.has(name)) values.set(name, value ?? args[++at] ?? '');
    else if (PLAIN_FLAGS.has(name)) values.set(name, value ?? 'true');
    else return name;
  }
  return { values, operands: args.slice(at) };
}

interface Target {
  readonly package: GoPackage;
  /** The name of its binary unless -o says otherwise. */
  readonly name: string;
}

async function findTarget(
  context: AppletContext,
  installation: GoInstallation,
  module: GoModule | undefined,
  operands: readonly string[],
): Promise<Target> {
  const { cwd } = context.process;
  const count = operands.findIndex((word) => !word.endsWith('.go'));
  const files = operands.slice(0, count === -1 ? undefined : count);
  if (files.length > 0) {
    const [first = ''] = files;
    const name = first.slice(first.lastIndexOf('/') + 1).replace(/\.go$/, '');
    return { package: await loadPackage(context, installation, module, cwd, files), name };
  }
  const path = operands[0] ?? '.';
  if (module === undefined) throw new GoBuildError(NO_MODULE);
  const directory = directoryOf(context, module, path);
  const name = lastSegment(directory === module.directory ? module.path : directory);
  return { package: await loadPackage(context, installation, module, directory, undefined), name };
}

function directoryOf(context: AppletContext, module: GoModule, path: string): string {
  const relative = path.replace(/\/?\.\.\.$/, '') || '.';
  const inModule = relative === module.path || relative.startsWith(`${module.path}/`);
  const directory = inModule ? module.directory + relative.slice(module.path.length) : relative;
  if (!inModule && !/^[./]/.test(relative)) throw new GoBuildError(`package ${relative} is not in std`);
  const found = context.files.find(directory);
  if (found?.inode.kind === 'directory') return found.path;
  throw new GoBuildError(`stat ${context.process.cwd}/${relative.replace(/^\.\//, '')}: directory not found`);
}

function lastSegment(path: string): string {
  const segments = path.split('/');
  const last = segments.at(-1) ?? '';
  return /^v\d+$/.test(last) && segments.length > 1 ? (segments.at(-2) ?? last) : last;
}

async function writeTarget(
  context: AppletContext,
  installation: GoInstallation,
  module: GoModule | undefined,
  target: Target,
  flags: BuildFlags,
  command: 'build' | 'install',
): Promise<number> {
  const settings = goEnvironment(context, installation, module?.path);
  const { imports, packageName } = target.package;
  const salt = [
    installation.version,
    settings.get('GOOS'),
    settings.get('GOARCH'),
    settings.get('CGO_ENABLED'),
    flags.values.get('installsuffix') ?? '',
    flags.values.get('tags') ?? '',
  ].join(' ');
  const cache = settings.get('GOCACHE') ?? '/root/.cache/go-build';
  if (cache !== 'off') writeBuildCache(context, cache, compiledPackages(imports), salt);
  if (flags.values.has('v')) for (const path of compiledPackages(imports).keys()) await context.err.write(`${path}\n`);
  if (packageName !== 'main') return 0;
  const stripped = /(?:^|\s)-s(?:\s|$)/.test(flags.values.get('ldflags') ?? '');
  const body = goBinary(programOf(target.package, linkedValues(flags)), binarySize(imports, stripped));
  const path = outputPath(context, settings, target.name, flags, command);
  try {
    // cmd/go makes the directories of what -o names
    makeDirectories(context, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    if (context.files.find(path, false)?.inode.kind === 'file') context.files.unlink(path);
    context.files.writeBody(path, body, 0o777);
    return 0;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new GoBuildError(`go: open ${path}: ${strerror(errno).toLowerCase()}`);
  }
}

function outputPath(
  context: AppletContext,
  settings: ReadonlyMap<string, string>,
  name: string,
  flags: BuildFlags,
  command: 'build' | 'install',
): string {
  const given = flags.values.get('o');
  const file = settings.get('GOOS') === 'windows' ? `${name}.exe` : name;
  if (command === 'install') {
    const directory =
      settings.get('GOBIN') === '' ? `${settings.get('GOPATH') ?? '/go'}/bin` : (settings.get('GOBIN') ?? '');
    return `${directory}/${file}`;
  }
  if (given === undefined) return file;
  const isDirectory = given.endsWith('/') || context.files.find(given)?.inode.kind === 'directory';
  return isDirectory ? `${given.replace(/\/$/, '')}/${file}` : given;
}

/** What `-X main.name=value` of the linker's flags sets. */
function linkedValues(flags: BuildFlags): Map<string, string> {
  const given = (flags.values.get('ldflags') ?? '').matchAll(/-X[= ]\s*['"]?main\.(\w+)=((?:[^\s'"])*)/g);
  return new Map(Array.from(given, ([, name = '', value = '']) => [name, value]));
}

function programOf({ files }: GoPackage, linked: ReadonlyMap<string, string> = new Map()): GoProgram {
  const { stdout, stderr, exitCode, skipped } = evaluateMain(files, linked);
  const note =
    skipped === 0
      ? ''
      : `strata: this stand-in of a Go program leaves out ${skipped} statement${skipped === 1 ? '' : 's'} of main\n`;
  return { stdout, stderr: stderr + note, exitCode };
}

async function runTarget(context: AppletContext, target: GoPackage): Promise<number> {
  if (target.packageName !== 'main') throw new GoBuildError(`package command-line-arguments is not a main package`);
  const { stdout, stderr, exitCode } = programOf(target);
  await context.out.write(stdout);
  await context.out.flush();
  await context.err.write(stderr);
  if (exitCode === 0) return 0;
  await context.err.write(`exit status ${exitCode}\n`);
  return 1;
}
