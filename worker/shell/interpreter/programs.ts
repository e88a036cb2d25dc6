/** Running programs from a shell: looking them up, wording what goes wrong, and scripts that have no `#!`. */
import { readBody } from '../../vfs/body.ts';
import { execProgram, findExecutable, loadProgram, type NotExecutable } from '../kernel/exec.ts';
import type { Process } from '../kernel/process.ts';
import { decodeText, encodeText } from '../text.ts';
import { SourceText } from './source-text.ts';
import { Shell } from './shell.ts';
import { runMain } from './main.ts';

/** Runs a program in `process`, which it takes over. Gives its status, or 127 or 126 with the message printed. `argv0` is what it sees as its name. */
export async function runProgram(
  shell: Shell,
  process: Process,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  argv0 = argv[0] ?? '',
): Promise<number> {
  const name = argv[0] ?? '';
  const found = findExecutable(process, name, environment.get('PATH'));
  if (!('path' in found)) return complain(shell, process, name, found);
  const loaded = await loadProgram(process, shell.programs, found.path, [argv0, ...argv.slice(1)]);
  if ('main' in loaded) return execProgram(process, loaded, environment);
  if (loaded.errno !== 'ENOEXEC') return complain(shell, process, name, loaded);
  return runShellScript(shell, process, found.path, argv, environment);
}

/** A text file without `#!`: the shell itself runs it, as a new shell. */
async function runShellScript(
  shell: Shell,
  process: Process,
  path: string,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Promise<number> {
  const text = decodeText(await readBody(process.files.body(path)));
  process.argv = argv;
  process.environment = environment;
  const script = Shell.start({
    process,
    programs: shell.programs,
    dialect: shell.dialect,
    name: path,
    positional: argv.slice(1),
    options: [],
    source: new SourceText(text, 'file'),
  });
  return runMain(script);
}

async function complain(shell: Shell, process: Process, name: string, failure: NotExecutable): Promise<number> {
  const missing = failure.errno === 'ENOENT' || (failure.errno === 'ENOTDIR' && shell.dialect.name !== 'bash');
  const message = describeFailure(shell, process, name, failure, missing);
  if (process.descriptors.has(2)) await process.write(2, encodeText(`${shell.prefix()}${message}\n`));
  return missing ? 127 : 126;
}

function describeFailure(
  shell: Shell,
  process: Process,
  name: string,
  failure: NotExecutable,
  missing: boolean,
): string {
  const { messages } = shell.dialect;
  if (failure.badInterpreter === true && missing) {
    return shell.dialect.name === 'bash' ? `${name}: cannot execute: required file not found` : messages.notFound(name);
  }
  if (failure.reason !== undefined) return `${name}: ${failure.reason}`;
  if (name === '' && shell.dialect.name !== 'bash') return messages.notExecutable(name, 'EACCES', false);
  if (missing) return messages.notFound(name);
  if (failure.candidate !== undefined && shell.dialect.name === 'bash')
    return messages.notExecutable(failure.candidate, failure.errno, false);
  return messages.notExecutable(name, failure.errno, process.files.find(name)?.inode.kind === 'directory');
}
