/** uuidgen and mcookie: random identifiers */
import { hex } from '../../base/bytes.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

const UUID_BYTES = 16;

export const uuidgen: Applet = {
  names: ['uuidgen'],
  summary: 'Create a new UUID value',
  usage: '[-rt]',
  async run(context) {
    parseOptions(context.args, 'rt', { random: 'r', time: 't' });
    const bytes = context.process.kernel.random.bytes(UUID_BYTES);
    // RFC 9562: version 4, the variant of that document
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const digits = hex(bytes);
    const groups = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
    await context.out.write(`${groups.join('-')}-${digits.slice(20)}\n`);
    return 0;
  },
};

export const mcookie: Applet = {
  names: ['mcookie'],
  summary: 'Create a random number of 128 bits',
  usage: '',
  async run(context) {
    await context.out.write(`${hex(context.process.kernel.random.bytes(UUID_BYTES))}\n`);
    return 0;
  },
};
