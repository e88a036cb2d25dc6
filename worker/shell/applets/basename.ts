/** basename */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

const LONG = { multiple: 'a', suffix: 's', zero: 'z' };

export const basename: Applet = {
  names: ['basename'],
  summary: 'Strip directory path and SUFFIX from FILE',
  usage: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  async run(context) {
    const options = parseOptions(context.args, '+as:z', LONG);
    const many = options.has('a') || options.has('s');
    const { operands } = options;
    if (operands.length === 0 || (!many && operands.length > 2))
      throw new UsageError(
        '',
        undefined,
        operands.length === 0 ? undefined : `extra operand ${context.quote(operands[2] ?? '')}`,
      );
    const suffix = options.value('s') ?? (many ? '' : (operands[1] ?? ''));
    for (const path of many ? operands : operands.slice(0, 1)) {
      await context.out.write(lastSegmentWithout(path, suffix) + (options.has('z') ? '\0' : '\n'));
    }
    return 0;
  },
};

function lastSegmentWithout(path: string, suffix: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const name = /^\/+$/.test(trimmed) ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
  return suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
