/** envsubst: standard input with the values of variables put in (GNU gettext); nginx's templates are made with it. */
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

const REFERENCE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

export const envsubst: Applet = {
  names: ['envsubst'],
  summary: 'Substitute the values of environment variables',
  usage: '[-v] [SHELL-FORMAT]',
  async run(context) {
    const options = parseOptions(context.args, 'v', { variables: 'v' });
    const [format] = options.operands;
    const named = format === undefined ? undefined : variablesIn(format);
    if (options.has('v')) {
      for (const name of named ?? []) await context.out.write(`${name}\n`);
      return 0;
    }
    const text = decodeText(await context.stdin().all());
    await context.out.write(
      text.replace(REFERENCE, (reference, braced?: string, bare?: string) => {
        const name = braced ?? bare ?? '';
        return named === undefined || named.includes(name) ? (context.env.get(name) ?? '') : reference;
      }),
    );
    return 0;
  },
};

function variablesIn(format: string): readonly string[] {
  return [...format.matchAll(REFERENCE)].map(([, braced, bare]) => braced ?? bare ?? '');
}
