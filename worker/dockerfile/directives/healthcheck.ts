import { EngineError } from '../../base/errors.ts';
import { requireSome } from '../argument-count.ts';
import { defineDirective } from '../directive.ts';
import { formatDuration, parseDuration } from '../duration.ts';
import { readFlags, type FlagSpec } from '../flags.ts';
import { quote, quoteCharacter, quoteList } from '../go-quote.ts';

export interface HealthcheckData {
  /** `NONE`; or `CMD` or `CMD-SHELL` with the command. */
  readonly test: readonly string[];
  /** Nanoseconds; 0 leaves the default. */
  readonly interval: bigint;
  readonly timeout: bigint;
  readonly startPeriod: bigint;
  readonly startInterval: bigint;
  readonly retries: number;
}

const FLAGS: readonly FlagSpec[] = [
  { name: 'interval', type: 'string', placeholder: 'duration', summary: 'Time between two checks (30s).' },
  { name: 'timeout', type: 'string', placeholder: 'duration', summary: 'A check that takes longer has failed (30s).' },
  {
    name: 'start-period',
    type: 'string',
    placeholder: 'duration',
    summary: 'Time to start up, in which failures do not count (0s).',
  },
  {
    name: 'start-interval',
    type: 'string',
    placeholder: 'duration',
    summary: 'Time between two checks while starting up (5s).',
  },
  { name: 'retries', type: 'string', placeholder: 'number', summary: 'Failures in a row that mean unhealthy (3).' },
];

const MILLISECOND = 1_000_000n;
const MAX_INT32 = 2_147_483_647n;

const NO_TIMES = { interval: 0n, timeout: 0n, startPeriod: 0n, startInterval: 0n, retries: 0 };

export const healthcheck = defineDirective<HealthcheckData>({
  name: 'HEALTHCHECK',
  summary: 'Says how to tell whether a container is healthy.',
  syntax: ['HEALTHCHECK [options] CMD command', 'HEALTHCHECK NONE'],
  docs: `The command runs inside the container every so often. Exit code 0 means healthy, 1 unhealthy; \`docker ps\` shows which. \`NONE\`
takes back a check of the base image. Only the last HEALTHCHECK of a stage counts.`,
  flags: FLAGS,
  argumentSyntax: 'type-then-exec-or-line',
  suggestions: { place: 'first', values: [{ label: 'CMD' }, { label: 'NONE' }] },
  expands: 'nothing',
  interpret: ({ args, flags, json }) => {
    requireSome('HEALTHCHECK', args);
    const [type, ...command] = args;
    const kind = type?.toUpperCase() ?? '';
    if (kind === 'NONE') {
      if (command.length > 0) throw new EngineError('dockerfile', 'HEALTHCHECK NONE takes no arguments');
      return { test: ['NONE'], ...NO_TIMES };
    }
    const values = readFlags(flags, FLAGS);
    if (kind !== 'CMD') {
      throw new EngineError('dockerfile', `Unknown type ${quote(kind)} in HEALTHCHECK (try CMD)`);
    }
    if (command.length === 0) throw new EngineError('dockerfile', 'Missing command after HEALTHCHECK CMD');
    return {
      test: [json ? 'CMD' : 'CMD-SHELL', ...command],
      interval: readTime('interval', values.string('interval')),
      timeout: readTime('timeout', values.string('timeout')),
      startPeriod: readTime('start-period', values.string('start-period')),
      startInterval: readTime('start-interval', values.string('start-interval')),
      retries: readRetries(values.string('retries')),
    };
  },
  lower: ({ test, interval, timeout, startPeriod, startInterval, retries }, stage, instruction) => {
    stage.used.set('HEALTHCHECK', instruction.range);
    stage.config.Healthcheck = {
      Test: test,
      ...(interval === 0n ? {} : { Interval: Number(interval) }),
      ...(timeout === 0n ? {} : { Timeout: Number(timeout) }),
      ...(startPeriod === 0n ? {} : { StartPeriod: Number(startPeriod) }),
      ...(startInterval === 0n ? {} : { StartInterval: Number(startInterval) }),
      ...(retries === 0 ? {} : { Retries: retries }),
    };
    const times = [interval, timeout, startPeriod, startInterval].map((time) => quote(formatDuration(time)));
    // The history shows Go's struct printed with %q, in which a number looks like a character.
    stage.metadata(`HEALTHCHECK &{${[quoteList(test), ...times, quoteCharacter(retries)].join(' ')}}`);
  },
});

function readTime(name: string, text: string): bigint {
  const time = text === '' ? 0n : parseDuration(text);
  if (time === 0n || time >= MILLISECOND) return time;
  throw new EngineError('dockerfile', `Interval ${quote(name)} cannot be less than 1ms`);
}

function readRetries(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) {
    throw new EngineError('dockerfile', `strconv.ParseInt: parsing ${quote(text)}: invalid syntax`);
  }
  const retries = BigInt(text.replace(/^\+/, ''));
  if (retries > MAX_INT32 || retries < -MAX_INT32 - 1n) {
    throw new EngineError('dockerfile', `strconv.ParseInt: parsing ${quote(text)}: value out of range`);
  }
  if (retries < 0n) throw new EngineError('dockerfile', `--retries cannot be negative (${retries})`);
  return Number(retries);
}
