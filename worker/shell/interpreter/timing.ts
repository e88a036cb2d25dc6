/** `time`: a word of the language in bash, a program elsewhere. */
import type { Command, Pipeline, Word } from 'unbash';
import type { Shell } from './shell.ts';

const EMPTY_WORD: Word = { type: 'Word', text: '', value: '', pos: 0, end: 0 };

/** Where `time` is no word of the language it is a program, in front of the first command. */
export function behindTime(node: Pipeline, posix: boolean): Pipeline {
  const [first, ...others] = node.commands;
  if (first?.type !== 'Command') return node;
  const word = (text: string): Word => ({ ...EMPTY_WORD, text, value: text });
  const words = [word('time'), ...(posix ? [word('-p')] : []), ...(first.name === undefined ? [] : [first.name])];
  const [name = EMPTY_WORD, ...args] = words;
  // what a command derives from its words does not survive a copy
  const { type, pos, end, prefix, suffix, redirects } = first;
  const timed: Command = { type, pos, end, prefix, suffix, redirects, name, args: [...args, ...first.args] };
  return { ...node, commands: [timed, ...others] };
}

/** Prints how long a pipeline took, as TIMEFORMAT or `time -p` wants it. No processor time can be told apart here. */
export async function reportTime(shell: Shell, ms: number, posix: boolean): Promise<void> {
  const format = shell.variables.get('TIMEFORMAT');
  if (format !== undefined && !posix) {
    const text = format.replace(/%(?:(\d)?(l)?([RUSP])|%)/g, (_, places?: string, long?: string, what?: string) => {
      if (what === undefined) return '%';
      const shown = (what === 'R' ? ms / 1000 : 0).toFixed(Number(places ?? 3));
      return long === undefined ? shown : `0m${shown}s`;
    });
    if (text !== '') await shell.write(2, `${text}\n`);
    return;
  }
  const seconds = (ms / 1000).toFixed(posix ? 2 : 3);
  const real = posix ? `real ${seconds}` : `\nreal\t0m${seconds}s`;
  const rest = posix ? 'user 0.00\nsys 0.00' : 'user\t0m0.000s\nsys\t0m0.000s';
  await shell.write(2, `${real}\n${rest}\n`);
}
