/** `trap`. */
import { parseSignal, signalNumber } from '../../kernel/signals.ts';
import { almquistQuoted, singleQuoted } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import type { TrapName } from '../traps.ts';
import type { Builtin } from './builtin.ts';

export const trap: Builtin = {
  names: ['trap'],
  special: true,
  async run(shell, args) {
    const words = args[0] === '--' ? args.slice(1) : args;
    if (words.length === 0 || words[0] === '-p') {
      await print(shell, words.slice(1));
      return 0;
    }
    // A first operand that is a number means: reset these.
    const resets = words.length === 1 || /^\d+$/.test(words[0] ?? '');
    const action = resets ? '-' : (words[0] ?? '');
    let status = 0;
    for (const word of resets ? words : words.slice(1)) {
      const name = nameOf(shell, word);
      if (name === undefined) {
        status = await unknown(shell, word);
        continue;
      }
      setAction(shell, name, action);
    }
    return status;
  },
};

function nameOf(shell: Shell, word: string): TrapName | undefined {
  const special = (['ERR', 'DEBUG', 'RETURN'] as const).find((name) => name === word);
  if (special !== undefined && shell.dialect.name === 'bash') return special;
  if (special === 'ERR' && shell.dialect.name === 'ash') return special;
  return parseSignal(word);
}

async function unknown(shell: Shell, word: string): Promise<number> {
  if (shell.dialect.name === 'dash') await shell.write(2, `trap: ${word}: bad trap\n`);
  else await shell.complain(`${word}: invalid signal specification`);
  return 1;
}

function setAction(shell: Shell, name: TrapName, action: string): void {
  if (action === '-') shell.traps.reset(name);
  else shell.traps.set(name, action);
  if (name === 'EXIT' || name === 'ERR' || name === 'DEBUG' || name === 'RETURN') return;
  if (action === '-') shell.process.dispositions.delete(name);
  else shell.process.dispositions.set(name, action === '' ? 'ignore' : 'handle');
}

async function print(shell: Shell, names: readonly string[]): Promise<void> {
  const order = (name: TrapName): number =>
    name === 'ERR' || name === 'DEBUG' || name === 'RETURN' ? 100 : signalNumber(name);
  const set = shell.dialect.name === 'bash' ? shell.traps.shown() : shell.traps.entries();
  const entries = [...set].sort(([a], [b]) => order(a) - order(b));
  for (const [name, action] of entries) {
    if (names.length > 0 && !names.some((word) => nameOf(shell, word) === name)) continue;
    const bash = shell.dialect.name === 'bash';
    const shown = bash && order(name) > 0 && order(name) < 100 ? `SIG${name}` : name;
    await shell.write(1, `trap -- ${bash ? singleQuoted(action) : almquistQuoted(action)} ${shown}\n`);
  }
}
