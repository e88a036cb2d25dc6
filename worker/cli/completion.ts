/** What Tab offers in the terminal: programs, docker's commands and flags, images, containers, volumes, files. */
import type { Command, FlagSpec } from './command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** Where names come from. */
export interface CompletionSources {
  readonly commands: readonly Command[];
  programs(): readonly string[];
  images(): Promise<readonly string[]>;
  containers(): Promise<readonly string[]>;
  volumes(): Promise<readonly string[]>;
  networks(): Promise<readonly string[]>;
  /** The entries of a directory, named as typed; a folder's name ends with a slash. */
  entries(directory: string): readonly string[];
}

export interface Completion {
  /** Where in the line the word begins that the candidates replace. */
  readonly start: number;
  /** In order, without repeats. */
  readonly candidates: readonly string[];
}

/** Offers what can stand where `line` (all that is before the cursor) ends. */
export async function completeLine(line: string, sources: CompletionSources): Promise<Completion> {
  const { words, start } = lastCommand(line);
  const word = words.at(-1) ?? '';
  const offered = await offers(words, sources);
  const candidates = [...new Set(offered)].filter((name) => name.startsWith(word)).sort();
  return { start, candidates };
}

/** The words of the command that the line ends in, the unfinished one last (empty behind a space). */
function lastCommand(line: string): { readonly words: readonly string[]; readonly start: number } {
  const begin = Math.max(...['|', ';', '&', '(', '\n'].map((mark) => line.lastIndexOf(mark))) + 1;
  const words = [...line.slice(begin).matchAll(/(?:[^\s\\'"]|\\.|'[^']*'?|"[^"]*"?)+/g)];
  const last = words.at(-1);
  const isOpen = last !== undefined && begin + last.index + last[0].length === line.length;
  const texts = words.map(([text]) => text);
  return isOpen ? { words: texts, start: begin + last.index } : { words: [...texts, ''], start: line.length };
}

async function offers(words: readonly string[], sources: CompletionSources): Promise<readonly string[]> {
  const word = words.at(-1) ?? '';
  const [program] = words;
  const afterRedirection = /^\d?[<>]+$/.test(words.at(-2) ?? '');
  if (words.length === 1) return word.includes('/') ? files(word, sources) : sources.programs();
  if (program !== 'docker' || afterRedirection) return files(word, sources);
  return dockerOffers(words.slice(1), sources);
}

/** `words`: what stands behind `docker`, the unfinished word last. */
async function dockerOffers(words: readonly string[], sources: CompletionSources): Promise<readonly string[]> {
  const word = words.at(-1) ?? '';
  const before = withoutGlobals(words.slice(0, -1));
  const called = calledCommand(before, sources.commands);
  if (called === undefined) {
    return word.startsWith('-') ? GLOBAL_OPTIONS.map(({ name }) => `--${name}`) : nextNames(before, sources.commands);
  }
  const { command, length } = called;
  const typed = operandsOf(before.slice(length), command.flags);
  if (typed.awaited !== undefined) return files(word, sources);
  const inContainer = command.flagsFirst === true && typed.operands > 0;
  if (inContainer) return files(word, sources);
  if (word.startsWith('-')) {
    return [...command.flags.filter(({ hidden }) => hidden !== true).map(({ name }) => `--${name}`), '--help'];
  }
  return operandOffers(command, word, sources);
}

/** What a command's usage line says that it takes. */
async function operandOffers(command: Command, word: string, sources: CompletionSources): Promise<readonly string[]> {
  const usage = command.usage.join(' ');
  const isAny = usage.includes('NAME|ID');
  const found: string[] = [];
  if (isAny || /IMAGE|REPOSITORY|NAME\[:TAG/.test(usage)) found.push(...(await sources.images()));
  if (isAny || usage.includes('CONTAINER')) found.push(...(await sources.containers()));
  if (isAny || usage.includes('NETWORK')) found.push(...(await sources.networks()));
  if (isAny || usage.includes('VOLUME')) found.push(...(await sources.volumes()));
  if (found.length === 0 || usage.includes('PATH')) found.push(...files(word, sources));
  return found;
}

function withoutGlobals(words: readonly string[]): readonly string[] {
  let at = 0;
  for (; words[at]?.startsWith('-') === true; at++) {
    const flag = flagOf(words[at] ?? '', GLOBAL_OPTIONS);
    if (flag !== undefined && flag.kind !== 'bool' && words[at]?.includes('=') !== true) at++;
  }
  return words.slice(at);
}

/** The command whose spelling the words begin with; the longest wins. */
function calledCommand(
  words: readonly string[],
  commands: readonly Command[],
): { readonly command: Command; readonly length: number } | undefined {
  let best: { command: Command; length: number } | undefined;
  for (const command of commands) {
    for (const spelling of spellings(command)) {
      if (spelling.length <= (best?.length ?? 0) || !startsWith(words, spelling)) continue;
      best = { command, length: spelling.length };
    }
  }
  return best;
}

/** The names that can follow the words of a noun: `docker image` → `ls`, `rm`… */
function nextNames(before: readonly string[], commands: readonly Command[]): readonly string[] {
  return commands.flatMap((command) =>
    spellings(command).flatMap((spelling) => {
      const next = spelling[before.length];
      return next !== undefined && startsWith(spelling, before) ? [next] : [];
    }),
  );
}

function spellings({ path, aliases = [], otherSpellings = [] }: Command): readonly (readonly string[])[] {
  return [path, ...aliases, ...otherSpellings];
}

function startsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, at) => words[at] === word);
}

/** How many operands stand there, and the flag that still waits for its value. */
function operandsOf(
  words: readonly string[],
  flags: readonly FlagSpec[],
): { readonly operands: number; readonly awaited: FlagSpec | undefined } {
  let operands = 0;
  let awaited: FlagSpec | undefined;
  for (const word of words) {
    if (awaited !== undefined) awaited = undefined;
    else if (!word.startsWith('-') || word === '-') operands++;
    else if (!word.includes('=')) {
      const flag = flagOf(word, flags);
      if (flag !== undefined && flag.kind !== 'bool') awaited = flag;
    }
  }
  return { operands, awaited };
}

/** The flag a word names; of letters in one word (`-it`) the last. */
function flagOf(word: string, flags: readonly FlagSpec[]): FlagSpec | undefined {
  if (word.startsWith('--')) return flags.find(({ name }) => name === word.slice(2).split('=', 1)[0]);
  return flags.find(({ short }) => short === word.at(-1));
}

function files(word: string, sources: CompletionSources): readonly string[] {
  const directory = word.slice(0, word.lastIndexOf('/') + 1);
  return sources.entries(directory).map((name) => directory + name);
}
