/** join (XCU join) */
import type { Applet } from './applet.ts';
import { errorText, type AppletContext } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

interface Row {
  readonly key: string;
  readonly fields: readonly string[];
  readonly line: string;
}

export const join: Applet = {
  names: ['join'],
  summary: 'Join lines of two sorted files on a common field',
  usage: '[-i] [-a N] [-v N] [-e STR] [-o LIST] [-t CHAR] [-1 FIELD] [-2 FIELD] [-j FIELD] FILE1 FILE2',
  async run(context) {
    const options = parseOptions(context.args, 'a:v:e:o:t:1:2:j:i', {
      'ignore-case': 'i',
      'nocheck-order': 'O',
      header: 'header',
    });
    const [first, second, ...excess] = options.operands;
    if (first === undefined || second === undefined || excess.length > 0) throw new UsageError('');
    const files: Row[][] = [];
    for (const [i, path] of [first, second].entries()) {
      try {
        const input = await context.open(path);
        const rows: Row[] = [];
        for await (const batch of input.batches()) for (const line of batch) rows.push(rowOf(line, options, i + 1));
        input.close();
        files.push(rows);
      } catch (error) {
        return context.complain(`${path}: ${errorText(error)}`);
      }
    }
    const [a = [], b = []] = files;
    for (const line of joinedLines(a, b, options)) await context.out.write(`${line}\n`);
    if (context.flavour !== 'gnu' || options.has('O')) return 0;
    return tellDisorder(context, [first, second], files);
  },
};

/** GNU's tells of the first line of each file that is out of order. */
async function tellDisorder(
  context: AppletContext,
  paths: readonly string[],
  files: readonly (readonly Row[])[],
): Promise<number> {
  let status = 0;
  for (const [index, rows] of files.entries()) {
    const at = rows.findIndex((row, i) => i > 0 && row.key < (rows[i - 1]?.key ?? ''));
    if (at === -1) continue;
    status = await context.complain(`${paths[index] ?? ''}:${at + 1}: is not sorted: ${rows[at]?.line ?? ''}`);
  }
  return status === 0 ? 0 : context.complain('input is not in sorted order');
}

function keyField(options: Options, file: number): number {
  return Number(options.value(String(file)) ?? options.value('j') ?? '1');
}

function rowOf(line: string, options: Options, file: number): Row {
  const separator = options.value('t');
  const fields = separator === undefined ? line.split(/[ \t]+/).filter((field) => field !== '') : line.split(separator);
  const key = fields[keyField(options, file) - 1] ?? '';
  return { key: options.has('i') ? key.toLowerCase() : key, fields, line };
}

function* joinedLines(a: readonly Row[], b: readonly Row[], options: Options): Generator<string> {
  const alone = new Set([...options.values('a'), ...options.values('v')]);
  const pairs = !options.has('v');
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && right !== undefined && left.key === right.key) {
      const sameKey = (rows: readonly Row[], from: number): Row[] => {
        const end = rows.findIndex((row, at) => at >= from && row.key !== left.key);
        return rows.slice(from, end === -1 ? undefined : end);
      };
      const [lefts, rights] = [sameKey(a, i), sameKey(b, j)];
      if (pairs) for (const one of lefts) for (const other of rights) yield outputLine(one, other, options);
      i += lefts.length;
      j += rights.length;
    } else if (right === undefined || (left !== undefined && left.key < right.key)) {
      if (alone.has('1')) yield outputLine(left, undefined, options);
      i++;
    } else {
      if (alone.has('2')) yield outputLine(undefined, right, options);
      j++;
    }
  }
}

function outputLine(left: Row | undefined, right: Row | undefined, options: Options): string {
  const joiner = options.value('t') ?? ' ';
  const empty = options.value('e') ?? '';
  const list = options.values('o').flatMap((value) => value.split(/[ ,\t]+/));
  const key = left?.fields[keyField(options, 1) - 1] ?? right?.fields[keyField(options, 2) - 1] ?? '';
  if (list.length > 0 && list[0] !== 'auto') {
    const fields = list.map((item) => {
      if (item === '0') return key;
      const [file, field] = item.split('.');
      const value = (file === '1' ? left : right)?.fields[Number(field) - 1];
      return value === undefined || value === '' ? empty : value;
    });
    return fields.join(joiner);
  }
  const others = (row: Row | undefined, file: number): readonly string[] =>
    row?.fields.filter((_, at) => at !== keyField(options, file) - 1) ?? [];
  return [key, ...others(left, 1), ...others(right, 2)].join(joiner);
}
