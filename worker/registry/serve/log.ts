/** The registry's log: lines of logrus' text format on standard error, and the access log in Apache's combined format. */
import type { Clock } from '../../base/ports.ts';

/** From the quietest, as REGISTRY_LOG_LEVEL names them. */
export const LOG_LEVELS = ['error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number>>;

/** Where lines go, without their line feeds. */
export interface LogOutput {
  /** Standard output: the access log. */
  access(line: string): void;
  /** Standard error: everything else. */
  entry(line: string): void;
}

export class RegistryLog {
  readonly #output: LogOutput;
  readonly #clock: Clock;
  readonly #level: LogLevel;
  readonly #fields: LogFields;

  constructor(output: LogOutput, clock: Clock, level: LogLevel, fields: LogFields) {
    this.#output = output;
    this.#clock = clock;
    this.#level = level;
    this.#fields = fields;
  }

  /** A log whose entries have further fields. */
  with(fields: LogFields): RegistryLog {
    return new RegistryLog(this.#output, this.#clock, this.#level, { ...this.#fields, ...fields });
  }

  /** A log whose entries have these fields only. */
  withOnly(fields: LogFields): RegistryLog {
    return new RegistryLog(this.#output, this.#clock, this.#level, fields);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#write('info', message, fields);
  }

  warning(message: string, fields: LogFields = {}): void {
    this.#write('warning', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#write('error', message, fields);
  }

  access(line: string): void {
    this.#output.access(line);
  }

  #write(level: LogLevel, message: string, fields: LogFields): void {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.#level)) return;
    const time = goTime(this.#clock.nowMs());
    const all = Object.entries({ ...this.#fields, ...fields }).sort(([a], [b]) => (a < b ? -1 : 1));
    const head = [['time', time] as const, ['level', level] as const, ['msg', message] as const];
    this.#output.entry([...head, ...all].map(([key, value]) => `${key}=${valueText(key, String(value))}`).join(' '));
  }
}

/** Quoted where logrus quotes; the time always. */
function valueText(key: string, value: string): string {
  return key === 'time' || !/^[\w\-./@^+]*$/.test(value) ? JSON.stringify(value) : value;
}

/** A time as Go writes it in RFC 3339 with nanoseconds: without zeros at the end. */
export function goTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}

/** A span as Go prints a time.Duration: `5.2ms`, `97.5µs`. */
export function goDuration(ms: number): string {
  const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
  if (ms >= 1_000) return `${trimmed(ms / 1_000, 9)}s`;
  return ms >= 1 ? `${trimmed(ms, 6)}ms` : `${trimmed(ms * 1_000, 3)}µs`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of the access log. */
export function accessLine(
  request: Request,
  response: { readonly status: number; readonly writtenBytes: number },
  address: string,
  nowMs: number,
): string {
  const { pathname, search } = new URL(request.url);
  const now = new Date(nowMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(now.getUTCDate())}/${MONTHS[now.getUTCMonth()] ?? ''}/${now.getUTCFullYear()}`;
  const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].map(two).join(':');
  const { status, writtenBytes } = response;
  const header = (name: string): string => request.headers.get(name) ?? '';
  return `${address} - - [${day}:${time} +0000] "${request.method} ${pathname}${search} HTTP/1.1" ${status} ${writtenBytes} "${header('referer')}" "${header('user-agent')}"`;
}
