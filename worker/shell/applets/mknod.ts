/** mknod and mkfifo */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseMode } from './modes.ts';
import { parseOptions, UsageError } from './options.ts';

const ALL_MAY_WRITE = 0o666;
const LONG = { mode: 'm' };

export const mkfifo: Applet = {
  names: ['mkfifo'],
  summary: 'Create named pipe',
  usage: '[-m MODE] NAME',
  async run(context) {
    const options = parseOptions(context.args, 'm:', LONG);
    if (options.operands.length === 0) throw new UsageError('');
    let status = 0;
    for (const path of options.operands) {
      if ((await makeNode(context, path, 'fifo', options.value('m'))) !== 0) status = 1;
    }
    return status;
  },
};

const KINDS = { b: 'block', c: 'character', u: 'character', p: 'fifo' } as const;

export const mknod: Applet = {
  names: ['mknod'],
  summary: 'Create a special file (block, character, or pipe)',
  usage: '[-m MODE] NAME TYPE [MAJOR MINOR]',
  async run(context) {
    const options = parseOptions(context.args, 'm:', LONG);
    const [path, type = '', ...numbers] = options.operands;
    const kind = KINDS[type as keyof typeof KINDS] as (typeof KINDS)[keyof typeof KINDS] | undefined;
    if (path === undefined || kind === undefined || numbers.length !== (kind === 'fifo' ? 0 : 2))
      throw new UsageError('', undefined, operandProblem(context, options.operands));
    // busybox reads the minor number first, and says of that one that it is wrong.
    const wrong = [...numbers].reverse().find((text) => !/^(?:0x[0-9a-f]+|\d+)$/i.test(text));
    if (wrong !== undefined) return context.complain(`invalid number '${wrong}'`);
    const [major = 0, minor = 0] = numbers.map(Number);
    return makeNode(context, path, kind, options.value('m'), kind === 'fifo' ? undefined : { major, minor });
  },
};

/** What GNU's mknod misses. */
function operandProblem(context: AppletContext, operands: readonly string[]): string | undefined {
  const last = operands.at(-1);
  if (last === undefined) return undefined;
  if (operands.length >= 4) return `extra operand ${context.quote(operands[4] ?? last)}`;
  const special = operands.length === 1 ? '' : '\nSpecial files require major and minor device numbers.';
  return `missing operand after ${context.quote(last)}${special}`;
}

/** Makes a node; a mode that is given holds whatever the umask is. Gives the exit status. */
async function makeNode(
  context: AppletContext,
  path: string,
  kind: 'fifo' | 'character' | 'block',
  modeGiven: string | undefined,
  device?: { readonly major: number; readonly minor: number },
): Promise<number> {
  const mode = parseMode(modeGiven ?? ALL_MAY_WRITE.toString(8), ALL_MAY_WRITE, false, context.process.umask);
  if (mode === undefined) return context.complain(`${path}: Invalid argument`);
  try {
    context.files.makeNode(path, kind, mode, device);
    if (modeGiven !== undefined) context.files.changeMode(path, mode);
    return 0;
  } catch (error) {
    return context.report(
      context.word(path, kind === 'fifo' && context.name === 'mkfifo' ? `cannot create fifo '${path}'` : path),
      error,
    );
  }
}
