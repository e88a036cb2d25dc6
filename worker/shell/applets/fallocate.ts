/** fallocate */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

export const fallocate: Applet = {
  names: ['fallocate'],
  summary: 'Preallocate space for FILE',
  usage: '[-o OFS] -l LEN FILE',
  async run(context) {
    const options = parseOptions(context.args, 'l:o:nvxzcdp', { length: 'l', offset: 'o', 'keep-size': 'n' });
    const [path] = options.operands;
    const [, digits, unit = ''] = /^(\d+)([KMGT]?(?:i?B)?)$/.exec(options.value('l') ?? '') ?? [];
    const scale = UNITS[unit.replace('iB', '')];
    if (path === undefined || digits === undefined || scale === undefined) throw new UsageError('');
    const length = Number(options.value('o') ?? 0) + Number(digits) * scale;
    try {
      if (context.files.find(path) === undefined) await (await context.create(path)).close();
      const { sizeBytes } = context.files.stat(path);
      if (sizeBytes < length && !options.has('n')) await context.files.truncate(path, length);
      return 0;
    } catch (error) {
      return context.report(path, error);
    }
  },
};
