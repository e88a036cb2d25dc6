/** Durations as Go writes and reads them (`time.ParseDuration`, `Duration.String`): `1m30s`, `500ms`. In nanoseconds. */
import { EngineError } from '../base/errors.ts';
import { quote } from './go-quote.ts';

const SECOND = 1_000_000_000n;
const MAX_DURATION = (1n << 63n) - 1n;

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', 60n * SECOND],
  ['h', 3600n * SECOND],
]);

const TERM = /(\d*)(?:\.(\d*))?([^\d.]*)/y;

/** Reads a duration. Throws `dockerfile` with Go's words for what is none. */
export function parseDuration(text: string): bigint {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const body = text.slice(sign.length);
  if (body === '0') return 0n;
  if (body === '') throw invalid(text);
  let total = 0n;
  TERM.lastIndex = 0;
  while (TERM.lastIndex < body.length) {
    const [term = '', whole = '', fraction = '', unit = ''] = TERM.exec(body) ?? [];
    if (term === '' || whole + fraction === '') throw invalid(text);
    if (unit === '') throw new EngineError('dockerfile', `time: missing unit in duration ${quote(text)}`);
    const scale = UNITS.get(unit);
    if (scale === undefined) {
      throw new EngineError('dockerfile', `time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    }
    total += BigInt(whole || '0') * scale + fractionOf(fraction, scale);
    if (total > MAX_DURATION) throw invalid(text);
  }
  return sign === '-' ? -total : total;
}

/** The nanoseconds of a fraction; digits beyond the eighteenth are too small to count. */
function fractionOf(digits: string, scale: bigint): bigint {
  const counted = digits.slice(0, 18);
  return counted === '' ? 0n : BigInt(Math.trunc(Number(counted) * (Number(scale) / 10 ** counted.length)));
}

function invalid(text: string): EngineError {
  return new EngineError('dockerfile', `time: invalid duration ${quote(text)}`);
}

/** Writes a duration that is not negative the way Go prints it: `1h0m1.5s`, `500ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  if (nanoseconds < 1_000n) return `${nanoseconds}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 1_000n)}µs`;
  if (nanoseconds < SECOND) return `${decimal(nanoseconds, 1_000_000n)}ms`;
  const seconds = `${decimal(nanoseconds % (60n * SECOND), SECOND)}s`;
  const minutes = nanoseconds / (60n * SECOND);
  if (minutes === 0n) return seconds;
  if (minutes < 60n) return `${minutes}m${seconds}`;
  return `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, unit: bigint): string {
  const digits = unit.toString().length - 1;
  const fraction = (value % unit).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${value / unit}${fraction === '' ? '' : `.${fraction}`}`;
}
