/** sed */
import { errnoOf } from '../../kernel/errno.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { LineReader } from './line-reader.ts';
import { SedMachine } from './machine.ts';
import { parseSedScript, SedSyntaxError, type SedCommand } from './script.ts';
import { PANIC, UNREADABLE } from './status.ts';

const LONG = {
  quiet: 'n',
  silent: 'n',
  expression: 'e',
  file: 'f',
  'in-place': 'i',
  'regexp-extended': 'E',
  separate: 's',
  'null-data': 'z',
};

/** Behaviour that is so here whether it is asked for or not. */
const GNU_LONG = {
  unbuffered: 'u',
  posix: 'posix',
  sandbox: 'sandbox',
  'follow-symlinks': 'follow',
  'line-length': 'l',
};

export const sed: Applet = {
  names: ['sed'],
  summary: 'Edit FILEs (or stdin) line by line',
  usage: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, context.flavour === 'gnu' ? 'i::rEne:f:szul:' : 'i::rEne:f:', {
      ...LONG,
      ...(context.flavour === 'gnu' ? GNU_LONG : {}),
    });
    const operands = [...options.operands];
    const gnu = context.flavour === 'gnu';
    const extended = options.has('r') || options.has('E');
    let script: string;
    let commands: SedCommand[];
    try {
      script = await scriptOf(context, options, operands);
      commands = parseSedScript(script, { extended, strict: gnu });
    } catch (error) {
      if (error instanceof SedSyntaxError) return context.complain(context.word(error.message, error.gnuMessage));
      if (error instanceof UsageError && gnu) return printGnuUsage(context);
      if (errnoOf(error) !== undefined && gnu) {
        await context.report(`couldn't open file ${options.value('f') ?? ''}`, error);
        return PANIC;
      }
      throw error;
    }
    const silent = options.has('n') || script.startsWith('#n\n');
    const suffix = options.has('i') ? (options.value('i') ?? '') : undefined;
    if (suffix !== undefined && operands.length === 0) throw new UsageError('');
    if (suffix !== undefined) return editInPlace(context, commands, operands, silent, suffix);
    const reader = new LineReader(context, operands.length === 0 ? ['-'] : operands);
    const machine = new SedMachine(context, commands, silent, reader, context.out);
    const status = await machine.run();
    await machine.close();
    return status === 0 && reader.failed ? (gnu ? reader.failure : 1) : status;
  },
};

/** The script: all -e and -f in order; busybox reads every -f behind every -e. */
async function scriptOf(context: AppletContext, { given }: Options, operands: string[]): Promise<string> {
  const parts: string[] = [];
  const files: string[] = [];
  for (const { option, value = '' } of given) {
    if (option === 'e') parts.push(value);
    if (option !== 'f') continue;
    const input = await context.open(value);
    (context.flavour === 'gnu' ? parts : files).push((await input.text()).replace(/\n$/, ''));
    input.close();
  }
  const all = [...parts, ...files];
  if (all.length > 0) return all.join('\n');
  const script = operands.shift();
  if (script === undefined) throw new UsageError('');
  return script;
}

async function editInPlace(
  context: AppletContext,
  commands: readonly SedCommand[],
  paths: readonly string[],
  silent: boolean,
  suffix: string,
): Promise<number> {
  let status = 0;
  for (const path of paths) {
    const { files } = context;
    try {
      const before = files.stat(path);
      const reader = new LineReader(context, [path]);
      if (before.inode.kind !== 'file') {
        status = await context.complain(
          context.word(`${path}: not a regular file`, `couldn't edit ${path}: not a regular file`),
        );
        if (context.flavour === 'gnu') status = PANIC;
        continue;
      }
      const edited = `${path}.sed-edited`;
      const output = await context.create(edited);
      const machine = new SedMachine(context, commands, silent, reader, output);
      const result = await machine.run();
      await machine.close();
      await output.close();
      files.changeOwner(edited, before.inode.uid, before.inode.gid);
      files.changeMode(edited, before.inode.mode);
      if (suffix !== '') files.rename(path, suffix.includes('*') ? suffix.replaceAll('*', path) : path + suffix);
      files.rename(edited, path);
      if (result !== 0) return result;
    } catch (error) {
      if (errnoOf(error) === 'EPIPE') throw error;
      status = await context.complain(`${context.word(path, `can't read ${path}`)}: ${errorText(error)}`);
      if (context.flavour === 'gnu') status = UNREADABLE;
    }
  }
  return status;
}

async function printGnuUsage(context: AppletContext): Promise<number> {
  await context.err.write('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n');
  return 1;
}
