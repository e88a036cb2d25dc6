/** The `sh` and `bash` programs: their arguments, and the life of a shell from its first line to its end. */
import { readBody } from '../../vfs/body.ts';
import { errnoOf, strerror } from '../kernel/errno.ts';
import type { ProgramRegistry } from '../kernel/exec.ts';
import type { Process } from '../kernel/process.ts';
import { decodeText, encodeText } from '../text.ts';
import { Input } from '../applets/streams.ts';
import type { Dialect } from './dialects/dialect.ts';
import { runInteractive } from './interactive.ts';
import { runSource } from './nested.ts';
import { optionOfLetter, optionOfName, type OptionName } from './options.ts';
import { SourceText } from './source-text.ts';
import { BASH_VERSION, setInitialVariables } from './initial-variables.ts';
import { Shell } from './shell.ts';
import { runToEnd } from './subshell.ts';

/** What the words after `sh` ask for. */
interface Invocation {
  readonly options: readonly OptionName[];
  /** `-c`: the first operand is the script. */
  readonly fromCommandLine: boolean;
  readonly operands: readonly string[];
  readonly unknown?: string;
}

const BASH_VERSION_TEXT = `GNU bash, version ${BASH_VERSION} (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

/** Runs `sh …` in a process. */
export async function runShell(process: Process, programs: ProgramRegistry, dialect: Dialect): Promise<number> {
  const called = process.argv[0] ?? dialect.name;
  const invocation = parseInvocation(process.argv.slice(1));
  const start = (name: string, positional: readonly string[], source: SourceText): Shell =>
    Shell.start({
      process,
      programs,
      dialect,
      name,
      positional,
      options: [...invocation.options, ...defaultOptions(dialect)],
      source,
    });
  if (dialect.name === 'bash' && process.argv[1] === '--version') {
    await process.write(1, encodeText(BASH_VERSION_TEXT));
    return 0;
  }
  const refuse = async (message: string, status: number): Promise<number> => {
    await process.write(2, encodeText(`${dialect.invocationError(called, message)}\n`));
    return status;
  };
  if (invocation.unknown !== undefined) return refuse(unknownOption(dialect, invocation.unknown), 2);
  const [first, second, ...rest] = invocation.operands;
  if (invocation.fromCommandLine) {
    if (first === undefined)
      return refuse(dialect.name === 'bash' ? '-c: option requires an argument' : '-c requires an argument', 2);
    return runMain(start(second ?? called, rest, new SourceText(first, 'command')));
  }
  if (first === undefined && isTypedTo(process)) return runInteractive(start(called, [], new SourceText('', 'stdin')));
  if (first === undefined || invocation.options.includes('stdin')) {
    const text = decodeText(await new Input(process, process.descriptors.get(0)).all());
    return runMain(start(called, invocation.operands, new SourceText(text, 'stdin')));
  }
  const text = await readScript(process, dialect, first, refuse);
  if (typeof text === 'number') return text;
  return runMain(start(first, second === undefined ? [] : [second, ...rest], new SourceText(text, 'file')));
}

/** A shell without a script whose input and messages are a terminal's has a person before it. */
function isTypedTo({ descriptors }: Process): boolean {
  return [0, 2].every((descriptor) => descriptors.has(descriptor) && descriptors.get(descriptor).terminal);
}

/** The text of a script, or the status for one that cannot be read. */
async function readScript(
  process: Process,
  dialect: Dialect,
  path: string,
  refuse: (message: string, status: number) => Promise<number>,
): Promise<string | number> {
  const bash = dialect.name === 'bash';
  try {
    return decodeText(await readBody(process.files.body(path)));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    const missing = errno === 'ENOENT';
    if (bash && !missing) {
      await process.write(2, encodeText(`${path}: ${path}: ${strerror(errno)}\n`));
      return 126;
    }
    // The others open a directory, and find it empty.
    if (errno === 'EISDIR') return 0;
    if (bash) return refuse(`${path}: ${strerror(errno)}`, 127);
    return refuse(
      dialect.name === 'dash'
        ? `cannot open ${path}: ${missing ? 'No such file' : strerror(errno)}`
        : `can't open '${path}': ${strerror(errno)}`,
      2,
    );
  }
}

function unknownOption(dialect: Dialect, option: string): string {
  if (dialect.name === 'bash') return `${option}: invalid option`;
  return `${dialect.name === 'dash' ? 'Illegal' : 'illegal'} option ${option}`;
}

function defaultOptions(dialect: Dialect): OptionName[] {
  return dialect.name === 'bash' ? ['hashall', 'braceexpand'] : [];
}

/** Runs a shell that was just made until it ends. */
export async function runMain(shell: Shell): Promise<number> {
  setInitialVariables(shell);
  return runToEnd(shell, () => runSource(shell, shell.source));
}

/** Parses the words after the program's name. */
function parseInvocation(words: readonly string[]): Invocation {
  const options: OptionName[] = [];
  let fromCommandLine = false;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--' || word === '-') {
      at++;
      break;
    }
    if (/^--(?:login|norc|noprofile|posix)$/.test(word)) continue;
    if (!/^[-+]./.test(word)) break;
    for (const letter of word.slice(1)) {
      const option = letter === 'o' ? optionOfName(words[++at] ?? '') : optionOfLetter(letter);
      if (letter === 'c') fromCommandLine = true;
      else if (letter === 'l') continue;
      else if (option === undefined) return { options, fromCommandLine, operands: [], unknown: `-${letter}` };
      else if (word.startsWith('-')) options.push(option);
    }
  }
  return { options, fromCommandLine, operands: words.slice(at) };
}
