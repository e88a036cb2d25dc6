/** kill, as a program of its own: the shells have a builtin. */
import { parseSignal, SIGNAL_NAMES, signalNumber, type SignalName } from '../kernel/signals.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';

/** Exit statuses above this tell of a death by signal. */
const DEATH_STATUS = 128;

export const kill: Applet = {
  names: ['kill'],
  summary: 'Send a signal (default: TERM) to given PIDs',
  usage: '[-l] [-SIG] PID...',
  async run(context) {
    const words = [...context.args];
    if (words[0] === '-l') return listSignals(context, words.slice(1));
    let signal: SignalName = 'TERM';
    const first = words[0] ?? '';
    if (/^-./.test(first) && first !== '--') {
      words.shift();
      const name = first === '-s' ? (words.shift() ?? '') : first.slice(1);
      const parsed = parseSignal(name);
      if (parsed === undefined) return context.complain(`bad signal name '${name}'`);
      signal = parsed;
    }
    if (words[0] === '--') words.shift();
    if (words.length === 0) return context.complain('you need to specify whom to kill');
    let status = 0;
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) status = await context.complain(`invalid number '${word}'`);
      else if (!context.process.kernel.signal(Number(word), signal))
        status = await context.complain(`can't kill pid ${word}: No such process`);
    }
    return status;
  },
};

async function listSignals(context: AppletContext, words: readonly string[]): Promise<number> {
  if (words.length === 0) {
    for (const name of SIGNAL_NAMES.slice(1))
      await context.out.write(`${String(signalNumber(name)).padStart(2)}) ${name}\n`);
    return 0;
  }
  for (const word of words) {
    const number = /^\d+$/.test(word) ? Number(word) : undefined;
    const name = parseSignal(number === undefined ? word : String(number % DEATH_STATUS));
    if (name === undefined) return context.complain(`unknown signal '${word}'`);
    await context.out.write(`${number === undefined ? signalNumber(name) : name}\n`);
  }
  return 0;
}
