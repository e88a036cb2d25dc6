/** The simple commands of a RUN's shell text, as far as checks need them: words without quotes, in order, with what joins them. */
import type { Instruction } from '../directive.ts';
import { run } from '../directives/run.ts';
import { heredocText, heredocWord } from '../heredoc.ts';

export interface ShellCommand {
  /** Variable assignments before the program's name left out. */
  readonly words: readonly string[];
  /** What stands before it: nothing for the first. */
  readonly joint: '' | '&&' | '||' | ';' | '|' | '&';
}

const TOKEN = /\\\n|\\[^]|'[^']*'?|"(?:\\[^]|[^"\\])*"?|(?<=^|\s)#[^\n]*|&&|\|\||[;|&\n]|[^\S\n]+|[^\s'"\\;|&]+/g;
const ASSIGNMENT = /^\w+=/;
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '(']);

/** The text a RUN gives to the shell; undefined for the exec form and other directives. */
export function shellTextOf(instruction: Instruction): string | undefined {
  if (!run.made(instruction) || instruction.data.command.form === 'exec') return undefined;
  const { command, heredocs } = instruction.data;
  if (heredocs.length === 0) return command.words[0] ?? '';
  return [...command.words, ...heredocs.map(({ content }) => content)].join('\n');
}

/** Programs that read commands from what is put into them. */
const SHELLS = /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|dash|zsh)$/;

/**
 * The commands among that text: of heredocs those that a shell reads. What `cat <<EOF > file` is given is data; a text with a `#!`
 * line is for the program that it names.
 */
function scriptOf(instruction: Instruction): string | undefined {
  if (!run.made(instruction) || instruction.data.heredocs.length === 0) return shellTextOf(instruction);
  const { command, heredocs } = instruction.data;
  const line = command.words[0] ?? '';
  const [first] = heredocs;
  const script = first === undefined || first.content.startsWith('#!') ? '' : heredocText(first);
  if (heredocWord(line) !== undefined) return script;
  const program = /^\s*(\S+)/.exec(line)?.[1] ?? '';
  return SHELLS.test(program) ? script : line;
}

/** Texts that are kept split: a file is checked at every key, and all its RUNs but one are what they were. */
const MAX_KEPT = 2_000;
const kept = new Map<string, readonly ShellCommand[]>();

/** The commands of a RUN; none for the exec form and other directives. */
export function shellCommands(instruction: Instruction): readonly ShellCommand[] {
  const text = scriptOf(instruction);
  if (text === undefined) return [];
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const commands = splitCommands(text);
  kept.set(text, commands);
  return commands;
}

function splitCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let joint: ShellCommand['joint'] = '';
  const endWord = (): void => {
    if (word !== undefined && !(words.length === 0 && (ASSIGNMENT.test(word) || KEYWORDS.has(word)))) words.push(word);
    word = undefined;
  };
  const endCommand = (next: ShellCommand['joint']): void => {
    endWord();
    if (words.length > 0) commands.push({ words, joint });
    words = [];
    joint = next;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '&&' || token === '||' || token === '|' || token === '&' || token === ';') endCommand(token);
    else if (token === '\n') endCommand(';');
    else if (/^\s/.test(token) || token === '\\\n') endWord();
    else if (!token.startsWith('#')) word = (word ?? '') + unquoted(token);
  }
  endCommand('');
  return commands;
}

function unquoted(token: string): string {
  if (token.startsWith("'")) return token.slice(1, token.endsWith("'") && token.length > 1 ? -1 : undefined);
  if (token.startsWith('"')) return token.slice(1, token.endsWith('"') && token.length > 1 ? -1 : undefined);
  return token.startsWith('\\') ? token.slice(1) : token;
}

/** The program a command starts, with or without `sudo`. */
export function programOf({ words }: ShellCommand): string {
  return (words[0] === 'sudo' ? words[1] : words[0]) ?? '';
}

/** Whether a command is this program with this subcommand, options between them: `apt-get -qq update`. */
export function runs(command: ShellCommand, program: string, subcommand: string): boolean {
  if (programOf(command) !== program) return false;
  const behind = command.words[0] === 'sudo' ? 2 : 1;
  return command.words.find((word, i) => i >= behind && !word.startsWith('-')) === subcommand;
}
