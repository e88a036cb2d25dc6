/** true: succeeds. */
import type { Applet } from './applet.ts';

export const trueApplet: Applet = {
  names: ['true'],
  summary: 'Return an exit code of 0',
  usage: '',
  run: async () => 0,
};
