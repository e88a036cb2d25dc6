/** bash's `mapfile` and `readarray`: lines into an array. */
import { ShellError } from '../failures.ts';
import { readLine } from '../line-input.ts';
import { parseOptions, UsageError, type Options } from '../../applets/options.ts';
import type { Builtin } from './builtin.ts';

export const mapfile: Builtin = {
  names: ['mapfile', 'readarray'],
  dialects: ['bash'],
  async run(shell, args) {
    const options = parse(args);
    const [name = 'MAPFILE'] = options.operands;
    const descriptor = Number(options.value('u') ?? '0');
    const delimiter = (options.value('d') ?? '\n').charCodeAt(0) || 0;
    const limit = Number(options.value('n') ?? '0') || Infinity;
    const origin = Number(options.value('O') ?? '0');
    let skip = Number(options.value('s') ?? '0');
    const elements = new Map<string, string>(options.has('O') ? shell.variables.find(name)?.elements : []);
    for (let count = 0; count < limit;) {
      const line = await readLine(shell, descriptor, delimiter);
      if (line === undefined) break;
      if (skip-- > 0) continue;
      const end = line.complete && !options.has('t') ? String.fromCharCode(delimiter) : '';
      elements.set(String(origin + count++), line.text + end);
    }
    shell.assignElements(name, elements);
    return 0;
  },
};

function parse(args: readonly string[]): Options {
  try {
    return parseOptions(args, '+d:n:O:s:tu:C:c:');
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new ShellError(error.message, 2);
  }
}
