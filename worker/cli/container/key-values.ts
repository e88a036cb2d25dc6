/** Variables and labels of a container, from flags and from files. */
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readText } from '../input-files.ts';

/** Variables of the files, then of the flags. A name without a value takes the terminal's value, and is left out without one. */
export async function readVariables(
  context: CliContext,
  files: readonly string[],
  values: readonly string[],
): Promise<readonly string[]> {
  const fromFiles: string[] = [];
  for (const file of files) {
    for (const [at, line] of linesOf(await readText(context, file))) {
      const name = line.split('=', 1)[0] ?? '';
      if (/\s/.test(name)) throw invalidLine(file, at, `variable '${name}' contains whitespaces`);
      if (name === '') throw invalidLine(file, at, `no variable name on line '${line}'`);
      fromFiles.push(line);
    }
  }
  return [...fromFiles, ...values].flatMap((pair) => {
    if (pair.includes('=')) return pair;
    const value = context.shell.env.get(pair);
    return value === undefined ? [] : `${pair}=${value}`;
  });
}

/** Labels of the files, then of the flags; a name alone has an empty value. */
export async function readLabels(
  context: CliContext,
  files: readonly string[],
  values: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const pairs: string[] = [];
  for (const file of files) for (const [, line] of linesOf(await readText(context, file))) pairs.push(line);
  return keyValues([...pairs, ...values]);
}

/** `NAME=VALUE` pairs as a map. */
export function keyValues(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

/** Lines with their number from 0, without comments and empty ones. */
function linesOf(text: string): readonly (readonly [number, string])[] {
  return text
    .split('\n')
    .map((line, at) => [at, line.replace(/\r$/, '').replace(/^\s+/, '')] as const)
    .filter(([, line]) => line !== '' && !line.startsWith('#'));
}

function invalidLine(file: string, at: number, problem: string): CliError {
  return new CliError(`invalid env file (${file}): ${problem} (line ${at + 1})`);
}
