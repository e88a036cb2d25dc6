/** sort */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { errnoOf } from '../kernel/errno.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { compareLines, parseSortKey, type SortKey } from './sort-keys.ts';

const LONG = {
  'ignore-leading-blanks': 'b', 'dictionary-order': 'd', 'ignore-case': 'f', 'general-numeric-sort': 'g', 'human-numeric-sort': 'h',
  'month-sort': 'M', 'numeric-sort': 'n', reverse: 'r', 'version-sort': 'V', check: 'c', key: 'k', output: 'o', stable: 's',
  'field-separator': 't', unique: 'u', 'zero-terminated': 'z', merge: 'm', 'buffer-size': 'S', 'temporary-directory': 'T',
  parallel: 'parallel:', 'random-sort': 'R',
}; // prettier-ignore

export const sort: Applet = {
  names: ['sort'],
  summary: 'Sort lines of text',
  usage: '[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
  usageStatus: 2,
  gnuUsageStatus: 2,
  async run(context) {
    const options = parseOptions(context.args, 'bcdfghik:mMno:rRsS:t:T:uVz', LONG);
    const separator = options.value('t');
    if (separator !== undefined && [...separator].length !== 1 && separator !== '\\0') {
      if (context.flavour === 'gnu') {
        await context.complain(`multi-character tab ${context.quote(separator)}`);
        return 2;
      }
      throw new UsageError(`bad -t parameter`);
    }
    const keys = parseKeys(options);
    if (keys === undefined) {
      const zero = options.values('k').find((text) => /^0/.test(text));
      await context.complain(
        zero === undefined || context.flavour === 'busybox'
          ? 'bad field specification'
          : `field number is zero: invalid field specification ${context.quote(zero)}`,
      );
      return 2;
    }
    const lines = await readLines(context, options);
    if (typeof lines === 'number') return lines;
    const reverse = options.has('r');
    const compare = compareLines(keys, { separator, stable: options.has('s'), reverse });
    const compareKeysAlone = compareLines(keys, { separator, stable: true, reverse });
    if (options.has('c')) return checkOrder(context, lines, compareKeysAlone, options.has('u'), options.operands);
    const sorted = lines.sort(compare);
    const unique = options.has('u')
      ? sorted.filter((line, index) => index === 0 || compareKeysAlone(sorted[index - 1] ?? '', line) !== 0)
      : sorted;
    return writeLines(context, unique, options);
  },
};

const GLOBAL_FLAGS = ['b', 'd', 'f', 'g', 'h', 'i', 'M', 'n', 'r', 'V'];

/** The keys of -k; the options outside of keys serve for keys without any, and for the whole line when there is none. */
function parseKeys(options: Options): SortKey[] | undefined {
  const flags = GLOBAL_FLAGS.filter((flag) => options.has(flag)).join('');
  const texts = options.values('k');
  if (texts.length === 0)
    return [
      {
        start: { field: 1, offset: 1 },
        end: undefined,
        flags,
        skipStartBlanks: flags.includes('b'),
        skipEndBlanks: false,
      },
    ];
  const keys: SortKey[] = [];
  for (const text of texts) {
    const key = parseSortKey(text, flags);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

async function readLines(context: AppletContext, options: Options): Promise<string[] | number> {
  const delimiter = options.has('z') ? '\0' : '\n';
  const lines: string[] = [];
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    try {
      const input = await context.open(path);
      const text = await input.text();
      input.close();
      if (text === '') continue;
      const parts = text.split(delimiter);
      if (text.endsWith(delimiter)) parts.pop();
      for (const part of parts) lines.push(part);
    } catch (error) {
      const cannot = errnoOf(error) === 'EISDIR' ? 'read failed' : 'cannot read';
      await context.complain(`${context.word(path, `${cannot}: ${path}`)}: ${errorText(error)}`);
      return 2;
    }
  }
  return lines;
}

async function checkOrder(
  context: AppletContext,
  lines: readonly string[],
  compare: (a: string, b: string) => number,
  unique: boolean,
  operands: readonly string[],
): Promise<number> {
  for (let index = 1; index < lines.length; index++) {
    const order = compare(lines[index - 1] ?? '', lines[index] ?? '');
    if (order < 0 || (order === 0 && !unique)) continue;
    const [file = '-'] = operands;
    await context.err.write(
      context.word(`Check line ${index}\n`, `sort: ${file}:${index + 1}: disorder: ${lines[index] ?? ''}\n`),
    );
    return 1;
  }
  return 0;
}

async function writeLines(context: AppletContext, lines: readonly string[], options: Options): Promise<number> {
  const delimiter = options.has('z') ? '\0' : '\n';
  const path = options.value('o');
  const file = path === undefined ? undefined : await context.create(path);
  const output = file ?? context.out;
  for (const line of lines) {
    const pause = output.write(line + delimiter);
    if (pause !== undefined) await pause;
  }
  await file?.close();
  return 0;
}
