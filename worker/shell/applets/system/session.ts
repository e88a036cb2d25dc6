/** flock, logger, clear, getconf and lsb_release. */
import { readBody } from '../../../vfs/body.ts';
import { PROCESSORS } from '../../kernel/proc.ts';
import { decodeText } from '../../text.ts';
import { strerror } from '../../kernel/errno.ts';
import type { Applet } from '../applet.ts';
import { parseOptions, UsageError } from '../options.ts';

/** Nobody but the container's own programs could hold a lock, and those that wait for each other use pipes here. */
export const flock: Applet = {
  names: ['flock'],
  summary: '[Un]lock file descriptor, or lock FILE, run PROG',
  usage: '[-sxun] FD | { FILE [-c] PROG ARGS }',
  async run(context) {
    const options = parseOptions(context.args, '+sxunoew:E:', {
      shared: 's',
      exclusive: 'x',
      unlock: 'u',
      nonblock: 'n',
      timeout: 'w',
    });
    const [file, ...command] = options.operands;
    if (file === undefined) throw new UsageError('');
    if (command.length === 0)
      return /^\d+$/.test(file) && context.process.descriptors.has(Number(file))
        ? 0
        : context.complain(`bad file descriptor '${file}'`);
    const description = await context.files.open(file, { read: true, write: true, create: true });
    description.release();
    const argv = command[0] === '-c' ? ['sh', ...command] : command;
    const result = await context.exec(argv);
    if (typeof result === 'number') return result;
    return context.complain(`can't execute '${argv[0] ?? ''}': ${result.reason ?? strerror(result.errno)}`);
  },
};

/** There is no log daemon in a build: what is logged is lost, as in a real one. */
export const logger: Applet = {
  names: ['logger'],
  summary: 'Write MESSAGE (or stdin) to syslog',
  usage: '[-s] [-t TAG] [-p PRIO] [MESSAGE]',
  async run(context) {
    const options = parseOptions(context.args, 'st:p:i', { stderr: 's', tag: 't', priority: 'p' });
    if (options.has('s')) await context.err.write(`${options.value('t') ?? 'root'}: ${options.operands.join(' ')}\n`);
    return 0;
  },
};

export const clear: Applet = {
  names: ['clear', 'reset'],
  summary: 'Clear screen',
  usage: '',
  async run(context) {
    await context.out.write('\x1b[H\x1b[J');
    return 0;
  },
};

const CONFIGURATION: Readonly<Record<string, string>> = {
  ARG_MAX: '2097152',
  LONG_BIT: '64',
  NAME_MAX: '255',
  PAGESIZE: '4096',
  PAGE_SIZE: '4096',
  PATH_MAX: '4096',
  OPEN_MAX: '1024',
  CLK_TCK: '100',
  GNU_LIBC_VERSION: 'glibc 2.36',
  PATH: '/bin:/usr/bin',
  _NPROCESSORS_ONLN: String(PROCESSORS),
  _NPROCESSORS_CONF: String(PROCESSORS),
};

export const getconf: Applet = {
  names: ['getconf'],
  summary: 'Print system configuration values',
  usage: 'NAME [PATH]',
  async run(context) {
    const [name = ''] = context.args;
    const value = Object.hasOwn(CONFIGURATION, name) ? CONFIGURATION[name] : undefined;
    if (value === undefined) {
      await context.complain(`Unrecognized variable \`${name}'`);
      return 2;
    }
    await context.out.write(`${value}\n`);
    return 0;
  },
};

export const lsbRelease: Applet = {
  names: ['lsb_release'],
  summary: 'Print distribution-specific information',
  usage: '[-idrcas]',
  async run(context) {
    const options = parseOptions(context.args, 'idrcasv', {
      id: 'i', description: 'd', release: 'r', codename: 'c', all: 'a', short: 's',
    }); // prettier-ignore
    const release = new Map<string, string>();
    if (context.files.find('/etc/os-release') !== undefined) {
      for (const line of decodeText(await readBody(context.files.body('/etc/os-release'))).split('\n')) {
        const equals = line.indexOf('=');
        if (equals > 0) release.set(line.slice(0, equals), line.slice(equals + 1).replace(/^"(.*)"$/, '$1'));
      }
    }
    const id = release.get('ID') ?? 'n/a';
    const fields = [
      ['i', 'Distributor ID', id.charAt(0).toUpperCase() + id.slice(1)],
      ['d', 'Description', release.get('PRETTY_NAME') ?? 'n/a'],
      ['r', 'Release', release.get('VERSION_ID') ?? 'n/a'],
      ['c', 'Codename', release.get('VERSION_CODENAME') ?? 'n/a'],
    ] as const;
    if (!options.has('s')) await context.err.write('No LSB modules are available.\n');
    for (const [letter, label, value] of fields) {
      if (options.has(letter) || options.has('a'))
        await context.out.write(options.has('s') ? `${value}\n` : `${label}:\t${value}\n`);
    }
    return 0;
  },
};
