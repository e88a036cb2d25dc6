/** `.` and `source`: running a file in this shell. */
import { readBody } from '../../../vfs/body.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { decodeText } from '../../text.ts';
import { ShellError } from '../failures.ts';
import { runForBuiltin, runSource } from '../nested.ts';
import { SourceText } from '../source-text.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const dot: Builtin = {
  names: ['.', 'source'],
  special: true,
  async run(shell, args, name) {
    const [path, ...words] = args[0] === '--' ? args.slice(1) : args;
    const rest = shell.dialect.name === 'dash' ? [] : words;
    if (path === undefined) {
      if (shell.dialect.name === 'bash')
        throw new ShellError(`filename argument required\n${name}: usage: ${name} filename [arguments]`, 2);
      if (shell.dialect.name === 'dash') return 0;
      throw new ShellError('filename argument required');
    }
    const text = await textOf(shell, path);
    if (text === undefined) return 1;
    const { positional, command } = shell;
    if (rest.length > 0) shell.positional = rest;
    shell.sourceDepth++;
    // ash and dash name the file in messages, as if it were a builtin; bash puts it in place of the shell.
    shell.command = shell.dialect.name === 'bash' ? undefined : path;
    const source = new SourceText(text, 'file', { file: path });
    try {
      const status = await runForBuiltin(shell, () => runSource(shell, source));
      if (shell.unwinding?.kind !== 'return') return status;
      shell.unwinding = undefined;
      return shell.lastStatus;
    } finally {
      shell.sourceDepth--;
      shell.command = command;
      if (rest.length > 0) shell.positional = positional;
    }
  },
};

/** The file's text; undefined when bash, which goes on, has said why there is none. */
async function textOf(shell: Shell, path: string): Promise<string | undefined> {
  try {
    const found = search(shell, path);
    if (found === undefined) throw new ShellError(failure(shell, path, undefined));
    return decodeText(await readBody(shell.process.files.body(found)));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    if (shell.dialect.name !== 'bash')
      throw new ShellError(failure(shell, path, errno === 'ENOENT' ? undefined : strerror(errno)));
    shell.command = undefined;
    await shell.complain(`${path}: ${strerror(errno)}`);
    return undefined;
  }
}

/** A name without a slash is looked for in PATH; bash alone falls back to the working directory. */
function search(shell: Shell, path: string): string | undefined {
  if (path.includes('/')) return path;
  const directories = (shell.variables.get('PATH') ?? '').split(':');
  const found = directories.map((directory) => `${directory === '' ? '.' : directory}/${path}`);
  const inPath = found.find((candidate) => shell.process.files.find(candidate)?.inode.kind === 'file');
  return inPath ?? (shell.dialect.name === 'bash' ? path : undefined);
}

function failure(shell: Shell, path: string, reason: string | undefined): string {
  switch (shell.dialect.name) {
    case 'bash':
      return `${path}: ${reason ?? 'No such file or directory'}`;
    case 'dash':
      return path.includes('/') ? `cannot open ${path}: ${reason ?? 'No such file'}` : `${path}: not found`;
    case 'ash':
      return path.includes('/')
        ? `can't open '${path}': ${reason ?? 'No such file or directory'}`
        : `${path}: not found`;
  }
}
