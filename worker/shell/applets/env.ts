/** env */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

export const env: Applet = {
  names: ['env'],
  summary: 'Print current environment or run PROG after setting up environment',
  gnuUsageStatus: 125,
  usage: '[-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]',
  async run(context) {
    const options = parseOptions(context.args, '+i0u:C:S:', {
      'ignore-environment': 'i',
      unset: 'u',
      null: '0',
      chdir: 'C',
      'split-string': 'S',
    });
    const words = [...(options.value('S')?.trim().split(/\s+/) ?? []), ...options.operands];
    const clear = options.has('i') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const environment = new Map(clear ? [] : context.env);
    for (const name of options.values('u')) environment.delete(name);
    while (words[0]?.includes('=') === true) {
      const word = words.shift() ?? '';
      environment.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    }
    if (words.length === 0) {
      const end = options.has('0') ? '\0' : '\n';
      for (const [name, value] of environment) await context.out.write(`${name}=${value}${end}`);
      return 0;
    }
    const directory = options.value('C');
    if (directory !== undefined) context.process.cwd = context.files.directoryToEnter(directory);
    const result = await context.exec(words, environment);
    if (typeof result === 'number') return result;
    await context.complain(
      `${context.word("can't execute ", '')}${context.quote(words[0] ?? '')}: ${result.reason ?? strerror(result.errno)}`,
    );
    return result.errno === 'ENOENT' ? 127 : 126;
  },
};
