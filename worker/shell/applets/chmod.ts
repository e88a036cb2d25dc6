/** chmod */
import type { Applet } from './applet.ts';
import { modeText, parseMode } from './modes.ts';
import { parseOptions, UsageError } from './options.ts';
import { changeTrees } from './ownership.ts';

export const chmod: Applet = {
  names: ['chmod'],
  summary: 'Change the permission bits of FILEs',
  usage: '[-Rcvf] MODE[,MODE]... FILE...',
  async run(context) {
    // A mode like -w or -rwx looks like an option.
    const modeAt = context.args.findIndex((word) => /^-[rwxXstugoa]/.test(word));
    const words = modeAt === -1 ? context.args : context.args.toSpliced(modeAt, 1);
    const options = parseOptions(words, 'Rcvf', {
      recursive: 'R',
      changes: 'c',
      verbose: 'v',
      quiet: 'f',
      silent: 'f',
      reference: 'reference:',
    });
    const reference = options.value('reference');
    const given = modeAt === -1 ? options.operands : [context.args[modeAt] ?? '', ...options.operands];
    const [modeOperand, ...rest] = reference === undefined ? given : ['', ...given];
    if (rest.length === 0)
      throw new UsageError(
        '',
        undefined,
        given.length === 0 ? undefined : `missing operand after ${context.quote(modeOperand ?? '')}`,
      );
    let text = modeOperand ?? '';
    if (reference !== undefined) {
      try {
        text = context.files.stat(reference).inode.mode.toString(8);
      } catch (error) {
        return context.report(reference, error);
      }
    }
    if (parseMode(text, 0, false, 0) === undefined) {
      if (context.flavour === 'gnu') throw new UsageError(`invalid mode: ${context.quote(text)}`);
      return context.complain(`invalid mode '${text}'`);
    }
    const messages: string[] = [];
    const status = await changeTrees(context, rest, {
      recursive: options.has('R'),
      quiet: options.has('f'),
      failure: (path) => `changing permissions of '${path}'`,
      change(path, { inode }, link) {
        if (link) return;
        const mode =
          parseMode(text, inode.mode, inode.kind === 'directory', context.process.umask, context.flavour) ?? inode.mode;
        context.files.changeMode(path, mode);
        if (options.has('v') || (options.has('c') && mode !== inode.mode)) {
          const words = context.flavour === 'gnu' ? changeText(inode.mode, mode) : `changed to ${shown(mode)}`;
          messages.push(`mode of '${path}' ${words}\n`);
        }
      },
    });
    await context.out.write(messages.join(''));
    return status;
  },
};

function shown(mode: number): string {
  return `${mode.toString(8).padStart(4, '0')} (${modeText('file', mode).slice(1)})`;
}

function changeText(before: number, after: number): string {
  return before === after ? `retained as ${shown(after)}` : `changed from ${shown(before)} to ${shown(after)}`;
}
