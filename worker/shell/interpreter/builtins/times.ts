/** `times`: the time used so far; here all of it is the shell's. */
import type { Builtin } from './builtin.ts';

export const times: Builtin = {
  names: ['times'],
  special: true,
  async run(shell) {
    const zero = shell.dialect.name === 'bash' ? '0m0.000s' : '0m0.000000s';
    await shell.write(1, `${zero} ${zero}\n${zero} ${zero}\n`);
    return 0;
  },
};
