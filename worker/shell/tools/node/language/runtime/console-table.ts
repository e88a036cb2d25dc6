/** `console.table`. */
import { isObject, type Obj } from '../callable.ts';
import { inspect } from '../inspect/inspect.ts';
import { DEFAULT_OPTIONS } from '../inspect/options.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';

const INDEX = '(index)';
const VALUES = 'Values';

export function tableOf(realm: Realm, data: Obj, wanted: Value): string {
  const show = (value: Value): string =>
    inspect(realm, value, { ...DEFAULT_OPTIONS, depth: isObject(value) ? -1 : 0, compact: 3 });
  const rows = Object.keys(data).map((key) => [key, data[key]] as const);
  const columns = new Set<string>();
  for (const [, row] of rows) if (isObject(row)) for (const name of Object.keys(row)) columns.add(name);
  const names = Array.isArray(wanted) ? wanted.map(String) : [...columns];
  const hasValues = rows.some(([, row]) => !isObject(row));
  const head = [INDEX, ...names, ...(hasValues ? [VALUES] : [])];
  const body = rows.map(([key, row]) => [
    key,
    ...names.map((name) => (isObject(row) && Object.hasOwn(row, name) ? show(row[name]) : '')),
    ...(hasValues ? [isObject(row) ? '' : show(row)] : []),
  ]);
  const widths = head.map(
    (name, column) => Math.max(name.length, ...body.map((row) => (row[column] ?? '').length)) + 2,
  );
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const cells = (row: readonly string[]): string =>
    `│${row.map((cell, column) => ` ${cell}`.padEnd(widths[column] ?? 0)).join('│')}│`;
  return [line('┌', '┬', '┐'), cells(head), line('├', '┼', '┤'), ...body.map(cells), line('└', '┴', '┘')].join('\n');
}
