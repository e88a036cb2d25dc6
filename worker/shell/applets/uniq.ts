/** uniq */
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import type { Input, Output } from './streams.ts';

const LONG = {
  count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i', 'zero-terminated': 'z', 'skip-fields': 'f',
  'skip-chars': 's', 'check-chars': 'w',
}; // prettier-ignore

export const uniq: Applet = {
  names: ['uniq'],
  summary: 'Discard duplicate lines',
  usage: '[-cduiz] [-f,s,w N] [FILE [OUTFILE]]',
  async run(context) {
    const options = parseOptions(context.args, 'cduizf:s:w:', LONG);
    const [from = '-', to = '-', ...excess] = options.operands;
    if (excess.length > 0) throw new UsageError('', undefined, `extra operand ${context.quote(excess[0] ?? '')}`);
    for (const option of ['f', 's', 'w']) {
      const value = options.value(option) ?? '0';
      if (parseCount(value) === undefined) return context.complain(`invalid number '${value}'`);
    }
    let input: Input;
    try {
      input = await context.open(from);
    } catch (error) {
      return context.complain(`${context.word(`can't open '${from}'`, from)}: ${errorText(error)}`);
    }
    try {
      const file = to === '-' ? undefined : await context.create(to);
      await copyGroups(input, file ?? context.out, options);
      await file?.close();
    } catch (error) {
      return await context.report(to === '-' ? from : to, error);
    } finally {
      input.close();
    }
    return 0;
  },
};

async function copyGroups(input: Input, output: Output, options: Options): Promise<void> {
  const end = options.has('z') ? 0 : 0x0a;
  const keyOf = comparedPart(options);
  let first: string | undefined;
  let count = 0;
  const finish = (): Promise<void> | undefined => {
    if (first === undefined || (count > 1 ? options.has('u') : options.has('d'))) return undefined;
    const number = options.has('c') ? `${String(count).padStart(7)} ` : '';
    return output.write(`${number}${first}${String.fromCharCode(end)}`);
  };
  for (let record = await input.record(end); record !== undefined; record = await input.record(end)) {
    const line = decodeText(record.at(-1) === end ? record.subarray(0, -1) : record);
    if (first !== undefined && keyOf(first) === keyOf(line)) {
      count++;
      continue;
    }
    await finish();
    first = line;
    count = 1;
  }
  await finish();
}

/** What of a line is compared: after -f fields and -s characters, -w characters, in lower case for -i. */
function comparedPart(options: Options): (line: string) => string {
  const number = (option: string): number | undefined => parseCount(options.value(option) ?? '');
  const fields = number('f') ?? 0;
  const skipped = number('s') ?? 0;
  const width = number('w');
  const fieldPrefix = new RegExp(`^(?:\\s*\\S*){${fields}}`);
  return (line) => {
    const rest = (fields === 0 ? line : line.replace(fieldPrefix, '')).slice(skipped);
    const part = width === undefined ? rest : rest.slice(0, width);
    return options.has('i') ? part.toLowerCase() : part;
  };
}
