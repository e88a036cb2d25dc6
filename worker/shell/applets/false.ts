/** false: fails. */
import type { Applet } from './applet.ts';

export const falseApplet: Applet = {
  names: ['false'],
  summary: 'Return an exit code of 1',
  usage: '',
  run: async () => 1,
};
