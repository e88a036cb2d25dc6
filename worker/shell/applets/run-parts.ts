/** run-parts: runs the scripts of a directory in the order of their names. */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { checkExecutable } from '../kernel/exec.ts';
import { strerror } from '../kernel/errno.ts';
import { parseOptions, UsageError } from './options.ts';

/** Names that Debian's runs: what an editor or a package manager left behind has others. */
const PLAIN_NAME = /^[A-Za-z0-9_-]+$/;
/** Names that busybox's runs. */
const VISIBLE_NAME = /^[^.]/;

export const runParts: Applet = {
  names: ['run-parts'],
  summary: 'Run a bunch of scripts in DIRECTORY',
  usage: '[-a ARG]... [-u UMASK] [--reverse] [--test] [--exit-on-error] [--list] DIRECTORY',
  async run(context) {
    const options = parseOptions(context.args, '+a:u:v', {
      arg: 'a:',
      umask: 'u:',
      verbose: 'v',
      test: 'test',
      list: 'list',
      report: 'report',
      reverse: 'reverse',
      'exit-on-error': 'exit',
      regex: 'regex:',
    });
    const [directory] = options.operands;
    if (directory === undefined) throw new UsageError('');
    const debian = context.flavour === 'gnu';
    const pattern = options.has('regex')
      ? new RegExp(options.value('regex') ?? '')
      : debian
        ? PLAIN_NAME
        : VISIBLE_NAME;
    let names: string[];
    try {
      names = context.files
        .list(directory)
        .map(({ name }) => name)
        .filter((name) => pattern.test(name))
        .sort((a, b) => (a < b ? -1 : 1));
    } catch (error) {
      const status = await context.report(debian ? `failed to open directory ${directory}` : directory, error);
      // busybox finds nothing to run, and is content.
      return debian ? status : 0;
    }
    if (options.has('reverse')) names.reverse();
    const umask = options.value('u');
    if (umask !== undefined) context.process.umask = Number.parseInt(umask, 8) & 0o777;
    const paths = names.map((name) => `${directory.replace(/\/+$/, '')}/${name}`);
    let status = 0;
    for (const path of paths.filter((each) => isRun(context, each, options.has('list')))) {
      if (options.has('test') || options.has('list')) {
        await context.out.write(`${path}\n`);
        continue;
      }
      if (options.has('v')) await context.err.write(`${context.name}: executing ${path}\n`);
      if (await runPart(context, [path, ...options.values('a')])) continue;
      status = 1;
      if (options.has('exit')) break;
    }
    return status;
  },
};

function isRun(context: AppletContext, path: string, listing: boolean): boolean {
  if (context.files.find(path)?.inode.kind !== 'file') return false;
  return listing || 'path' in checkExecutable(context.process, path);
}

async function runPart(context: AppletContext, argv: readonly string[]): Promise<boolean> {
  const result = await context.spawn(argv);
  const [path = ''] = argv;
  if (typeof result !== 'number') {
    await context.complain(`failed to exec ${path}: ${result.reason ?? strerror(result.errno)}`);
    return false;
  }
  if (result !== 0) {
    await context.complain(
      `${path}${context.flavour === 'gnu' ? ' exited with return code' : ': exit status'} ${result}`,
    );
  }
  return result === 0;
}
