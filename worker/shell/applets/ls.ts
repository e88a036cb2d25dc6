/** ls */
import { sortNames } from '../../vfs/byte-order.ts';
import { matchesPattern } from '../interpreter/expansion/patterns.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { formatColumns, formatGnuSize, formatSize, listingDate, quoteName, type Layout } from './listing.ts';
import { alignColumns, alignPrefixes, busyboxLine, styledDate, type LongLine } from './long-listing.ts';
import { modeText } from './modes.ts';
import { parseOptions, type Options } from './options.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import { readUsers, type UserDatabase } from './users.ts';

const LONG = {
  all: 'a', 'almost-all': 'A', directory: 'd', dereference: 'L', recursive: 'R', classify: 'F', 'human-readable': 'h', inode: 'i',
  'numeric-uid-gid': 'n', size: 's', reverse: 'r', width: 'w', color: 'color::', 'full-time': 'full', 'group-directories-first': 'dirs',
}; // prettier-ignore
/** What GNU's ls takes beyond. */
const GNU_LONG = {
  ...LONG, 'time-style': 'style:', ignore: 'I', hide: 'I', 'no-group': 'G', 'quote-name': 'Q', literal: 'N', escape: 'b', 'block-size': 'block:',
  'hide-control-chars': 'q', 'show-control-chars': 'controls', 'ignore-backups': 'B', 'file-type': 'p', sort: 'sort:', format: 'format:', time: 'time:',
  context: 'Z', si: 'h', 'quoting-style': 'quoting:', 'indicator-style': 'indicator:', 'dereference-command-line': 'H', hyperlink: 'hyperlink::',
}; // prettier-ignore

/** Status of GNU's ls for an operand that cannot be listed; 1 means that something below one could not. */
const NO_ACCESS = 2;

interface Item {
  readonly name: string;
  readonly path: string;
  readonly status: FileStatus;
}

export const ls: Applet = {
  names: ['ls'],
  summary: 'List directory contents',
  usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  gnuUsageStatus: NO_ACCESS,
  async run(context) {
    const options =
      context.flavour === 'gnu'
        ? parseOptions(context.args, '1AaBbCcDdfFGgHhI:ikLlmNnopQqRrSsT:tUuvw:XxZ', GNU_LONG)
        : parseOptions(context.args, '1AaCxdLHRFplinshrSXvctukQTw:oqgN', LONG);
    return new Listing(context, options, await readUsers(context)).list(options.operands);
  },
};

class Listing {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #users: UserDatabase;
  readonly #layout: Layout;
  readonly #long: boolean;
  readonly #gnu: boolean;
  #status = 0;
  #started = false;

  constructor(context: AppletContext, options: Options, users: UserDatabase) {
    this.#context = context;
    this.#options = options;
    this.#users = users;
    this.#gnu = context.flavour === 'gnu';
    const terminal = context.process.descriptors.get(1).terminal;
    const last = options.given.filter(({ option }) => ['1', 'C', 'm', 'x', 'l'].includes(option)).at(-1)?.option;
    this.#layout =
      last === 'C' || (last === undefined && terminal)
        ? 'columns'
        : last === 'x'
          ? 'rows'
          : last === 'm'
            ? 'commas'
            : 'lines';
    this.#long =
      ['l', 'n', 'g', 'o', 'full'].some((option) => options.has(option)) &&
      last !== 'C' &&
      (last !== '1' || this.#gnu) &&
      last !== 'm' &&
      last !== 'x';
  }

  async list(operands: readonly string[]): Promise<number> {
    const files: Item[] = [];
    const directories: Item[] = [];
    for (const path of operands.length === 0 ? ['.'] : operands) {
      try {
        const follow = !this.#long || this.#options.has('L') || this.#options.has('H');
        const status = (follow ? this.#context.files.find(path) : undefined) ?? this.#context.files.lstat(path);
        const isDirectory = status.inode.kind === 'directory' && !this.#options.has('d');
        (isDirectory ? directories : files).push({ name: path, path, status });
      } catch (error) {
        const subject = this.#context.word(path, `cannot access '${path}'`);
        this.#status = await this.#context.complain(`${subject}: ${errorText(error)}`);
        if (this.#gnu) this.#status = NO_ACCESS;
      }
    }
    if (files.length > 0) await this.#print(this.#sort(files), false);
    const headings = operands.length > 1 || this.#options.has('R');
    for (const directory of this.#sort(directories)) await this.#listDirectory(directory, headings);
    return this.#status;
  }

  async #listDirectory(directory: Item, heading: boolean): Promise<void> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    let items: Item[];
    try {
      items = await this.#entries(directory.path);
    } catch (error) {
      this.#status = await this.#context.report(
        this.#context.word(`can't open '${directory.path}'`, `cannot open directory '${directory.path}'`),
        error,
      );
      return;
    }
    if (heading) await this.#context.out.write(`${this.#started ? '\n' : ''}${directory.path}:\n`);
    const sorted = this.#sort(items);
    await this.#print(sorted, true);
    this.#started = true;
    if (!this.#options.has('R')) return;
    for (const item of sorted) {
      if (item.status.inode.kind === 'directory' && item.name !== '.' && item.name !== '..')
        await this.#listDirectory(item, true);
    }
  }

  async #entries(directory: string): Promise<Item[]> {
    const { files } = this.#context;
    const names = files.list(directory).map((entry) => entry.name);
    const all = this.#options.has('a') || (this.#gnu && this.#options.has('f'));
    const ignored = this.#options.values('I');
    const shown = names.filter(
      (name) =>
        (!name.startsWith('.') || all || this.#options.has('A')) &&
        !(this.#options.has('B') && name.endsWith('~')) &&
        !ignored.some((pattern) => matchesPattern(name, pattern)),
    );
    const dots = all ? ['.', '..'] : [];
    const items: Item[] = [];
    for (const name of [...dots, ...shown]) {
      const path = directory.endsWith('/') ? directory + name : `${directory}/${name}`;
      try {
        const status = (this.#options.has('L') ? files.find(path) : undefined) ?? files.lstat(path);
        items.push({ name, path, status });
      } catch (error) {
        // a directory may be read, and what is in it not looked at
        this.#status = await this.#context.report(path, error);
      }
    }
    return items;
  }

  #sort(items: readonly Item[]): Item[] {
    const order = new Map(sortNames(items.map((item) => item.name)).map((name, index) => [name, index]));
    const byName = (a: Item, b: Item): number => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0);
    const extension = (item: Item): string => /\.[^.]*$/.exec(item.name)?.[0] ?? '';
    if (this.#gnu && (this.#options.has('U') || this.#options.has('f'))) return [...items];
    const compare = (a: Item, b: Item): number => {
      if (this.#options.has('S')) return b.status.sizeBytes - a.status.sizeBytes || byName(a, b);
      if (this.#options.has('t')) return b.status.inode.mtimeMs - a.status.inode.mtimeMs || byName(a, b);
      if (this.#options.has('X')) return extension(a).localeCompare(extension(b)) || byName(a, b);
      if (this.#options.has('v')) return a.name.localeCompare(b.name, 'en', { numeric: true }) || byName(a, b);
      return byName(a, b);
    };
    const sorted = [...items].sort(compare);
    if (this.#options.has('r')) sorted.reverse();
    if (!this.#options.has('dirs')) return sorted;
    const first = sorted.filter((item) => item.status.inode.kind === 'directory');
    return [...first, ...sorted.filter((item) => item.status.inode.kind !== 'directory')];
  }

  async #print(items: readonly Item[], total: boolean): Promise<void> {
    this.#started = true;
    const { out } = this.#context;
    if (total && (this.#long || this.#options.has('s'))) {
      const kilobytes = items.reduce((sum, item) => sum + blocks(item.status), 0);
      const human = this.#gnu && this.#options.has('h');
      await out.write(`total ${human ? formatGnuSize(kilobytes * 1024) : kilobytes}\n`);
    }
    if (this.#long) {
      const lines = items.map((item) => this.#longLine(item));
      await out.write(this.#gnu ? alignColumns(lines) : lines.map(busyboxLine).join(''));
      return;
    }
    const prefixes = this.#gnu
      ? alignPrefixes(items.map((item) => this.#prefixes(item)))
      : items.map((item) => this.#prefix(item));
    const names = items.map(
      (item, index) => (prefixes[index] ?? '') + this.#shownName(item) + this.#indicator(item.status),
    );
    const width = Number(this.#options.value('w') ?? '80');
    await out.write(formatColumns(names, this.#layout, width));
  }

  #prefix({ status }: Item): string {
    const inode = this.#options.has('i') ? `${String(status.ino).padStart(7)} ` : '';
    return inode + (this.#options.has('s') ? `${String(blocks(status)).padStart(6)} ` : '');
  }

  /** Inode and blocks, where they are asked for. */
  #prefixes({ status }: Item): readonly string[] {
    const kilobytes = blocks(status);
    const size = this.#options.has('h') ? formatGnuSize(kilobytes * 1024) : String(kilobytes);
    return [...(this.#options.has('i') ? [String(status.ino)] : []), ...(this.#options.has('s') ? [size] : [])];
  }

  #shownName(item: Item): string {
    if (this.#gnu && this.#options.has('b')) return item.name.replace(/[ \\]/g, '\\$&').replaceAll('\n', '\\n');
    return this.#options.has('Q') ? quoteName(item.name) : item.name;
  }

  #indicator({ inode }: FileStatus): string {
    if (inode.kind === 'directory') return this.#options.has('F') || this.#options.has('p') ? '/' : '';
    if (!this.#options.has('F')) return '';
    if (inode.kind === 'file') return (inode.mode & 0o111) !== 0 ? '*' : '';
    return { symlink: '@', fifo: '|', socket: '=', character: '', block: '' }[inode.kind];
  }

  /** The columns of a long line; those that are switched off are undefined. */
  #longLine(item: Item): LongLine {
    const { inode } = item.status;
    const numeric = this.#options.has('n');
    const user = (numeric ? undefined : this.#users.userName(inode.uid)) ?? String(inode.uid);
    const group = (numeric ? undefined : this.#users.groupName(inode.gid)) ?? String(inode.gid);
    const device =
      inode.kind === 'character' || inode.kind === 'block'
        ? `${inode.device.major}, ${String(inode.device.minor).padStart(this.#gnu ? 1 : 3)}`
        : undefined;
    const sizeBytes = inode.kind === 'directory' ? DIRECTORY_BYTES : item.status.sizeBytes;
    const human = this.#options.has('h');
    const target =
      inode.kind === 'symlink' ? ` -> ${this.#context.files.readLink(item.path)}` : this.#indicator(item.status);
    return {
      prefixes: this.#prefixes(item),
      prefix: this.#prefix(item),
      mode: modeText(inode.kind, inode.mode),
      links: String(item.status.links()),
      user: this.#options.has('g') ? undefined : user,
      group: this.#options.has('o') || (this.#gnu && this.#options.has('G')) ? undefined : group,
      size: device ?? (human ? this.#humanSize(sizeBytes) : String(sizeBytes)),
      human,
      date: this.#date(inode.mtimeMs),
      name: this.#shownName(item) + target,
    };
  }

  #humanSize(bytes: number): string {
    return this.#gnu ? formatGnuSize(bytes) : formatSize(bytes);
  }

  #date(mtimeMs: number): string {
    const nowMs = this.#context.process.kernel.clock.nowMs();
    const full = this.#options.has('full');
    const style = this.#options.value('style') ?? (this.#gnu && full ? 'full-iso' : 'locale');
    return style === 'locale' ? listingDate(mtimeMs, nowMs, full) : styledDate(mtimeMs, nowMs, style);
  }
}

/** What a directory is shown to take, as on ext4 and overlayfs over it. */
const DIRECTORY_BYTES = 4096;
const BLOCK_BYTES = 4096;

/** Allocated kilobytes. */
function blocks({ inode, sizeBytes }: FileStatus): number {
  if (inode.kind === 'directory') return DIRECTORY_BYTES / 1024;
  return inode.kind === 'file' ? (Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES) / 1024 : 0;
}
