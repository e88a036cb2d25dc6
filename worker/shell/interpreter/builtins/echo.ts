/** `echo`, which every shell does its own way. */
import { echoText } from '../../applets/echo-text.ts';
import type { Builtin } from './builtin.ts';

export const echo: Builtin = {
  names: ['echo'],
  async run(shell, args) {
    const { name } = shell.dialect;
    const text = echoText(args, name === 'dash' ? 'dash' : name === 'ash' ? 'busybox' : 'bash');
    await shell.write(1, text);
    return 0;
  },
};
