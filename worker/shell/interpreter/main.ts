/** The `sh` and `bash` programs: their arguments, and the life of a shell from its first line to its end. */
import { readBody } from '../../vfs/body.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { ProgramRegistry } from '../kernel/exec.ts';
import type { Process } from '../kernel/process.ts';
import { decodeText } from '../text.ts';
import { Input } from '../applets/streams.ts';
import type { Dialect } from './dialects/dialect.ts';
import { runSource } from './nested.ts';
import { optionOfLetter, optionOfName, type OptionName } from './options.ts';
import { SourceText } from './parsing.ts';
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
  const nameless = start(called, [], new SourceText('', true));
  if (invocation.unknown !== undefined) {
    await nameless.complain(unknownOption(dialect, invocation.unknown));
    return 2;
  }
  const [first, second, ...rest] = invocation.operands;
  if (invocation.fromCommandLine) {
    if (first === undefined) {
      await nameless.complain(dialect.name === 'bash' ? '-c: option requires an argument' : '-c requires an argument');
      return 2;
    }
    return runMain(start(second ?? called, rest, new SourceText(first, true)));
  }
  if (first === undefined || invocation.options.includes('stdin')) {
    const text = decodeText(await new Input(process, process.descriptors.get(0)).all());
    return runMain(start(called, invocation.operands, new SourceText(text, false)));
  }
  return runFile(nameless, first, (text) =>
    start(first, second === undefined ? [] : [second, ...rest], new SourceText(text, false)),
  );
}

async function runFile(shell: Shell, path: string, start: (text: string) => Shell): Promise<number> {
  let text: string;
  try {
    text = decodeText(await readBody(shell.process.files.body(path)));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    await shell.complain(
      cannotOpenScript(shell.dialect, path, errno === 'ENOENT', error instanceof Error ? error.message : ''),
    );
    return errno === 'ENOENT' && shell.dialect.name !== 'dash'
      ? shell.dialect.name === 'ash'
        ? 2
        : 127
      : shell.dialect.name === 'bash'
        ? 126
        : 2;
  }
  return runMain(start(text));
}

function cannotOpenScript(dialect: Dialect, path: string, missing: boolean, reason: string): string {
  if (dialect.name === 'bash') return `${path}: ${reason}`;
  if (dialect.name === 'dash') return `cannot open ${path}: ${missing ? 'No such file' : reason}`;
  return `can't open '${path}': ${reason}`;
}

function unknownOption(dialect: Dialect, option: string): string {
  return dialect.name === 'bash'
    ? `${option}: invalid option`
    : `${dialect.name === 'dash' ? 'Illegal' : 'illegal'} option ${option}`;
}

function defaultOptions(dialect: Dialect): OptionName[] {
  return dialect.name === 'bash' ? ['hashall', 'braceexpand'] : [];
}

/** Runs a shell that was just made until it ends. */
export async function runMain(shell: Shell): Promise<number> {
  setUpVariables(shell);
  return runToEnd(shell, () => runSource(shell, shell.source));
}

/** Variables every shell sets when it starts. */
function setUpVariables(shell: Shell): void {
  const { variables, process, dialect } = shell;
  variables.declare('IFS', {});
  variables.set('IFS', ' \t\n');
  variables.withdraw('IFS', ['exported']);
  for (const [name, value] of [
    ['OPTIND', '1'],
    ['PS4', variables.get('PS4') ?? '+ '],
    ['PPID', String(process.parent?.pid ?? 0)],
  ] as const) {
    variables.set(name, value);
  }
  variables.set('PWD', process.cwd);
  if (dialect.name !== 'dash') {
    variables.declare('PWD', { exported: true });
    variables.set('SHLVL', String(Number(variables.get('SHLVL') ?? 0) + 1));
    variables.declare('SHLVL', { exported: true });
  }
  if (dialect.name === 'bash') {
    variables.set('BASH_VERSION', '5.2.15(1)-release');
    variables.set('BASH', process.executable ?? '/bin/bash');
  }
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
