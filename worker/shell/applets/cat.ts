/** cat */
import type { AppletContext } from './context.ts';
import type { Applet } from './applet.ts';
import { errnoOf } from '../kernel/errno.ts';
import { decodeText } from '../text.ts';
import { parseOptions, type Options } from './options.ts';
import type { Input } from './streams.ts';

export const cat: Applet = {
  names: ['cat'],
  summary: 'Print FILEs to stdout',
  usage: '[-nbvteA] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, context.flavour === 'gnu' ? 'nbvteTEAus' : 'nbvteA', {
      'show-all': 'A',
      number: 'n',
      'number-nonblank': 'b',
      'squeeze-blank': 's',
      'show-ends': 'E',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
    });
    const copy = ['n', 'b', 'v', 't', 'e', 'T', 'E', 'A', 's'].some((option) => options.has(option))
      ? lineCopier(context, options)
      : copyBytes;
    let status = 0;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      let input: Input | undefined;
      try {
        input = await context.open(path);
        await copy(context, input);
      } catch (error) {
        if (errnoOf(error) === 'EPIPE') throw error;
        const message = context.word(input === undefined ? `can't open '${path}'` : 'read error', path);
        status = await context.report(message, error);
      } finally {
        input?.close();
      }
    }
    return status;
  },
};

async function copyBytes(context: AppletContext, input: Input): Promise<void> {
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk())
    await context.out.write(bytes.slice());
}

/** Numbers lines and shows what is not printable; the count goes on from file to file. */
function lineCopier(context: AppletContext, options: Options): (context: AppletContext, input: Input) => Promise<void> {
  const all = options.has('A');
  const show = all || ['v', 't', 'e'].some((option) => options.has(option));
  const tabs = all || options.has('t') || options.has('T');
  const ends = all || options.has('e') || options.has('E');
  let number = 0;
  let blank = false;
  return async (_, input) => {
    for (let record = await input.record(); record !== undefined; record = await input.record()) {
      const complete = record.at(-1) === 0x0a;
      const content = complete ? record.subarray(0, -1) : record;
      const empty = content.byteLength === 0;
      if (options.has('s') && empty && blank) continue;
      blank = empty;
      const numbered = options.has('b') ? !empty : options.has('n');
      const text = show || tabs ? visible(content, show, tabs) : decodeText(content);
      await context.out.write(
        `${numbered ? `${String(++number).padStart(6)}\t` : ''}${text}${complete ? `${ends ? '$' : ''}\n` : ''}`,
      );
    }
  };
}

/** Bytes in the notation of `cat -v`: `^X`, `M-x`. */
function visible(bytes: Uint8Array, control: boolean, tabs: boolean): string {
  let out = '';
  for (const byte of bytes) {
    const low = byte & 0x7f;
    const meta = byte > 0x7f && control ? 'M-' : '';
    if (byte === 9) out += tabs ? '^I' : '\t';
    else if (low < 32 && control) out += `${meta}^${String.fromCharCode(low + 64)}`;
    else if (low === 127 && control) out += `${meta}^?`;
    else out += meta === '' ? decodeText(Uint8Array.of(byte)) : meta + String.fromCharCode(low);
  }
  return out;
}
