/** du */
import type { FileStatus } from '../kernel/file-status.ts';
import { matchesPattern } from '../interpreter/expansion/patterns.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errnoOf } from '../kernel/errno.ts';
import { formatGnuSize, formatSize } from './listing.ts';
import { parseOptions, type Options } from './options.ts';

const BLOCK_BYTES = 4096;
const LONG = {
  all: 'a', dereference: 'L', 'max-depth': 'd', total: 'c', 'count-links': 'l', summarize: 's', 'one-file-system': 'x',
  'human-readable': 'h', bytes: 'b',
  'apparent-size': 'A', exclude: 'X:', 'separate-dirs': 'S', null: '0', 'block-size': 'block:', time: 'time::', threshold: 't:', si: 'h',
}; // prettier-ignore

export const du: Applet = {
  names: ['du'],
  summary: 'Summarize disk space used for FILEs (or directories)',
  usage: '[-aHLdclsxhmk] [FILE]...',
  async run(context) {
    const options = parseOptions(
      context.args,
      context.flavour === 'gnu' ? 'aAbcd:DhHklLmPsSt:x0' : 'aHLd:clsxhmkb',
      LONG,
    );
    const depth = options.value('d');
    if (depth !== undefined && !/^\d+$/.test(depth)) return context.complain(`invalid number '${depth}'`);
    const usage = new DiskUsage(
      context,
      options,
      options.has('s') ? 0 : depth === undefined ? Infinity : Number(depth),
    );
    let total = 0;
    for (const path of options.operands.length === 0 ? ['.'] : options.operands) {
      const bytes = await usage.measure(path, 0, undefined);
      total += bytes;
    }
    if (options.has('c')) await usage.print(total, 'total');
    return usage.status;
  },
};

/** Adds up what files take; a file with several names counts once. */
class DiskUsage {
  status = 0;
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #maxDepth: number;
  readonly #counted = new Set<string>();

  constructor(context: AppletContext, options: Options, maxDepth: number) {
    this.#context = context;
    this.#options = options;
    this.#maxDepth = maxDepth;
  }

  /** Bytes of a file or of all below a directory, printed on the way as the options say. */
  async measure(path: string, depth: number, device: number | undefined): Promise<number> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    let found: FileStatus;
    let names: readonly string[] = [];
    try {
      const follow = this.#options.has('L') || (this.#options.has('H') && depth === 0);
      found = this.#context.files.stat(path, follow);
      if (found.inode.kind === 'directory') names = this.#context.files.list(path).map((entry) => entry.name);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      this.status = await this.#context.report(this.#context.word(path, `cannot access '${path}'`), error);
      return 0;
    }
    if (this.#isCounted(found) || (this.#options.has('x') && found.device !== (device ?? found.device))) return 0;
    const excluded = this.#options.values('X');
    let bytes = this.#bytesOf(found);
    for (const name of names) {
      if (excluded.some((pattern) => matchesPattern(name, pattern))) continue;
      const size = await this.measure(
        `${path.replace(/(?<=.)\/$/, '').replace(/^\/$/, '')}/${name}`,
        depth + 1,
        found.device,
      );
      // -S tells of a directory without those in it
      const apart =
        this.#options.has('S') && this.#context.files.find(`${path}/${name}`, false)?.inode.kind === 'directory';
      if (!apart) bytes += size;
    }
    const shown = depth === 0 || found.inode.kind === 'directory' || this.#options.has('a');
    if (shown && depth <= this.#maxDepth) await this.print(bytes, path);
    return bytes;
  }

  async print(bytes: number, path: string): Promise<void> {
    await this.#context.out.write(`${this.#text(bytes)}\t${path}${this.#options.has('0') ? '\0' : '\n'}`);
  }

  #text(bytes: number): string {
    if (this.#options.has('b')) return String(bytes);
    if (this.#options.has('h')) return this.#context.flavour === 'gnu' ? formatGnuSize(bytes) : formatSize(bytes);
    return this.#options.has('m') ? String(Math.round(bytes / 2 ** 20 + 0.499)) : String(Math.ceil(bytes / 1024));
  }

  #isCounted({ device, ino, inode }: FileStatus): boolean {
    if (this.#options.has('l') || (inode.kind === 'file' && inode.linkGroup === undefined)) return false;
    const key = `${device}:${ino}`;
    if (this.#counted.has(key)) return true;
    this.#counted.add(key);
    return false;
  }

  #bytesOf({ inode, sizeBytes }: FileStatus): number {
    const apparent = inode.kind === 'directory' ? BLOCK_BYTES : sizeBytes;
    if (this.#options.has('b') || this.#options.has('A')) return apparent;
    return inode.kind === 'symlink' ? 0 : Math.ceil(apparent / BLOCK_BYTES) * BLOCK_BYTES;
  }
}
