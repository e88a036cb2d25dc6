/** The command line of awk, in byte text. */
import type { AppletContext } from '../context.ts';
import { errorText } from '../context.ts';
import { parseOptions, UsageError } from '../options.ts';
import { AwkError } from './ast.ts';
import { bytesToText, toByteText } from './byte-text.ts';
import { unescapeValue } from './lexer.ts';
import { InputText, type Value } from './values.ts';

export interface CommandLine {
  readonly source: string;
  /** What mistakes in the program are said to be in. */
  readonly sourceName: string;
  /** `-F` and `-v`, in order. */
  readonly assignments: readonly (readonly [name: string, value: Value])[];
  readonly operands: readonly string[];
}

/** Reads options and program files. Throws {@link AwkError} and UsageError. */
export async function readCommandLine(context: AppletContext): Promise<CommandLine> {
  const options = parseOptions(context.args, '+F:v:f:e:E:W:', {
    'field-separator': 'F',
    assign: 'v',
    file: 'f',
    source: 'e',
  });
  const operands = options.operands.map(toByteText);
  const parts: string[] = [];
  let sourceName = 'cmd. line';
  for (const { option, value = '' } of options.given) {
    if (option === 'e') parts.push(toByteText(value));
    if (option !== 'f' && option !== 'E') continue;
    parts.push(await readProgram(context, value));
    sourceName = value;
  }
  if (parts.length === 0) {
    const program = operands.shift();
    if (program === undefined) throw new UsageError('');
    parts.push(program);
  }
  const assignments = options.given.flatMap(({ option, value = '' }) => {
    if (option === 'F') return [['FS', unescapeValue(toByteText(value))] as const];
    return option === 'v' ? [assignmentOf(toByteText(value))] : [];
  });
  return { source: parts.join('\n'), sourceName, assignments, operands };
}

function assignmentOf(text: string): readonly [string, Value] {
  const [, name, value] = /^([A-Za-z_][A-Za-z_0-9]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError('');
  return [name, new InputText(unescapeValue(value))];
}

async function readProgram(context: AppletContext, path: string): Promise<string> {
  try {
    const input = await context.open(path);
    const text = bytesToText(await input.all());
    input.close();
    // the first line may name the interpreter
    return text.replace(/^#![^\n]*/, '');
  } catch (error) {
    throw new AwkError(`can't open '${path}': ${errorText(error)}`);
  }
}

/** The environment in byte text. */
export function byteVariables(environment: ReadonlyMap<string, string>): (readonly [string, Value])[] {
  return [...environment].map(([name, value]) => [toByteText(name), new InputText(toByteText(value))] as const);
}
