/** `read`: one line from a descriptor, split into variables. */
import { errnoOf } from '../../kernel/errno.ts';
import { ShellError } from '../failures.ts';
import { readLine } from '../line-input.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';

interface ReadOptions {
  readonly raw: boolean;
  readonly prompt: string;
  readonly delimiter: string;
  readonly maxBytes: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly descriptor: number;
  readonly array: string | undefined;
  readonly names: readonly string[];
}

export const read: Builtin = {
  names: ['read'],
  async run(shell, args) {
    const options = parse(shell, args);
    if (options.names.length === 0 && options.array === undefined && shell.dialect.name === 'dash') {
      throw new ShellError('arg count');
    }
    for (const name of options.names)
      if (!isName(name.replace(/\[.*\]$/, '')))
        throw new ShellError(badName(shell, name), shell.dialect.name === 'dash' ? 2 : 1);
    if (options.prompt !== '' && shell.process.descriptors.has(0) && shell.process.descriptors.get(0).terminal)
      await shell.write(2, options.prompt);
    if (!shell.process.descriptors.has(options.descriptor)) return 1;
    const line = await withinTime(shell, options.timeoutMs, () => readLogicalLine(shell, options));
    if (line === 'late') {
      assignFields(shell, options, []);
      return TIMED_OUT[shell.dialect.name];
    }
    assignFields(shell, options, line?.characters ?? []);
    return line?.complete === true ? 0 : 1;
  },
};

/** What a shell says when nothing came in time. */
const TIMED_OUT = { ash: 1, dash: 1, bash: 142 } as const;

/** Runs a reader; `late` when the time is over before it has something. */
async function withinTime<T>(shell: Shell, timeoutMs: number | undefined, run: () => Promise<T>): Promise<T | 'late'> {
  if (timeoutMs === undefined) return run();
  const { process } = shell;
  const alarm = new AbortController();
  const alarmed = { late: false };
  const sleeping = process.kernel.clock.sleep(timeoutMs, alarm.signal).then(
    () => {
      alarmed.late = true;
      process.interrupt();
    },
    () => undefined,
  );
  try {
    return await run();
  } catch (error) {
    if (!alarmed.late || errnoOf(error) !== 'EINTR') throw error;
    return 'late';
  } finally {
    alarm.abort();
    await sleeping;
  }
}

function badName(shell: Shell, name: string): string {
  if (shell.dialect.name === 'bash') return `\`${name}': not a valid identifier`;
  return shell.dialect.name === 'dash' ? `${name}: bad variable name` : `'${name}': bad variable name`;
}

function parse(shell: Shell, args: readonly string[]): ReadOptions {
  const values = new Map<string, string>();
  const withValue = shell.dialect.name === 'dash' ? 'p' : 'pdnNtuai';
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!/^-./.test(word)) break;
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? '';
      if (!withValue.includes(letter)) {
        if (!'rse'.includes(letter)) throw new ShellError(badOption(shell, letter), 2);
        values.set(letter, '');
        continue;
      }
      const attached = word.slice(i + 1);
      values.set(letter, attached === '' ? (args[++at] ?? '') : attached);
      break;
    }
  }
  const names = args.slice(at);
  const count = values.get('n') ?? values.get('N');
  return {
    raw: values.has('r'),
    prompt: values.get('p') ?? '',
    delimiter: values.get('d') ?? '\n',
    maxBytes: count === undefined ? undefined : Number(count),
    timeoutMs: values.has('t') ? Number(values.get('t')) * 1000 : undefined,
    descriptor: Number(values.get('u') ?? '0'),
    array: values.get('a'),
    names,
  };
}

function badOption(shell: Shell, letter: string): string {
  return shell.dialect.name === 'bash'
    ? `-${letter}: invalid option`
    : `${shell.dialect.name === 'dash' ? 'Illegal' : 'illegal'} option -${letter}`;
}

/** A character of the line; one behind a backslash does not separate fields. */
interface Character {
  readonly text: string;
  readonly quoted: boolean;
}

/** A line with its continuations; undefined at the end of input. */
async function readLogicalLine(
  shell: Shell,
  { raw, delimiter, maxBytes, descriptor }: ReadOptions,
): Promise<{ characters: Character[]; complete: boolean } | undefined> {
  const characters: Character[] = [];
  for (;;) {
    const line = await readLine(shell, descriptor, delimiter === '' ? 0 : delimiter.charCodeAt(0), maxBytes);
    if (line === undefined) return characters.length === 0 ? undefined : { characters, complete: false };
    let escaped = false;
    for (const text of line.text) {
      if (!raw && !escaped && text === '\\') {
        escaped = true;
        continue;
      }
      characters.push({ text, quoted: escaped });
      escaped = false;
    }
    // A backslash before the newline joins lines.
    if (!escaped || !line.complete) return { characters, complete: line.complete };
  }
}

function assignFields(shell: Shell, { names, array }: ReadOptions, characters: readonly Character[]): void {
  const separators = shell.fieldSeparators;
  if (array !== undefined) {
    const fields = split(characters, separators, Infinity);
    shell.assignElements(array, new Map(fields.map((field, index) => [String(index), field])));
    return;
  }
  if (names.length === 0) {
    const all = characters.map((character) => character.text).join('');
    shell.assign('REPLY', shell.dialect.name === 'bash' ? all : trimmed(characters, separators));
    return;
  }
  const fields = split(characters, separators, names.length);
  names.forEach((name, index) => {
    const subscript = /^(\w+)\[(.+)\]$/.exec(name);
    if (subscript === null) shell.assign(name, fields[index] ?? '');
    else shell.assignElement(subscript[1] ?? '', subscript[2] ?? '', fields[index] ?? '');
  });
}

function trimmed(characters: readonly Character[], separators: string): string {
  return split(characters, separators, 1)[0] ?? '';
}

/** Splits into at most `limit` fields; the last takes the rest, with the white space at its end cut off. */
function split(characters: readonly Character[], separators: string, limit: number): string[] {
  const isSeparator = (character: Character | undefined): boolean =>
    character !== undefined && !character.quoted && separators.includes(character.text);
  const isBlank = (character: Character | undefined): boolean =>
    isSeparator(character) && ' \t\n'.includes(character?.text ?? '');
  let end = characters.length;
  while (end > 0 && isBlank(characters[end - 1])) end--;
  const fields: string[] = [];
  let at = 0;
  while (at < end && isBlank(characters[at])) at++;
  while (at < end) {
    if (fields.length === limit - 1) {
      fields.push(lastField(characters.slice(at, end), isSeparator));
      return fields;
    }
    let field = '';
    while (at < end && !isSeparator(characters[at])) field += characters[at++]?.text ?? '';
    fields.push(field);
    while (at < end && isBlank(characters[at])) at++;
    if (at < end && isSeparator(characters[at]) && !isBlank(characters[at])) {
      at++;
      while (at < end && isBlank(characters[at])) at++;
    }
  }
  return fields;
}

/** The rest of the line; one separator at its very end that ends the only field in it is dropped. */
function lastField(rest: readonly Character[], isSeparator: (character: Character | undefined) => boolean): string {
  const separators = rest.filter((character) => isSeparator(character)).length;
  const text = rest.map((character) => character.text).join('');
  return separators === 1 && isSeparator(rest.at(-1)) ? text.slice(0, -1) : text;
}
