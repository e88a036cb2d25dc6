/** Dates as GNU's `date -d` and `touch -d` take them: a day, a time, and what is to be added to them, in any order. UTC. */
import { parseDate } from './dates.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const UNIT_MS: Readonly<Record<string, number>> = {
  sec: 1000, second: 1000, min: 60_000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000, fortnight: 1_209_600_000,
}; // prettier-ignore

/** Milliseconds since 1970; undefined when the text is no date. */
export function parseGnuDate(text: string, nowMs: number): number | undefined {
  const whole = parseDate(text, nowMs);
  const dayAlone = /^\s*\d{4}-\d{1,2}-\d{1,2}\s*$/.test(text);
  if (whole !== undefined) return dayAlone ? midnight(whole) : whole;
  const reading = new Reading(text.trim().toLowerCase(), nowMs);
  return reading.read();
}

function midnight(timeMs: number): number {
  return Math.floor(timeMs / 86_400_000) * 86_400_000;
}

/** Takes item after item from the start of the text. */
class Reading {
  #rest: string;
  #timeMs: number;
  #ago = false;
  /** A day was given without a time, which then is midnight. */
  #dayAlone = false;
  readonly #additions: { amount: number; unit: string }[] = [];

  constructor(text: string, nowMs: number) {
    this.#rest = text;
    this.#timeMs = nowMs;
  }

  read(): number | undefined {
    if (this.#rest === '') return midnight(this.#timeMs);
    while (this.#rest !== '') {
      const before = this.#rest;
      this.#item();
      this.#rest = this.#rest.trimStart();
      if (this.#rest === before) return undefined;
    }
    if (this.#dayAlone) this.#timeMs = midnight(this.#timeMs);
    for (const { amount, unit } of this.#additions) this.#add(this.#ago ? -amount : amount, unit);
    return this.#timeMs;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest);
    if (match === null) return undefined;
    this.#rest = this.#rest.slice(match[0].length);
    return match;
  }

  #item(): void {
    if (this.#take(/^(?:now|today|utc|gmt|z)\b/) !== undefined) return;
    if (this.#take(/^ago\b/) !== undefined) {
      this.#ago = true;
      return;
    }
    const named = this.#take(/^(yesterday|tomorrow)\b/);
    if (named !== undefined) this.#additions.push({ amount: named[1] === 'tomorrow' ? 1 : -1, unit: 'day' });
    else if (!this.#absolute()) this.#relative();
  }

  #absolute(): boolean {
    const seconds = this.#take(/^@(-?\d+(?:\.\d+)?)/);
    if (seconds !== undefined) this.#timeMs = Number(seconds[1]) * 1000;
    const day = this.#take(/^(\d{4})-(\d{1,2})-(\d{1,2})t?(?!\d)/);
    if (day !== undefined) this.#setDay(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
    const written =
      this.#take(/^(?<month>[a-z]{3})[a-z]* (?<day>\d{1,2}),? (?<year>\d{4})\b/) ??
      this.#take(/^(?<day>\d{1,2})[ -](?<month>[a-z]{3})[a-z]*[ -](?<year>\d{4})\b/);
    const month = MONTHS.indexOf(written?.groups?.['month'] ?? '');
    if (month !== -1) this.#setDay(Number(written?.groups?.['year']), month, Number(written?.groups?.['day']));
    const time = this.#take(/^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?(am|pm)?(?: ?(?:z|utc|gmt|\+0000))?\b/);
    if (time !== undefined) this.#setTime(time);
    return [seconds, day, time].some((one) => one !== undefined) || month !== -1;
  }

  #setDay(year: number, month: number, day: number): void {
    this.#timeMs = Date.UTC(year, month, day);
    this.#dayAlone = true;
  }

  #setTime([, hour, minute, second, half]: readonly (string | undefined)[]): void {
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
    this.#timeMs = midnight(this.#timeMs) + ((hours * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
    this.#dayAlone = false;
  }

  #relative(): void {
    const match =
      this.#take(
        /^(?<sign>[-+]?) ?(?<count>\d*) ?(?<unit>sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b/,
      ) ?? this.#take(/^(?<word>next|last|this) (?<unit>second|minute|hour|day|week|fortnight|month|year|[a-z]{3,})\b/);
    const { sign, count = '', unit = '', word } = match?.groups ?? {};
    if (match === undefined) return;
    const amount =
      word === undefined
        ? Number(count === '' ? 1 : count) * (sign === '-' ? -1 : 1)
        : ({ next: 1, last: -1 }[word] ?? 0);
    const weekday = DAYS.indexOf(unit.slice(0, 3));
    if (weekday !== -1 && !(unit in UNIT_MS) && unit !== 'month') this.#toWeekday(weekday, amount);
    else this.#additions.push({ amount, unit });
  }

  #toWeekday(weekday: number, amount: number): void {
    const ahead = (weekday - new Date(this.#timeMs).getUTCDay() + 7) % 7;
    const weeks = amount > 0 && ahead > 0 ? amount - 1 : amount;
    this.#timeMs = midnight(this.#timeMs) + (ahead + weeks * 7) * 86_400_000;
  }

  /** A month later may be a day that its month does not have: it runs on into the next, as mktime(3) does. */
  #add(amount: number, unit: string): void {
    if (unit !== 'month' && unit !== 'year') {
      this.#timeMs += amount * (UNIT_MS[unit] ?? 0);
      return;
    }
    const date = new Date(this.#timeMs);
    date.setUTCMonth(date.getUTCMonth() + amount * (unit === 'year' ? 12 : 1));
    this.#timeMs = date.getTime();
  }
}
