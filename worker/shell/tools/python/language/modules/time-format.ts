/** Times in the formats of strftime and strptime, in English and UTC. */

export interface TimeParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Monday is 0. */
  readonly weekday: number;
  /** From 1 on. */
  readonly yearday: number;
  /** `+0000`, or nothing where no zone is known. */
  readonly zone?: string;
  readonly zoneName?: string;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function partsOfMs(ms: number): TimeParts {
  const date = new Date(Math.floor(ms));
  const start = Date.UTC(2000, 0, 1);
  const year = date.getUTCFullYear();
  const first = new Date(start);
  first.setUTCFullYear(year, 0, 1);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1000),
    weekday: (date.getUTCDay() + 6) % 7,
    yearday: Math.floor((date.getTime() - first.getTime()) / 86_400_000) + 1,
  };
}

export function formatTime(format: string, parts: TimeParts): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const { year, month, day, hour, minute, second, weekday, yearday } = parts;
  const short = hour % 12 === 0 ? 12 : hour % 12;
  const one = (letter: string): string => {
    switch (letter) {
      case 'Y':
        return String(year);
      case 'y':
        return two(year % 100);
      case 'm':
        return two(month);
      case 'd':
        return two(day);
      case 'e':
        return String(day).padStart(2);
      case 'H':
        return two(hour);
      case 'I':
        return two(short);
      case 'M':
        return two(minute);
      case 'S':
        return two(second);
      case 'f':
        return String(parts.microsecond).padStart(6, '0');
      case 'p':
        return hour < 12 ? 'AM' : 'PM';
      case 'A':
        return DAYS[weekday] ?? '';
      case 'a':
        return (DAYS[weekday] ?? '').slice(0, 3);
      case 'B':
        return MONTHS[month - 1] ?? '';
      case 'b':
      case 'h':
        return (MONTHS[month - 1] ?? '').slice(0, 3);
      case 'j':
        return String(yearday).padStart(3, '0');
      case 'w':
        return String((weekday + 1) % 7);
      case 'u':
        return String(weekday + 1);
      case 'U':
        return two(Math.floor((yearday + 6 - ((weekday + 1) % 7)) / 7));
      case 'W':
        return two(Math.floor((yearday + 6 - weekday) / 7));
      case 'V':
        return two(isoWeek(parts).week);
      case 'G':
        return String(isoWeek(parts).year);
      case 'z':
        return parts.zone ?? '+0000';
      case 'Z':
        return parts.zoneName ?? 'UTC';
      case 'D':
        return formatTime('%m/%d/%y', parts);
      case 'F':
        return formatTime('%Y-%m-%d', parts);
      case 'T':
      case 'X':
        return formatTime('%H:%M:%S', parts);
      case 'R':
        return formatTime('%H:%M', parts);
      case 'x':
        return formatTime('%m/%d/%y', parts);
      case 'c':
        return formatTime('%a %b %e %H:%M:%S %Y', parts);
      case 's':
        return String(Math.floor(Date.UTC(year, month - 1, day, hour, minute, second) / 1000));
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '%':
        return '%';
      default:
        return `%${letter}`;
    }
  };
  return format.replace(/%-?([a-zA-Z%])/g, (all, letter: string) =>
    all.startsWith('%-') ? one(letter).replace(/^0+(?=\d)/, '') : one(letter),
  );
}

export function isoWeek({ year, weekday, yearday }: TimeParts): { readonly year: number; readonly week: number } {
  const week = Math.floor((yearday - weekday + 9) / 7);
  if (week < 1) return isoWeek({ ...partsOfMs(Date.UTC(year - 1, 11, 31)) });
  const next = partsOfMs(Date.UTC(year + 1, 0, 1));
  return week === 53 && next.weekday <= 3 ? { year: year + 1, week: 1 } : { year, week };
}

const FIELDS: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  y: '(\\d\\d)',
  m: '(1[0-2]|0?[1-9])',
  d: '(3[01]|[12]\\d|0?[1-9]| [1-9])',
  H: '(2[0-3]|[01]?\\d)',
  I: '(1[0-2]|0?[1-9])',
  M: '([0-5]?\\d)',
  S: '(6[01]|[0-5]?\\d)',
  f: '(\\d{1,6})',
  p: '(AM|PM|am|pm)',
  A: `(${DAYS.join('|')})`,
  a: `(${DAYS.map((day) => day.slice(0, 3)).join('|')})`,
  B: `(${MONTHS.join('|')})`,
  b: `(${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  j: '(\\d{1,3})',
  z: '(Z|[+-]\\d\\d:?\\d\\d)',
  Z: '(UTC|GMT)',
  '%': '%',
};

/** The time a text tells; undefined where it does not have the format; a text where it has more than that. */
export function parseTime(text: string, format: string): TimeParts | string | undefined {
  const letters: string[] = [];
  const pattern = format
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/%([a-zA-Z%])/g, (_all, letter: string) => {
      if (letter !== '%') letters.push(letter);
      return FIELDS[letter] ?? '';
    });
  const match = new RegExp(`^${pattern}`, 'i').exec(text);
  if (match === null) return undefined;
  if (match[0].length < text.length) return `unconverted data remains: ${text.slice(match[0].length)}`;
  const get = (letter: string): string | undefined => match[letters.indexOf(letter) + 1];
  const has = (letter: string): boolean => letters.includes(letter);
  const named = (names: readonly string[], value: string | undefined): number =>
    names.findIndex((name) => value !== undefined && name.toLowerCase().startsWith(value.toLowerCase().slice(0, 3))) +
    1;
  const two = Number(get('y'));
  const year = has('Y') ? Number(get('Y')) : has('y') ? (two < 69 ? 2000 : 1900) + two : 1900;
  const month = has('m')
    ? Number(get('m'))
    : has('B')
      ? named(MONTHS, get('B'))
      : has('b')
        ? named(MONTHS, get('b'))
        : 1;
  const isAfternoon = /pm/i.test(has('p') ? (get('p') ?? '') : '');
  const hour = has('H') ? Number(get('H')) : has('I') ? (Number(get('I')) % 12) + (isAfternoon ? 12 : 0) : 0;
  const day = has('d') ? Number(get('d')) : 1;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return 'day is out of range for month';
  date.setUTCHours(hour, has('M') ? Number(get('M')) : 0, has('S') ? Number(get('S')) : 0);
  const microsecond = has('f') ? Number((get('f') ?? '').padEnd(6, '0')) : 0;
  return { ...partsOfMs(date.getTime()), microsecond };
}
