/** The table of GNU's `df`: columns as wide as what is in them. */
import { formatGnuSize } from '../listing.ts';
import type { Options } from '../options.ts';

export const GNU_DF_LONG = {
  all: 'a', inodes: 'i', local: 'l', si: 'H', output: 'output::', type: 't', 'exclude-type': 'x', 'block-size': 'B', total: 'total', sync: 'sync',
  'no-sync': 'nosync',
}; // prettier-ignore

export interface Disk {
  readonly target: string;
  readonly type: string;
  readonly totalKilobytes: number;
  readonly usedKilobytes: number;
}

interface Column {
  readonly head: string;
  readonly value: (disk: Disk) => string;
  /** Numbers stand at the right. */
  readonly width: number;
  readonly left?: boolean;
}

/** How many inodes a disk of its size usually has: one for 16 kilobytes. */
const KILOBYTES_PER_INODE = 16;
const DEFAULT_COLUMNS = ['source', 'size', 'used', 'avail', 'pcent', 'target'];
const INODE_COLUMNS = ['source', 'itotal', 'iused', 'iavail', 'ipcent', 'target'];
const ALL_COLUMNS = [
  'source',
  'fstype',
  'itotal',
  'iused',
  'iavail',
  'ipcent',
  'size',
  'used',
  'avail',
  'pcent',
  'file',
  'target',
];

export function gnuDiskTable(disks: readonly Disk[], options: Options): string {
  const known = columnsFor(options);
  const columns = chosenNames(options).flatMap((name) => {
    const column = known[name];
    return column === undefined ? [] : [column];
  });
  const rows = [columns.map(({ head }) => head), ...disks.map((disk) => columns.map(({ value }) => value(disk)))];
  const widths = columns.map(({ width }, at) => Math.max(width, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => {
      const cells = row.map((cell, at) => {
        const width = widths[at] ?? 0;
        return columns[at]?.left === true ? cell.padEnd(width) : cell.padStart(width);
      });
      return `${cells.join(' ').trimEnd()}\n`;
    })
    .join('');
}

function chosenNames(options: Options): readonly string[] {
  if (options.has('output')) {
    const asked = options.value('output') ?? '';
    return asked === '' ? ALL_COLUMNS : asked.split(',');
  }
  const names = options.has('i') ? INODE_COLUMNS : DEFAULT_COLUMNS;
  return options.has('T') ? names.toSpliced(1, 0, 'fstype') : names;
}

function columnsFor(options: Options): Readonly<Record<string, Column>> {
  const human = options.has('h') || options.has('H');
  const unit = options.has('m') || options.value('B') === 'M' ? 1024 : options.value('B') === 'G' ? 1024 ** 2 : 1;
  const size = (kilobytes: number): string =>
    human ? formatGnuSize(kilobytes * 1024) : String(Math.ceil(kilobytes / unit));
  const portable = options.has('P');
  const head = human
    ? 'Size'
    : portable
      ? '1024-blocks'
      : unit === 1
        ? '1K-blocks'
        : unit === 1024
          ? '1M-blocks'
          : '1G-blocks';
  const share = (part: number, whole: number): string => `${Math.ceil((100 * part) / whole)}%`;
  const inodes = (kilobytes: number): number => Math.floor(kilobytes / KILOBYTES_PER_INODE);
  return {
    source: { head: 'Filesystem', value: ({ type }) => type, width: 14, left: true },
    fstype: { head: 'Type', value: ({ type }) => type, width: 4, left: true },
    size: { head, value: ({ totalKilobytes }) => size(totalKilobytes), width: 5 },
    used: { head: 'Used', value: ({ usedKilobytes }) => size(usedKilobytes), width: 5 },
    avail: {
      head: human ? 'Avail' : 'Available',
      value: ({ totalKilobytes, usedKilobytes }) => size(totalKilobytes - usedKilobytes),
      width: 5,
    },
    pcent: {
      head: portable ? 'Capacity' : 'Use%',
      value: ({ totalKilobytes, usedKilobytes }) => share(usedKilobytes, totalKilobytes),
      width: 4,
    },
    itotal: { head: 'Inodes', value: ({ totalKilobytes }) => String(inodes(totalKilobytes)), width: 5 },
    iused: { head: 'IUsed', value: ({ usedKilobytes }) => String(inodes(usedKilobytes)), width: 5 },
    iavail: {
      head: 'IFree',
      value: ({ totalKilobytes, usedKilobytes }) => String(inodes(totalKilobytes) - inodes(usedKilobytes)),
      width: 5,
    },
    ipcent: {
      head: 'IUse%',
      value: ({ totalKilobytes, usedKilobytes }) => share(usedKilobytes, totalKilobytes),
      width: 4,
    },
    file: { head: 'File', value: () => '-', width: 4, left: true },
    target: { head: 'Mounted on', value: ({ target }) => target, width: 0, left: true },
  };
}
