/** zgrep, zcat's kin for searching and showing: the plain program on the unpacked bytes. */
import type { Applet } from '../applet.ts';
import { parseOptions } from '../options.ts';

const UNPACKERS: Readonly<Record<string, string>> = { z: 'zcat -f', bz: 'bzcat', xz: 'xzcat', zstd: 'zstdcat' };

/** `zgrep`, `xzegrep`, …: how to unpack, and the program behind it. */
function partsOf(name: string): readonly [unpack: string, program: string] {
  const [, format = 'z', program = 'grep'] = /^(z|bz|xz|zstd)(e?f?grep|less|more)$/.exec(name) ?? [];
  return [UNPACKERS[format] ?? 'zcat -f', program];
}

export const zgrep: Applet = {
  names: ['zgrep', 'zegrep', 'zfgrep', 'bzgrep', 'bzegrep', 'bzfgrep', 'xzgrep', 'xzegrep', 'xzfgrep', 'zstdgrep'],
  summary: 'Search compressed FILEs for PATTERN',
  usage: '[OPTIONS OF grep] PATTERN [FILE]...',
  usageStatus: 2,
  async run(context) {
    const [unpack, program] = partsOf(context.name);
    const options = parseOptions(context.args, 'EFGPe:f:iwxsvm:nHhoqlLcA:B:C:a');
    const files = options.has('e') || options.has('f') ? options.operands : options.operands.slice(1);
    const words = context.args.filter((word) => !files.includes(word));
    if (files.length === 0)
      return spawned(await context.spawn(['sh', '-c', `${unpack} | ${program} "$@"`, 'sh', ...words]));
    let status = 1;
    for (const file of files) {
      const label = files.length > 1 && !options.has('h') ? ` | sed "s|^|$0:|"` : '';
      const script = `${unpack} -- "$0" | ${program} "$@"${options.has('q') || options.has('c') ? '' : label}`;
      const found = spawned(await context.spawn(['sh', '-c', script, file, ...words]));
      if (found === 0) status = 0;
      else if (found > 1) return found;
    }
    return status;
  },
};

export const zless: Applet = {
  names: ['zless', 'zmore', 'bzless', 'bzmore', 'xzless', 'xzmore', 'zstdless'],
  summary: 'Show compressed FILEs',
  usage: '[FILE]...',
  async run(context) {
    const [unpack] = partsOf(context.name);
    return spawned(await context.spawn(['sh', '-c', `${unpack} -- "$@"`, 'sh', ...context.args]));
  },
};

function spawned(result: number | { readonly errno: string }): number {
  return typeof result === 'number' ? result : 2;
}
