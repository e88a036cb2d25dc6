/** free, df and uptime: what the container is shown of its machine. */
import { MEMORY_KILOBYTES } from '../../kernel/proc.ts';
import type { Applet } from '../applet.ts';
import { parseOptions } from '../options.ts';
import { GNU_DF_LONG, gnuDiskTable } from './disk-table.ts';
import { formatTime } from '../time-format.ts';

const KILOBYTE = 1024;
/** The disk a container is shown: nothing here has an end but the browser's quota. */
const DISK_KILOBYTES = 61_255_492;
const DISK_USED_KILOBYTES = 8_000_000;

function scaled(kilobytes: number, unitKilobytes: number): string {
  return String(Math.floor(kilobytes / unitKilobytes));
}

/** `58.4G`, as `-h` shows sizes. */
function human(kilobytes: number): string {
  let value = kilobytes * KILOBYTE;
  for (const unit of ['', 'K', 'M', 'G', 'T']) {
    if (value < KILOBYTE || unit === 'T') return unit === '' ? String(value) : `${value.toFixed(1)}${unit}`;
    value /= KILOBYTE;
  }
  return String(value);
}

export const free: Applet = {
  names: ['free'],
  summary: 'Display free and used memory',
  usage: '[-bkmgh]',
  simulated: 'the memory of the machine is a stand-in; what is used is what the programs here hold',
  async run(context) {
    const options = parseOptions(context.args, 'bkmgh', { human: 'h', bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g' });
    const unit = options.has('g') ? KILOBYTE ** 2 : options.has('m') ? KILOBYTE : options.has('b') ? 1 / KILOBYTE : 1;
    const used = Math.ceil(context.process.kernel.use().memoryBytes / KILOBYTE);
    const show = (kilobytes: number): string =>
      (options.has('h') ? human(kilobytes) : scaled(kilobytes, unit)).padStart(12);
    const rest = MEMORY_KILOBYTES - used;
    const heads = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
    await context.out.write(`${' '.repeat(7)}${heads.map((head) => head.padStart(12)).join('')}\n`);
    await context.out.write(`Mem:   ${[MEMORY_KILOBYTES, used, rest, 0, 0, rest].map(show).join('')}\n`);
    await context.out.write(`Swap:  ${[0, 0, 0].map(show).join('')}\n`);
    return 0;
  },
};

export const df: Applet = {
  names: ['df'],
  summary: 'Print filesystem usage statistics',
  usage: '[-PkmhT] [-t TYPE] [FILESYSTEM]...',
  simulated: 'sizes and use of the disk are stand-ins; the mounts are true',
  async run(context) {
    const options = parseOptions(context.args, 'Pkmhait:TB:lHx:', {
      human: 'h',
      'human-readable': 'h',
      portability: 'P',
      'print-type': 'T',
      ...(context.flavour === 'gnu' ? GNU_DF_LONG : {}),
    });
    let status = 0;
    const targets = new Set<string>();
    for (const path of options.operands) {
      try {
        context.files.stat(path);
        targets.add(context.files.resolve(path).location.mount.target);
      } catch (error) {
        status = await context.report(path, error);
      }
    }
    const mounts = context.process.namespace.mounts.filter(({ target, type }) =>
      options.operands.length === 0 ? type !== 'proc' && type !== 'sysfs' : targets.has(target),
    );
    const unit = options.has('m') ? KILOBYTE : 1;
    const show = (kilobytes: number): string => (options.has('h') ? human(kilobytes) : scaled(kilobytes, unit));
    const size = options.has('h') ? 'Size' : options.has('m') ? '1M-blocks' : '1K-blocks';
    const row = (cells: readonly string[], type: string): string => {
      const [name = '', total = '', used = '', available = '', share = '', target = ''] = cells;
      const kind = options.has('T') ? `${type.padEnd(10)} ` : '';
      return `${name.padEnd(20)} ${kind}${total.padStart(9)} ${used.padStart(9)} ${available.padStart(9)} ${share.padStart(4)} ${target}\n`;
    };
    if (context.flavour === 'gnu') {
      const disks = mounts.map(({ target, type }) => ({ target, type, ...diskOf(type) }));
      if (disks.length > 0) await context.out.write(gnuDiskTable(disks, options));
      return status;
    }
    if (mounts.length > 0)
      await context.out.write(row(['Filesystem', size, 'Used', 'Available', 'Use%', 'Mounted on'], 'Type'));
    for (const { target, type } of mounts) {
      const { totalKilobytes, usedKilobytes } = diskOf(type);
      const share = `${Math.ceil((100 * usedKilobytes) / totalKilobytes)}%`;
      const cells = [totalKilobytes, usedKilobytes, totalKilobytes - usedKilobytes].map(show);
      await context.out.write(row([type, ...cells, share, target], type));
    }
    return status;
  },
};

/** What a mount of a type is shown to hold. */
function diskOf(type: string): { readonly totalKilobytes: number; readonly usedKilobytes: number } {
  return type === 'tmpfs'
    ? { totalKilobytes: MEMORY_KILOBYTES / 2, usedKilobytes: 0 }
    : { totalKilobytes: DISK_KILOBYTES, usedKilobytes: DISK_USED_KILOBYTES };
}

export const uptime: Applet = {
  names: ['uptime'],
  summary: 'Display the time since the last boot',
  usage: '',
  simulated: 'users and load are stand-ins',
  async run(context) {
    const { clock } = context.process.kernel;
    const minutes = Math.floor(clock.monotonicMs() / 60_000);
    const since =
      minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    await context.out.write(
      ` ${formatTime('%H:%M:%S', clock.nowMs())} up ${since},  0 users,  load average: 0.00, 0.00, 0.00\n`,
    );
    return 0;
  },
};
