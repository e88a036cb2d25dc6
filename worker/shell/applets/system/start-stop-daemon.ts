/** start-stop-daemon, in the forms of busybox and of Debian */
import { bodyOf, readBody } from '../../../vfs/body.ts';
import { strerror } from '../../kernel/errno.ts';
import { execProgram, findExecutable, loadProgram } from '../../kernel/exec.ts';
import type { Process } from '../../kernel/process.ts';
import { parseSignal } from '../../kernel/signals.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { parseOwner, readUsers } from '../users.ts';
import { processesOf, programName } from './process-table.ts';

const LONG = {
  start: 'S', stop: 'K', status: 'T', exec: 'x', startas: 'a', pidfile: 'p', name: 'n', user: 'u', chuid: 'c', group: 'g', chdir: 'd',
  background: 'b', 'make-pidfile': 'm', signal: 's', oknodo: 'o', quiet: 'q', test: 't', verbose: 'v', retry: 'R', umask: 'k', nicelevel: 'N',
  'remove-pidfile': 'remove-pidfile', output: 'O', 'no-close': 'C', chroot: 'r',
}; // prettier-ignore

export const startStopDaemon: Applet = {
  names: ['start-stop-daemon'],
  summary: 'Start a process unless it runs, or stop those that match',
  usage: '[OPTIONS] -S|-K|-T ... [-- ARGS...]',
  async run(context) {
    const options = parseOptions(context.args, '+STKbmoqtvCx:a:p:n:u:c:g:d:s:R:k:N:O:r:1:2:', LONG);
    const matching = await matches(context, options);
    if (options.has('T')) return matching.length > 0 ? 0 : 3;
    if (options.has('K')) return stop(context, options, matching);
    if (!options.has('S')) throw new UsageError('');
    return start(context, options, matching);
  },
};

async function matches(context: AppletContext, options: Options): Promise<Process[]> {
  const path = options.value('p');
  let pid: number | undefined;
  if (path !== undefined) {
    const found = context.files.find(path)?.inode;
    pid = found?.kind === 'file' ? parseInt(decodeText(await readBody(found.body)), 10) : -1;
  }
  const program = options.value('x');
  const name = options.value('n');
  const users = await readUsers(context);
  const user = options.value('u');
  const uid = user === undefined ? undefined : (users.users.find((one) => one.name === user)?.uid ?? Number(user));
  if (path === undefined && program === undefined && name === undefined && user === undefined) return [];
  return processesOf(context).filter(
    (one) =>
      one !== context.process &&
      (pid === undefined || one.pid === pid) &&
      (program === undefined || one.argv[0] === program || one.executable === program) &&
      (name === undefined || programName(one) === name) &&
      (uid === undefined || one.credentials.uid === uid),
  );
}

async function stop(context: AppletContext, options: Options, processes: readonly Process[]): Promise<number> {
  const signal = parseSignal(options.value('s') ?? 'TERM');
  if (signal === undefined) return context.complain(`bad signal name '${options.value('s') ?? ''}'`);
  if (processes.length === 0) {
    if (!options.has('q'))
      await context.err.write(`no ${options.value('x') ?? options.value('n') ?? 'process'} found; none killed\n`);
    return options.has('o') ? 0 : 1;
  }
  for (const { pid } of options.has('t') ? [] : processes) context.process.kernel.signal(pid, signal);
  if (!options.has('q'))
    await context.out.write(
      `stopped ${options.value('x') ?? options.value('n') ?? 'process'} (pid${processes.length > 1 ? 's' : ''} ${processes.map(({ pid }) => pid).join(' ')})\n`,
    );
  if (options.has('R')) await Promise.race(processes.map(({ exited }) => context.process.waitFor(exited)));
  const path = options.value('p');
  if (options.has('remove-pidfile') && path !== undefined && context.files.find(path) !== undefined)
    context.files.unlink(path);
  return 0;
}

async function start(context: AppletContext, options: Options, running: readonly Process[]): Promise<number> {
  const program = options.value('a') ?? options.value('x');
  if (program === undefined) throw new UsageError('');
  if (running.length > 0) {
    if (!options.has('q'))
      await context.out.write(`${program} is already running\n${running.map(({ pid }) => pid).join('\n')}\n`);
    return options.has('o') ? 0 : 1;
  }
  if (options.has('t')) return 0;
  const owner = parseOwner(options.value('c') ?? options.value('u') ?? '0', await readUsers(context));
  if ('unknown' in owner) return context.complain(`unknown user ${owner.unknown}`);
  const argv = [program, ...options.operands];
  const prepare = (process: Process): void => {
    const directory = options.value('d');
    if (directory !== undefined) process.cwd = process.files.directoryToEnter(directory);
    const { uid, gid } = owner;
    if (options.has('c')) process.credentials = { uid: uid ?? 0, gid: gid ?? uid ?? 0, groups: [] };
  };
  const pidFile = options.has('m') ? options.value('p') : undefined;
  if (options.has('b')) return startBehind(context, argv, prepare, pidFile);
  if (pidFile !== undefined) writePid(context, pidFile, context.process.pid);
  prepare(context.process);
  const result = await context.exec(argv);
  if (typeof result === 'number') return result;
  return context.complain(`can't execute '${program}': ${result.reason ?? strerror(result.errno)}`);
}

function writePid(context: AppletContext, path: string, pid: number): void {
  context.files.writeBody(path, bodyOf(encodeText(`${pid}\n`)));
}

async function startBehind(
  context: AppletContext,
  argv: readonly string[],
  prepare: (process: Process) => void,
  pidFile: string | undefined,
): Promise<number> {
  const found = findExecutable(context.process, argv[0] ?? '', context.env.get('PATH'));
  if (!('path' in found)) return context.complain(`can't execute '${argv[0] ?? ''}': ${strerror(found.errno)}`);
  const child = context.process.kernel.fork(context.process);
  prepare(child);
  const loaded = await loadProgram(child, context.programs, found.path, argv);
  context.process.kernel.start(child, async () => ('main' in loaded ? execProgram(child, loaded, context.env) : 127));
  if (!('main' in loaded)) return context.complain(`can't execute '${argv[0] ?? ''}': ${strerror(loaded.errno)}`);
  if (pidFile !== undefined) writePid(context, pidFile, child.pid);
  return 0;
}
