/** Sizes as Docker writes and reads them (docker/go-units): `4.26MB` in units of 1000, `1.5GiB` in units of 1024. */
import { EngineError } from '../../base/errors.ts';
import { quoteGo } from './go-quote.ts';
import { formatFloat } from './go-float.ts';

const DECIMAL_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** Units of 1000, so many significant digits: `72.8kB`. Docker's lists show three, `docker system df` four. */
export function humanSize(bytes: number, digits = 4): string {
  return inUnits(bytes, 1000, DECIMAL_UNITS, digits);
}

/** Units of 1024 and four digits: `1.953GiB`, as memory limits are shown. */
export function binarySize(bytes: number): string {
  return inUnits(bytes, 1024, BINARY_UNITS, 4);
}

function inUnits(bytes: number, base: number, units: readonly string[], digits: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= base && unit < units.length - 1; unit++) size /= base;
  return formatFloat(size, 'g', digits) + (units[unit] ?? '');
}

const PREFIXES = 'kmgtp';
const SUFFIX = /^(?:b|([kmgtp])(?:i?b)?)?$/;

/** Reads a size in units of 1000: `10kB` is 10000. Whole bytes. Throws `invalid-argument` with Docker's message. */
export function parseHumanSize(text: string): number {
  return parseSize(text, 1000);
}

/** Reads a size in units of 1024, as `--memory 512m` has it. Whole bytes. Throws `invalid-argument` with Docker's message. */
export function parseBinarySize(text: string): number {
  return parseSize(text, 1024);
}

function parseSize(text: string, base: number): number {
  const space = text.indexOf(' ');
  const end = space === -1 ? lastDigit(text) + 1 : space;
  if (end === 0 && space === -1) throw invalid(`invalid size: '${text}'`);
  const number = text.slice(0, end);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(number)) {
    throw invalid(`strconv.ParseFloat: parsing ${quoteGo(number)}: invalid syntax`);
  }
  const size = Number(number);
  if (size < 0) throw invalid(`invalid size: '${text}'`);
  // a minus in front of zero is no error, and leaves no trace
  return Math.trunc(Math.abs(size) * multiplier(text.slice(space === -1 ? end : end + 1), base));
}

function lastDigit(text: string): number {
  return Math.max(...Array.from('0123456789.', (digit) => text.lastIndexOf(digit)));
}

function multiplier(suffix: string, base: number): number {
  const lower = suffix.toLowerCase();
  const match = SUFFIX.exec(lower);
  if (match === null) throw invalid(`invalid suffix: '${suffix.length > 3 ? suffix : lower}'`);
  return match[1] === undefined ? 1 : base ** (PREFIXES.indexOf(match[1]) + 1);
}

const invalid = (message: string): EngineError => new EngineError('invalid-argument', message);
