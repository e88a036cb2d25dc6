/** Variables and labels of a container, from flags and from files. */
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readBytes } from '../input-files.ts';

/**
 * Variables of the files, then of the flags. A name alone takes the terminal's value; without one it is left out of a file, and
 * stays a name in a flag, which unsets the image's.
 */
export async function readVariables(
  context: CliContext,
  files: readonly string[],
  values: readonly string[],
): Promise<readonly string[]> {
  const completed = (pair: string): string => {
    const value = pair.includes('=') ? undefined : context.shell.env.get(pair);
    return value === undefined ? pair : `${pair}=${value}`;
  };
  const read = (await readFiles(context, files)).map(completed).filter((pair) => pair.includes('='));
  return [...read, ...values.map(completed)];
}

/** Labels of the files, then of the flags; a name alone has an empty value in a flag, and is left out of a file. */
export async function readLabels(
  context: CliContext,
  files: readonly string[],
  values: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const pairs = (await readFiles(context, files)).filter((pair) => pair.includes('='));
  return keyValues([...pairs, ...values]);
}

/** The lines of files of `NAME=VALUE` and `NAME`. Throws {@link CliError} for one that is neither. */
async function readFiles(context: CliContext, files: readonly string[]): Promise<readonly string[]> {
  const read: string[] = [];
  for (const file of files) {
    const invalid = (problem: string): CliError => new CliError(`invalid env file (${file}): ${problem}`);
    const bytes = await readBytes(context, file);
    for (const [at, line] of linesOf(bytes).entries()) {
      const text = decoded(line);
      if (text === undefined) throw invalid(`invalid utf8 bytes at line ${at + 1}: [${line.join(' ')}]`);
      const pair = text.replace(at === 0 ? /^\uFEFF/ : /^/, '').trimStart();
      if (pair === '' || pair.startsWith('#')) continue;
      const name = pair.split('=', 1)[0] ?? '';
      if (/\s/.test(name)) throw invalid(`variable '${name}' contains whitespaces`);
      if (name === '') throw invalid(`no variable name on line '${pair}'`);
      read.push(pair);
    }
  }
  return read;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
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

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Lines without what ends them. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, bytes[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end));
    start = end + 1;
  }
  return lines;
}
