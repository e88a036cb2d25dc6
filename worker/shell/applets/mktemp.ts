/** mktemp */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errnoOf } from '../kernel/errno.ts';
import { parseOptions, UsageError } from './options.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const ATTEMPTS = 100;

export const mktemp: Applet = {
  names: ['mktemp'],
  summary: 'Create a temporary file with name based on TEMPLATE and print its name.',
  usage: '[-dt] [-p DIR] [TEMPLATE]',
  async run(context) {
    const options = parseOptions(context.args, 'dqtup:', {
      directory: 'd',
      quiet: 'q',
      'dry-run': 'u',
      tmpdir: 'tmpdir::',
      suffix: 'suffix:',
    });
    if (options.operands.length > 1) throw new UsageError('', undefined, 'too many templates');
    const template =
      (options.operands[0] ?? (context.flavour === 'gnu' ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX')) +
      (options.value('suffix') ?? '');
    const based = options.operands.length === 0 || ['t', 'p', 'tmpdir'].some((option) => options.has(option));
    const directory = options.value('p') ?? options.value('tmpdir') ?? '';
    const base = directory !== '' ? directory : (context.env.get('TMPDIR') ?? '/tmp');
    const path = based ? `${base.replace(/(?<=.)\/+$/, '')}/${template}` : template;
    try {
      const made = await makeUnique(context, path, options.has('d'), options.has('u'));
      if (made === undefined) return options.has('q') ? 1 : await context.complain(tooFewText(context, template));
      await context.out.write(`${made}\n`);
      return 0;
    } catch (error) {
      if (errnoOf(error) !== undefined && options.has('q')) return 1;
      const what = options.has('d') ? 'directory' : 'file';
      return context.report(context.word('', `failed to create ${what} via template ${context.quote(path)}`), error);
    }
  },
};

function tooFewText(context: AppletContext, template: string): string {
  return context.word(': Invalid argument', `too few X's in template ${context.quote(template)}`);
}

/** Makes a file or directory of a name that is free; undefined when the template has no room. */
async function makeUnique(
  context: AppletContext,
  template: string,
  directory: boolean,
  dryRun: boolean,
): Promise<string | undefined> {
  // busybox wants six of them at the end; coreutils takes three anywhere in the last segment.
  const pattern = context.flavour === 'gnu' ? /X{3,}(?=[^X/]*$)/ : /X{6}$/;
  const match = pattern.exec(template);
  if (match === null) return undefined;
  for (let attempt = 0; ; attempt++) {
    const random = [...context.process.kernel.random.bytes(match[0].length)];
    const letters = random.map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
    const path = template.slice(0, match.index) + letters + template.slice(match.index + match[0].length);
    try {
      if (dryRun) {
        if (context.files.find(path, false) === undefined) return path;
      } else if (directory) {
        context.files.makeDirectory(path, 0o700);
        return path;
      } else {
        (await context.files.open(path, { write: true, create: true, exclusive: true }, 0o600)).release();
        return path;
      }
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || attempt === ATTEMPTS) throw error;
    }
  }
}
