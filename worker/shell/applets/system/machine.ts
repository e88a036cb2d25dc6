/** Small programs that tell of the machine: hostid, mountpoint, lscpu, lsblk, findmnt, sysctl, lsmod, stty. */
import { readBody } from '../../../vfs/body.ts';
import { PROCESSORS } from '../../kernel/proc.ts';
import { decodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import { errorText } from '../context.ts';
import { parseOptions, UsageError } from '../options.ts';

export const hostid: Applet = {
  names: ['hostid'],
  summary: 'Print out a unique 32-bit identifier for the machine',
  usage: '',
  async run(context) {
    // glibc makes it of the address 127.0.0.1, the two halves changed round; musl knows none
    await context.out.write(context.flavour === 'busybox' ? '00000000\n' : '007f0100\n');
    return 0;
  },
};

export const mountpoint: Applet = {
  names: ['mountpoint'],
  summary: 'Check if the directory is a mountpoint',
  usage: '[-q] DIR',
  async run(context) {
    const options = parseOptions(context.args, 'qdxn', { quiet: 'q' });
    const [path] = options.operands;
    if (path === undefined) throw new UsageError('');
    try {
      const { location } = context.files.resolve(path);
      const { inode } = context.files.stat(path);
      if (inode.kind !== 'directory') return options.has('q') ? 1 : await context.complain(`${path}: Not a directory`);
      const real = context.files.realPath(path);
      const mounted = location.mount.target === real;
      if (!options.has('q')) await context.out.write(`${path} is ${mounted ? '' : 'not '}a mountpoint\n`);
      return mounted ? 0 : context.flavour === 'gnu' ? 32 : 1;
    } catch (error) {
      const text = errorText(error);
      return options.has('q') ? 1 : context.complain(`${path}: ${text}`);
    }
  },
};

export const findmnt: Applet = {
  names: ['findmnt'],
  summary: 'Find a filesystem',
  usage: '[-n] [-o LIST] [TARGET]',
  async run(context) {
    const options = parseOptions(context.args, 'nlrao:t:T:', { noheadings: 'n', output: 'o', list: 'l', target: 'T' });
    const columns = (options.value('o') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').toUpperCase().split(',');
    const wanted = options.value('T') ?? options.operands[0];
    const mounts = context.process.namespace.mounts.filter(({ target }) => wanted === undefined || target === wanted);
    const cells = mounts.map(({ target, type, readOnly }) => {
      const values: Readonly<Record<string, string>> = {
        TARGET: target, SOURCE: type, FSTYPE: type, OPTIONS: `${readOnly ? 'ro' : 'rw'},relatime`,
      }; // prettier-ignore
      return columns.map((column) => values[column] ?? '');
    });
    if (cells.length === 0) return 1;
    const rows = options.has('n') ? cells : [columns, ...cells];
    const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
    for (const row of rows)
      await context.out.write(
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join(' ')
          .trimEnd()}\n`,
      );
    return 0;
  },
};

export const lscpu: Applet = {
  names: ['lscpu'],
  summary: 'Display information about the processor',
  usage: '',
  simulated: 'the processor is a stand-in',
  async run(context) {
    const lines = [['Architecture:', 'x86_64'], ['CPU op-mode(s):', '32-bit, 64-bit'], ['Byte Order:', 'Little Endian'], ['CPU(s):', String(PROCESSORS)], ['Model name:', 'Virtual CPU']]; // prettier-ignore
    for (const [label = '', value = ''] of lines) await context.out.write(`${label.padEnd(34)}${value}\n`);
    return 0;
  },
};

export const lsblk: Applet = {
  names: ['lsblk', 'blkid', 'lsmod', 'lsusb', 'lspci'],
  summary: 'List devices or modules: a container is shown none',
  usage: '',
  simulated: 'a container here is shown no devices and no modules',
  async run(context) {
    if (context.name === 'lsmod') await context.out.write('Module                  Size  Used by\n');
    if (context.name === 'lsblk') await context.out.write('NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\n');
    return context.name === 'blkid' ? 2 : 0;
  },
};

export const stty: Applet = {
  names: ['stty'],
  summary: 'Show or change the settings of a terminal',
  usage: '[-a|g] [-F DEVICE] [SETTING]...',
  simulated: 'settings of the terminal are accepted and have no effect',
  async run(context) {
    if (!context.process.descriptors.get(0).terminal)
      return context.complain(
        `${context.flavour === 'gnu' ? "'standard input'" : 'standard input'}: Inappropriate ioctl for device`,
      );
    if (context.args.includes('size')) await context.out.write('24 80\n');
    else if (context.args.length === 0 || context.args.includes('-a'))
      await context.out.write('speed 38400 baud; line = 0;\n');
    return 0;
  },
};

/** Settings of the kernel are read-only in a container: what can be read is in /proc/sys. */
export const sysctl: Applet = {
  names: ['sysctl'],
  summary: 'Show kernel parameters',
  usage: '[-enq] [-a | -p [FILE]... | [-w] KEY[=VALUE]...]',
  async run(context) {
    const options = parseOptions(context.args, 'enqawp', {
      all: 'a',
      values: 'n',
      ignore: 'e',
      quiet: 'q',
      write: 'w',
      load: 'p',
    });
    let status = 0;
    for (const word of options.operands) {
      const [key = '', value] = word.split('=');
      const path = `/proc/sys/${key.replaceAll('.', '/')}`;
      const inode = context.files.find(path)?.inode;
      if (inode?.kind !== 'file') {
        if (options.has('e')) continue;
        status = await context.complain(`cannot stat ${path}: No such file or directory`);
      } else if (value !== undefined) status = await context.complain(`setting key "${key}": Read-only file system`);
      else {
        const text = decodeText(await readBody(inode.body)).trimEnd();
        await context.out.write(options.has('n') ? `${text}\n` : `${key} = ${text}\n`);
      }
    }
    return status;
  },
};
