/** A shell that a person types to, inside a container: a prompt, a line, what comes of it, until the input ends. */
import { errnoOf } from '../kernel/errno.ts';
import { encodeText } from '../text.ts';
import { ShellError, ShellExit, ShellInterrupt } from './failures.ts';
import { readLine } from './line-input.ts';
import { runSource } from './nested.ts';
import { parseScript } from './parsing.ts';
import { reportError } from './reporting.ts';
import { setInitialVariables } from './initial-variables.ts';
import type { Shell } from './shell.ts';
import { SourceText } from './source-text.ts';
import { runExitTrap, runPendingTraps } from './trap-actions.ts';

const INTERRUPTED_STATUS = 130;

/** Runs the lines that come from standard input until it ends, or `exit`. */
export async function runInteractive(shell: Shell): Promise<number> {
  setInitialVariables(shell);
  shell.interactive = true;
  shell.process.dispositions.set('INT', 'handle');
  shell.process.dispositions.set('TERM', 'ignore');
  for (let number = 1; ;) {
    const text = await readCommand(shell);
    if (text === undefined) {
      if (shell.dialect.name === 'bash') await print(shell, 'exit\n');
      return runExitTrap(shell, shell.lastStatus);
    }
    const ended = await runOne(shell, new SourceText(text, 'stdin', { firstLine: number }));
    number += text.split('\n').length - 1;
    if (ended !== undefined) return runExitTrap(shell, ended);
  }
}

/** A line, with those below it that it cannot do without; undefined at the end of input, empty where it was given up. */
async function readCommand(shell: Shell): Promise<string | undefined> {
  let text = '';
  try {
    for (;;) {
      await print(shell, text === '' ? prompt(shell) : (shell.variables.get('PS2') ?? '> '));
      const line = await readLine(shell, 0);
      if (line === undefined) return text === '' ? undefined : text;
      text += `${line.text}\n`;
      if (isComplete(shell, text)) return text;
    }
  } catch (error) {
    if (errnoOf(error) !== 'EINTR') throw error;
    await giveUpLine(shell);
    return '';
  }
}

/** False where the text stops inside a quote, a here-document or a compound command. */
function isComplete(shell: Shell, text: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\\n$/.test(text)) return false;
  const { error } = parseScript(text, shell.dialect.features);
  if (error === undefined) return true;
  const { problem } = error;
  return !(
    (problem.kind === 'unexpected' && problem.token === 'end of file') ||
    problem.kind.startsWith('unterminated')
  );
}

/** Gives the status where the line ended the shell. */
async function runOne(shell: Shell, source: SourceText): Promise<number | undefined> {
  try {
    await runSource(shell, source);
    await runPendingTraps(shell);
  } catch (error) {
    if (error instanceof ShellExit) return error.status;
    if (error instanceof ShellError) shell.lastStatus = await reportError(shell, error);
    else if (error instanceof ShellInterrupt || errnoOf(error) === 'EINTR') await giveUpLine(shell);
    else throw error;
  }
  shell.unwinding = undefined;
  return undefined;
}

async function giveUpLine(shell: Shell): Promise<void> {
  while (shell.process.takeSignal() !== undefined);
  shell.lastStatus = INTERRUPTED_STATUS;
  await print(shell, '\n');
}

function print(shell: Shell, text: string): Promise<void> {
  return shell.process.write(2, encodeText(text));
}

/** PS1 with its escapes (bash(1), PROMPTING), as far as images set them; each shell has its own where it is not set. */
function prompt(shell: Shell): string {
  const { process, variables, dialect } = shell;
  const sign = process.credentials.uid === 0 ? '#' : '$';
  const own = dialect.name === 'bash' ? '\\u@\\h:\\w\\$ ' : dialect.name === 'dash' ? '\\$ ' : '\\w \\$ ';
  const home = variables.get('HOME') ?? '';
  const isHome = home.length > 1 && (process.cwd === home || process.cwd.startsWith(`${home}/`));
  const shown: Readonly<Record<string, string>> = {
    w: isHome ? `~${process.cwd.slice(home.length)}` : process.cwd,
    W: process.cwd.slice(process.cwd.lastIndexOf('/') + 1) || '/',
    h: process.kernel.hostname.split('.', 1)[0] ?? '',
    H: process.kernel.hostname,
    u: process.credentials.uid === 0 ? 'root' : (variables.get('USER') ?? 'I have no name!'),
    $: sign,
    s: dialect.name,
    n: '\n',
    e: '\u001b',
    '[': '',
    ']': '',
    '\\': '\\',
  };
  return (variables.get('PS1') ?? own).replace(/\\(.)/g, (whole, letter: string) => shown[letter] ?? whole);
}
