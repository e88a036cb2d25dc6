/** tee */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';
import type { Output } from './streams.ts';

export const tee: Applet = {
  names: ['tee'],
  summary: 'Copy stdin to each FILE, and also to stdout',
  usage: '[-ai] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'ai', { append: 'a', 'ignore-interrupts': 'i' });
    const outputs: Output[] = [context.out];
    const files: { close(): Promise<void> }[] = [];
    let status = 0;
    for (const path of options.operands) {
      if (path === '-') {
        outputs.push(context.out);
        continue;
      }
      try {
        const append = options.has('a');
        const file = await context.create(path, { write: true, create: true, truncate: !append, append });
        outputs.push(file);
        files.push(file);
      } catch (error) {
        status = await context.report(path, error);
      }
    }
    const input = context.stdin();
    for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
      const own = bytes.slice();
      for (const output of outputs) {
        await output.write(own);
        await output.flush();
      }
    }
    for (const file of files) await file.close();
    return status;
  },
};
