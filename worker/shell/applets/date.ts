/** date */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseDate } from './dates.ts';
import { parseGnuDate } from './relative-dates.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { formatTime } from './time-format.ts';

const DEFAULT_FORMAT = '%a %b %e %H:%M:%S %Z %Y';
const RFC_2822 = '%a, %d %b %Y %H:%M:%S %z';
const NANOSECONDS_PER_MS = 1e6;
const DAY_MS = 86_400_000;

/** What `-I` takes: each is longer by one part. */
const ISO_FORMATS: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H+00:00',
  minutes: '%Y-%m-%dT%H:%M+00:00',
  seconds: '%Y-%m-%dT%H:%M:%S+00:00',
  ns: '%Y-%m-%dT%H:%M:%S,%N+00:00',
};

/** What `--rfc-3339` takes. */
const RFC_3339_FORMATS: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S+00:00',
  ns: '%Y-%m-%d %H:%M:%S.%N+00:00',
};

export const date: Applet = {
  names: ['date'],
  summary: 'Display time (using +FMT), or set time',
  usage: '[OPTIONS] [+FMT] [[-s] TIME]',
  async run(context) {
    const options = parseOptions(context.args, 'Rs:ud:r:I::D:', {
      ...(context.flavour === 'gnu' ? { 'rfc-3339': 'rfc3339:', file: 'f:', debug: 'debug' } : {}),
      'rfc-2822': 'R', 'rfc-email': 'R', set: 's', utc: 'u', universal: 'u', date: 'd', reference: 'r', 'iso-8601': 'I',
    }); // prettier-ignore
    const formats = options.operands.filter((word) => word.startsWith('+'));
    const times = options.operands.filter((word) => !word.startsWith('+'));
    if (formats.length > 1 || times.length > 1)
      throw new UsageError('', undefined, `extra operand ${context.quote(formats[1] ?? times[1] ?? '')}`);
    const format = formatOf(options, formats[0]);
    const setting = options.value('s') ?? times[0];
    const shown = await timeOf(context, options, setting);
    if (shown === undefined) return 1;
    if (setting !== undefined) await context.complain("can't set date: Operation not permitted");
    // Only coreutils counts nanoseconds; busybox knows them in `-I ns` alone.
    const nanoseconds = String(Math.round((shown % 1000) * NANOSECONDS_PER_MS)).padStart(9, '0');
    const counted = context.flavour === 'gnu' || options.has('I') ? nanoseconds : '%N';
    await context.out.write(`${formatTime(format.replace(/(?<!%)((?:%%)*)%N/g, `$1${counted}`), shown)}\n`);
    return setting !== undefined && context.flavour === 'gnu' ? 1 : 0;
  },
};

function formatOf(options: Options, given: string | undefined): string {
  if (given !== undefined) return given.slice(1);
  if (options.has('R')) return RFC_2822;
  const precision = options.value('rfc3339');
  if (precision !== undefined) {
    const format = RFC_3339_FORMATS[precision];
    if (format === undefined) throw new UsageError(`invalid argument '${precision}' for '--rfc-3339'`);
    return format;
  }
  if (!options.has('I')) return DEFAULT_FORMAT;
  const asked = options.value('I') ?? '';
  const name = Object.keys(ISO_FORMATS).find((known) => known.startsWith(asked === '' ? 'date' : asked));
  const format = name === undefined ? undefined : ISO_FORMATS[name];
  if (format === undefined) throw new UsageError('');
  return format;
}

/** The time that is meant, in milliseconds since 1970; undefined, with a message, when there is none. */
async function timeOf(
  context: AppletContext,
  options: Options,
  setting: string | undefined,
): Promise<number | undefined> {
  const now = context.process.kernel.clock.nowMs();
  const reference = options.value('r');
  if (reference !== undefined) {
    const found = context.files.find(reference);
    if (found === undefined)
      await context.complain(`${context.word(`can't stat '${reference}'`, reference)}: No such file or directory`);
    return found?.inode.mtimeMs;
  }
  const text = options.value('d') ?? setting;
  if (text === undefined) return now;
  // without a time of day busybox means midnight too; its touch means that of now
  const parsed = context.flavour === 'gnu' ? parseGnuDate(text, now) : parseDate(text, now - (now % DAY_MS));
  if (parsed === undefined) await context.complain(`invalid date ${context.quote(text)}`);
  return parsed;
}
