/** ping, among the containers of this engine: who answers is true, how long it takes is made up. Output as BusyBox's and iputils' have it. */
import { errnoOf } from '../../kernel/errno.ts';
import type { FoundHost } from '../../process.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { refuseOutside } from './outside.ts';

const NO_ANSWER = 1;
/** iputils' status for a host that it cannot find. */
const NO_HOST = 2;
const DATA_BYTES = 56;
/** Of the ICMP header, and of that with the IP header. */
const HEADER_BYTES = 8;
const PACKET_HEADER_BYTES = 28;

interface Ping {
  readonly context: AppletContext;
  readonly name: string;
  readonly host: FoundHost;
  readonly dataBytes: number;
  readonly isQuiet: boolean;
}

export const ping: Applet = {
  names: ['ping', 'ping6'],
  summary: 'Send ICMP ECHO_REQUESTs to HOST',
  usage: '[-c CNT] [-i SECS] [-w SECS] [-W SECS] [-s SIZE] [-q] HOST',
  simulated: 'packets',
  async run(context) {
    const options = parseOptions(context.args, 'c:i:s:w:W:I:t:qn46A');
    const [name] = options.operands;
    if (name === undefined) throw new UsageError('');
    const host = await context.process.waitFor(context.process.kernel.resolver(name));
    if (host === undefined) return tellUnknown(context, name);
    const dataBytes = numberOf(options, 's') ?? DATA_BYTES;
    return exchange({ context, name, host, dataBytes, isQuiet: options.has('q') }, options);
  },
};

async function tellUnknown(context: AppletContext, name: string): Promise<number> {
  if (name.includes('.')) return refuseOutside(context, name);
  await context.complain(context.flavour === 'gnu' ? `${name}: Name or service not known` : `bad address '${name}'`);
  return context.flavour === 'gnu' ? NO_HOST : NO_ANSWER;
}

/** Asks until it asked often enough, its time is over, or a signal ends it. */
async function exchange(ping: Ping, options: Options): Promise<number> {
  const { context, name, host, dataBytes } = ping;
  const { process, out } = context;
  const count = numberOf(options, 'c') ?? Infinity;
  const deadlineMs = (numberOf(options, 'w') ?? Infinity) * 1000;
  const pauseMs = (numberOf(options, 'i') ?? 1) * 1000;
  const begun = process.kernel.clock.monotonicMs();
  const elapsedMs = (): number => process.kernel.clock.monotonicMs() - begun;
  await out.write(
    context.flavour === 'gnu'
      ? `PING ${name} (${host.address}) ${dataBytes}(${dataBytes + PACKET_HEADER_BYTES}) bytes of data.\n`
      : `PING ${name} (${host.address}): ${dataBytes} data bytes\n`,
  );
  process.dispositions.set('INT', 'handle');
  const timesMs: number[] = [];
  let sent = 0;
  while (sent < count && elapsedMs() < deadlineMs) {
    sent++;
    if (host.answers) timesMs.push(await answer(ping, sent));
    const isLast = sent >= count;
    if (isLast && host.answers) break;
    if (await interrupted(context, isLast ? (numberOf(options, 'W') ?? pauseMs / 1000) * 1000 : pauseMs)) break;
  }
  await summarise(ping, sent, timesMs, elapsedMs());
  return timesMs.length > 0 ? 0 : NO_ANSWER;
}

/** Tells an answer; gives how long it is said to have taken. */
async function answer({ context, host, dataBytes, isQuiet }: Ping, sent: number): Promise<number> {
  const [chance = 0] = context.process.kernel.random.bytes(1);
  const timeMs = 0.05 + chance / 2560;
  const sequence = context.flavour === 'gnu' ? `icmp_seq=${sent}` : `seq=${sent - 1}`;
  if (!isQuiet) {
    await context.out.write(
      `${dataBytes + HEADER_BYTES} bytes from ${host.address}: ${sequence} ttl=64 time=${timeMs.toFixed(3)} ms\n`,
    );
  }
  return timeMs;
}

/** True where an interrupt ended the pause. */
async function interrupted({ process }: AppletContext, pauseMs: number): Promise<boolean> {
  try {
    await process.sleep(pauseMs);
  } catch (error) {
    if (errnoOf(error) !== 'EINTR') throw error;
  }
  return process.takeSignal() !== undefined;
}

async function summarise(
  { context, name }: Ping,
  sent: number,
  timesMs: readonly number[],
  elapsedMs: number,
): Promise<void> {
  const received = timesMs.length;
  const lost = Math.round((100 * (sent - received)) / sent);
  const average = timesMs.reduce((sum, each) => sum + each, 0) / received;
  const figures = [Math.min(...timesMs), average, Math.max(...timesMs)].map((each) => each.toFixed(3)).join('/');
  await context.out.write(`\n--- ${name} ping statistics ---\n`);
  if (context.flavour === 'gnu') {
    await context.out.write(
      `${sent} packets transmitted, ${received} received, ${lost}% packet loss, time ${Math.round(elapsedMs)}ms\n`,
    );
    const deviation = Math.sqrt(timesMs.reduce((sum, each) => sum + (each - average) ** 2, 0) / received);
    const line = `rtt min/avg/max/mdev = ${figures}/${deviation.toFixed(3)} ms\n`;
    await context.out.write(received > 0 ? line : '\n');
    return;
  }
  await context.out.write(
    `${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n` +
      (received > 0 ? `round-trip min/avg/max = ${figures} ms\n` : ''),
  );
}

function numberOf(options: Options, option: string): number | undefined {
  const text = options.value(option);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new UsageError(`invalid number '${text}'`, NO_ANSWER);
  return number;
}
