/** nginx's configuration language: simple directives ended by `;`, blocks in braces, `include`. What is wrong is told in nginx's words. */
import type { AppletContext } from '../../applets/context.ts';
import { errnoOf, strerror, type Errno } from '../../kernel/errno.ts';
import { readText } from '../placing.ts';
import { KNOWN_DIRECTIVES } from './directive-names.ts';

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** Of a block; undefined for a simple directive. */
  readonly block?: readonly Directive[];
  readonly file: string;
  readonly line: number;
}

/** What keeps nginx from starting, as it words it behind `[emerg]`. */
export class ConfigurationProblem extends Error {
  override readonly name = 'ConfigurationProblem';
}

/** Numbers of the errors that a system call may end with when nginx starts. */
const ERROR_NUMBERS: Partial<Record<Errno, number>> = { ENOENT: 2, EACCES: 13, ENOTDIR: 20, ENOSPC: 28, EROFS: 30 };

/** Does what nginx needs in order to start; what the system refuses is a {@link ConfigurationProblem}. */
export function orProblem(call: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new ConfigurationProblem(`${call} failed (${ERROR_NUMBERS[errno] ?? 5}: ${strerror(errno)})`);
  }
}

interface Token {
  readonly text: string;
  /** It was written in quotes: never punctuation. */
  readonly quoted: boolean;
  readonly line: number;
}

/** Reads a file with all it includes. Throws {@link ConfigurationProblem}. */
export async function readDirectives(context: AppletContext, file: string): Promise<readonly Directive[]> {
  const text = await readText(context, file);
  if (text === undefined) throw new ConfigurationProblem(`open() "${file}" failed (2: No such file or directory)`);
  const tokens = tokensOf(text, file);
  const reader: Reader = { context, file, tokens, at: 0 };
  const directives = await readBlock(reader, false);
  return directives;
}

interface Reader {
  readonly context: AppletContext;
  readonly file: string;
  readonly tokens: readonly Token[];
  at: number;
}

async function readBlock(reader: Reader, inner: boolean): Promise<readonly Directive[]> {
  const { context, file, tokens } = reader;
  const directives: Directive[] = [];
  for (;;) {
    const first = tokens[reader.at];
    if (first === undefined) {
      if (inner) throw new ConfigurationProblem(`unexpected end of file, expecting "}" in ${file}:${lastLine(tokens)}`);
      return directives;
    }
    reader.at++;
    if (isMark(first, '}')) {
      if (inner) return directives;
      throw new ConfigurationProblem(`unexpected "}" in ${file}:${first.line}`);
    }
    if (isMark(first, ';') || isMark(first, '{'))
      throw new ConfigurationProblem(`unexpected "${first.text}" in ${file}:${first.line}`);
    const { args, opens } = readArguments(reader, first);
    const directive = { name: first.text, args, file, line: first.line };
    if (directive.name === 'include' && !opens) {
      directives.push(...(await included(context, directive)));
      continue;
    }
    if (opens && RAW_BLOCKS.has(directive.name)) {
      directives.push({ ...directive, block: readPairs(reader) });
      continue;
    }
    if (!KNOWN_DIRECTIVES.has(directive.name))
      throw new ConfigurationProblem(`unknown directive "${directive.name}" in ${file}:${directive.line}`);
    directives.push(opens ? { ...directive, block: await readBlock(reader, true) } : directive);
  }
}

/** Blocks whose lines are values with their names, not directives. */
const RAW_BLOCKS: ReadonlySet<string> = new Set(['types', 'map', 'geo', 'split_clients']);

function readPairs(reader: Reader): readonly Directive[] {
  const { file, tokens } = reader;
  const pairs: Directive[] = [];
  for (;;) {
    const first = tokens[reader.at++];
    if (first === undefined)
      throw new ConfigurationProblem(`unexpected end of file, expecting "}" in ${file}:${lastLine(tokens)}`);
    if (isMark(first, '}')) return pairs;
    pairs.push({ name: first.text, args: readArguments(reader, first).args, file, line: first.line });
  }
}

function readArguments(reader: Reader, first: Token): { readonly args: readonly string[]; readonly opens: boolean } {
  const { file, tokens } = reader;
  const args: string[] = [];
  for (;;) {
    const token = tokens[reader.at];
    if (token === undefined) {
      throw new ConfigurationProblem(
        `unexpected end of file, expecting ";" or "}" in ${file}:${lastLine(tokens, first.line)}`,
      );
    }
    reader.at++;
    if (isMark(token, ';') || isMark(token, '{')) return { args, opens: token.text === '{' };
    if (isMark(token, '}')) throw new ConfigurationProblem(`unexpected "}" in ${file}:${token.line}`);
    args.push(token.text);
  }
}

async function included(context: AppletContext, { args, file, line }: Directive): Promise<readonly Directive[]> {
  const [pattern = ''] = args;
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const directives: Directive[] = [];
  for (const match of filesMatching(context, path)) directives.push(...(await readDirectives(context, match)));
  if (!path.includes('*') && context.files.find(path) === undefined) {
    throw new ConfigurationProblem(`open() "${path}" failed (2: No such file or directory) in ${file}:${line}`);
  }
  return directives;
}

/** The files a path with a star in its last segment means, in byte order. */
function filesMatching({ files }: AppletContext, path: string): readonly string[] {
  if (!path.includes('*')) return files.find(path) === undefined ? [] : [path];
  const slash = path.lastIndexOf('/');
  const directory = path.slice(0, slash);
  const name = path.slice(slash + 1);
  const pattern = new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
  if (files.find(directory)?.inode.kind !== 'directory') return [];
  const names = files.list(directory).map((entry) => entry.name);
  return names.filter((one) => !one.startsWith('.') && pattern.test(one)).map((one) => `${directory}/${one}`);
}

function isMark({ text, quoted }: Token, mark: string): boolean {
  return !quoted && text === mark;
}

function lastLine(tokens: readonly Token[], least = 1): number {
  return Math.max(least, (tokens.at(-1)?.line ?? 0) + 1);
}

function tokensOf(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|#[^\n]*|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|[;{}]|(?:\$\{\w+\}|\\[\s\S]|[^\s;{}"'\\])(?:\$\{\w+\}|\\[\s\S]|[^\s;{}\\])*|["']/y;
  let line = 1;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole] = match;
    const quoted = match[1] ?? match[2];
    if (whole === '"' || whole === "'")
      throw new ConfigurationProblem(`unexpected end of file, expecting "${whole}" in ${file}:${line}`);
    if (quoted !== undefined) tokens.push({ text: unescaped(quoted), quoted: true, line });
    else if (!/^[\s#]/.test(whole)) tokens.push({ text: unescaped(whole), quoted: false, line });
    line += whole.split('\n').length - 1;
  }
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** A backslash hides quotes and itself, and makes white space; before anything else it stays, as expressions want it. */
function unescaped(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
