/** timeout */
import { strerror } from '../kernel/errno.ts';
import type { Process } from '../kernel/process.ts';
import { parseSignal, type SignalName } from '../kernel/signals.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
/** What coreutils ends with when it had to send the signal. */
const GNU_TIMED_OUT = 124;

export const timeout: Applet = {
  names: ['timeout'],
  summary: 'Run PROG. Send SIG to it if it is not gone in SECS seconds.',
  gnuUsageStatus: 125,
  usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
  async run(context) {
    const options = parseOptions(context.args, '+s:k:', {
      signal: 's',
      'kill-after': 'k',
      foreground: 'foreground',
      'preserve-status': 'preserve',
    });
    const [limit, ...argv] = options.operands;
    if (limit === undefined || argv.length === 0) throw new UsageError('', undefined, '');
    const signalText = options.value('s') ?? 'TERM';
    const signal = parseSignal(signalText);
    if (signal === undefined)
      return invalid(context, `unknown signal '${signalText}'`, `${context.quote(signalText)}: invalid signal`);
    const limitMs = milliseconds(limit);
    if (limitMs === undefined)
      return invalid(context, `invalid number '${limit}'`, `invalid time interval ${context.quote(limit)}`);
    const killText = options.value('k') ?? '0';
    const killMs = milliseconds(killText);
    if (killMs === undefined)
      return invalid(context, `invalid number '${killText}'`, `invalid time interval ${context.quote(killText)}`);
    return runLimited(context, argv, { signal, limitMs, killMs }, options.has('preserve'));
  },
};

/** A mistake in an operand: GNU's timeout tells of its help, and ends as for any failure of its own. */
function invalid(context: AppletContext, message: string, gnuMessage: string): Promise<number> {
  if (context.flavour === 'gnu') throw new UsageError(gnuMessage);
  return context.complain(message);
}

/** Zero milliseconds mean for ever. */
interface Limit {
  readonly signal: SignalName;
  readonly limitMs: number;
  readonly killMs: number;
}

async function runLimited(
  context: AppletContext,
  argv: readonly string[],
  limit: Limit,
  preserve: boolean,
): Promise<number> {
  const over = new AbortController();
  const watched: { child?: Process } = {};
  const timer = { fired: false };
  const result = await context.spawn(argv, context.env, (child) => {
    watched.child = child;
    void watch(context, child, limit, over.signal, () => (timer.fired = true));
  });
  over.abort();
  if (typeof result !== 'number') {
    await context.complain(
      `${context.word("can't execute ", 'failed to run command ')}${context.quote(argv[0] ?? '')}: ${result.reason ?? strerror(result.errno)}`,
    );
    return result.errno === 'ENOENT' ? 127 : 126;
  }
  if (context.flavour === 'gnu') {
    if (!timer.fired || preserve) return result;
    return watched.child?.deathSignal === 'KILL' ? result : GNU_TIMED_OUT;
  }
  // busybox has become the program: it dies of the signal itself.
  const signal = watched.child?.deathSignal;
  if (signal !== undefined) {
    context.process.signal(signal);
    await context.checkpoint();
  }
  return result;
}

/** Sends the signals in time; ends at once when `over` is aborted. */
async function watch(
  context: AppletContext,
  child: Process,
  { signal, limitMs, killMs }: Limit,
  over: AbortSignal,
  fired: () => void,
): Promise<void> {
  const { clock } = context.process.kernel;
  if (limitMs === 0) return;
  try {
    await clock.sleep(limitMs, over);
    fired();
    child.signal(signal);
    if (killMs === 0) return;
    await clock.sleep(killMs, over);
    child.signal('KILL');
  } catch {
    // The program ended before its time was over: there is nobody left to signal.
  }
}

function milliseconds(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (UNIT_SECONDS[match[2] ?? ''] ?? 1) * 1000;
}
