/** The command line of jq: options may stand anywhere, and `--arg` takes two words. */
import { decodeText } from '../../text.ts';
import { errorText, type AppletContext } from '../context.ts';
import { UsageError } from '../options.ts';
import { JsonReader, parseJson } from './json-reader.ts';
import { JqError, type Json } from './json.ts';

export interface CommandLine {
  readonly program: string;
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, Json>;
  readonly nullInput: boolean;
  readonly slurp: boolean;
  readonly rawInput: boolean;
  readonly raw: boolean;
  /** Outputs are not followed by a newline. */
  readonly joined: boolean;
  readonly sortKeys: boolean;
  readonly ascii: boolean;
  readonly exitStatus: boolean;
  readonly indent: string;
}

const USAGE_STATUS = 2;
const LONG: Readonly<Record<string, string>> = {
  'null-input': 'n', slurp: 's', 'raw-input': 'R', 'raw-output': 'r', 'join-output': 'j', 'compact-output': 'c', 'sort-keys': 'S',
  'ascii-output': 'a', 'exit-status': 'e', 'color-output': 'C', 'monochrome-output': 'M', 'from-file': 'f', unbuffered: 'u',
}; // prettier-ignore
const LETTERS = 'nsRrjcSaeCMfu';

/** The command line; the status when it is wrong and that was told. Throws UsageError. */
export async function readCommandLine(context: AppletContext): Promise<CommandLine | number> {
  const letters = new Set<string>();
  const variables = new Map<string, Json>();
  const named = new Map<string, Json>();
  const operands: string[] = [];
  const positional: Json[] = [];
  let indent = '  ';
  let takes: 'files' | 'args' | 'jsonargs' = 'files';
  const words = [...context.args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      operands.push(...words.splice(0));
    } else if (word === '--arg' || word === '--argjson' || word === '--slurpfile' || word === '--rawfile') {
      const [name, text] = words.splice(0, 2);
      if (name === undefined || text === undefined) {
        await context.err.write(`jq: ${word} takes two parameters (e.g. ${word} varname value)\n`);
        return USAGE_STATUS;
      }
      const value = await valueOf(context, word, name, text);
      if (value === undefined) return USAGE_STATUS;
      variables.set(name, value);
      named.set(name, value);
    } else if (word === '--args' || word === '--jsonargs') {
      takes = word === '--args' ? 'args' : 'jsonargs';
    } else if (word === '--tab') {
      indent = '\t';
    } else if (word === '--indent') {
      indent = ' '.repeat(Number(words.shift() ?? '2'));
    } else if (word.startsWith('--')) {
      const letter = LONG[word.slice(2)];
      if (letter === undefined) return unknownOption(context, word);
      letters.add(letter);
    } else if (word.startsWith('-') && word.length > 1) {
      for (const letter of word.slice(1)) {
        if (!LETTERS.includes(letter)) return unknownOption(context, word);
        letters.add(letter);
      }
    } else if (operands.length === 0 || takes === 'files') {
      operands.push(word);
    } else {
      positional.push(takes === 'args' ? word : parseJson(word));
    }
  }
  const [first, ...files] = operands;
  if (first === undefined) throw new UsageError('', USAGE_STATUS);
  const program = letters.has('f') ? await readText(context, first) : first;
  if (program === undefined) return USAGE_STATUS;
  variables.set('__prog_args', positional);
  variables.set('ARGS', new Map<string, Json>([['positional', positional], ['named', named]])); // prettier-ignore
  return {
    program,
    files,
    variables,
    nullInput: letters.has('n'),
    slurp: letters.has('s'),
    rawInput: letters.has('R'),
    raw: letters.has('r') || letters.has('j'),
    joined: letters.has('j'),
    sortKeys: letters.has('S'),
    ascii: letters.has('a'),
    exitStatus: letters.has('e'),
    indent: letters.has('c') ? '' : indent,
  };
}

async function unknownOption(context: AppletContext, option: string): Promise<number> {
  await context.err.write(
    `jq: Unknown option ${option}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
  );
  return USAGE_STATUS;
}

/** What a named argument stands for; undefined where that is wrong and was told. */
async function valueOf(context: AppletContext, option: string, name: string, text: string): Promise<Json | undefined> {
  if (option === '--arg') return text;
  if (option === '--argjson') {
    try {
      return parseJson(text);
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      await context.err.write(`jq: Invalid JSON text passed to --argjson\n`);
      return undefined;
    }
  }
  const contents = await readText(context, text);
  if (contents === undefined || option === '--rawfile') return contents;
  const reader = new JsonReader(contents);
  const values: Json[] = [];
  try {
    for (let value = reader.next(); value !== undefined; value = reader.next()) values.push(value);
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    await context.err.write(`jq: Bad JSON in --slurpfile ${name} ${text}: ${error.message}\n`);
    return undefined;
  }
  return values;
}

async function readText(context: AppletContext, path: string): Promise<string | undefined> {
  try {
    const input = await context.open(path);
    const text = decodeText(await input.all());
    input.close();
    return text;
  } catch (error) {
    await context.err.write(`jq: error: Could not open file ${path}: ${errorText(error)}\n`);
    return undefined;
  }
}
