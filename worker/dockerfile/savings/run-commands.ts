/** A RUN's shell line as it is written: its commands with their places in the text, so that one can be moved or taken out. */
import type { Analysis } from '../analysis/analyse.ts';
import type { Instruction } from '../directive.ts';
import { run } from '../directives/run.ts';

/** A command of a list joined by `&&`. */
export interface WrittenCommand {
  /** As written, continuations and comments left out. */
  readonly text: string;
  /** Its words without quotes. */
  readonly words: readonly string[];
}

export interface WrittenRun {
  readonly instruction: Instruction;
  /** Flags, as written. */
  readonly flags: readonly string[];
  readonly commands: readonly WrittenCommand[];
}

const TOKEN = /\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|&&|\|\||[;|&(){}]|\s+|[^\s'"\\;|&(){}]+/g;
/** Words that open or close what is more than a list of commands. */
const COMPOUND: ReadonlySet<string> = new Set([
  'if',
  'then',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
]);

/** The commands of a RUN in shell form; undefined where they are no plain list, and for anything else. */
export function writtenRun(
  instruction: Instruction,
  { lines, ast }: Pick<Analysis, 'lines' | 'ast'>,
): WrittenRun | undefined {
  if (!run.made(instruction)) return undefined;
  const { command, heredocs } = instruction.data;
  if (command.form === 'exec' || heredocs.length > 0) return undefined;
  const commands = splitList(joinedText(instruction, lines, ast.escape));
  return commands === undefined ? undefined : { instruction, flags: instruction.node.flags, commands };
}

/** The instruction's line behind its keyword and flags, continued lines joined by a blank. */
function joinedText({ node, range }: Instruction, lines: readonly string[], escape: string): string {
  const own = lines.slice(range.startLine - 1, range.endLine);
  const kept = own.filter((line, place) => place === 0 || !line.trimStart().startsWith('#'));
  const joined = kept
    .map((line) => line.trim())
    .map((line) => (line.endsWith(escape) ? line.slice(0, -1).trimEnd() : line))
    .join(' ');
  let text = joined.slice(node.keyword.length).trimStart();
  for (const flag of node.flags) if (text.startsWith(flag)) text = text.slice(flag.length).trimStart();
  return text.trimEnd();
}

function splitList(text: string): WrittenCommand[] | undefined {
  const commands: WrittenCommand[] = [];
  let words: string[] = [];
  let written = '';
  let word: string | undefined;
  const endWord = (): boolean => {
    if (word === undefined) return true;
    if (COMPOUND.has(word)) return false;
    words.push(word);
    word = undefined;
    return true;
  };
  const endCommand = (): boolean => {
    if (!endWord() || words.length === 0) return false;
    commands.push({ text: written.trim(), words });
    words = [];
    written = '';
    return true;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '&&') {
      if (!endCommand()) return undefined;
      continue;
    }
    // `${NAME}` is the one brace that is part of a word
    if (/^(?:\|\||[;|&()])$/.test(token)) return undefined;
    written += token;
    if (/^\s/.test(token)) {
      if (!endWord()) return undefined;
    } else word = (word ?? '') + unquoted(token);
  }
  return endCommand() ? commands : undefined;
}

function unquoted(token: string): string {
  if (/^['"].*['"]$/s.test(token)) return token.slice(1, -1);
  return token.startsWith('\\') ? token.slice(1) : token;
}
