/** `strftime` for the C locale in UTC, as `date +FORMAT` uses it. */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore
const DAY_MS = 86_400_000;

/** Directives that stand for others. */
const COMPOUND: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/** A number with the width and filling it has unless flags say otherwise. */
interface Padded {
  readonly value: number;
  readonly width: number;
  readonly fill: '0' | ' ';
}

/** Fills in a format for a time in milliseconds since 1970. Flags `-`, `_`, `0`, `^` and a width are taken; unknown directives stay. */
export function formatTime(format: string, timeMs: number): string {
  const date = new Date(timeMs);
  return format.replace(/%([-_0^#]?)(\d*)([a-zA-Z%])/g, (whole, flag: string, width: string, letter: string) => {
    const compound = COMPOUND[letter];
    if (compound !== undefined) return formatTime(compound, timeMs).padStart(Number(width));
    const part = textPart(letter, date) ?? numberPart(letter, date);
    if (part === undefined) return whole;
    if (typeof part === 'string') return (flag === '^' ? part.toUpperCase() : part).padStart(Number(width));
    if (flag === '-') return String(part.value);
    const fill = flag === '_' ? ' ' : flag === '0' ? '0' : part.fill;
    return String(part.value).padStart(Math.max(part.width, Number(width)), fill);
  });
}

function textPart(letter: string, date: Date): string | undefined {
  switch (letter) {
    case '%':
      return '%';
    case 'a':
      return DAYS[date.getUTCDay()]?.slice(0, 3);
    case 'A':
      return DAYS[date.getUTCDay()];
    case 'b':
    case 'h':
      return MONTHS[date.getUTCMonth()]?.slice(0, 3);
    case 'B':
      return MONTHS[date.getUTCMonth()];
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'p':
      return date.getUTCHours() < 12 ? 'AM' : 'PM';
    case 'P':
      return date.getUTCHours() < 12 ? 'am' : 'pm';
    case 'z':
      return '+0000';
    case 'Z':
      return 'UTC';
    default:
      return undefined;
  }
}

function numberPart(letter: string, date: Date): Padded | undefined {
  const padded = (value: number, width = 2, fill: '0' | ' ' = '0'): Padded => ({ value, width, fill });
  const year = date.getUTCFullYear();
  const hour12 = date.getUTCHours() % 12 || 12;
  switch (letter) {
    case 'C':
      return padded(Math.floor(year / 100));
    case 'd':
      return padded(date.getUTCDate());
    case 'e':
      return padded(date.getUTCDate(), 2, ' ');
    case 'g':
      return padded(isoWeek(date).year % 100);
    case 'G':
      return padded(isoWeek(date).year, 1);
    case 'H':
      return padded(date.getUTCHours());
    case 'I':
      return padded(hour12);
    case 'j':
      return padded(dayOfYear(date) + 1, 3);
    case 'k':
      return padded(date.getUTCHours(), 2, ' ');
    case 'l':
      return padded(hour12, 2, ' ');
    case 'm':
      return padded(date.getUTCMonth() + 1);
    case 'M':
      return padded(date.getUTCMinutes());
    case 's':
      return padded(Math.floor(date.getTime() / 1000), 1);
    case 'S':
      return padded(date.getUTCSeconds());
    case 'u':
      return padded(date.getUTCDay() || 7, 1);
    case 'U':
      return padded(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7));
    case 'V':
      return padded(isoWeek(date).week);
    case 'w':
      return padded(date.getUTCDay(), 1);
    case 'W':
      return padded(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7));
    case 'y':
      return padded(year % 100);
    case 'Y':
      return padded(year, 1);
    default:
      return undefined;
  }
}

/** Days since the first of January. */
function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS);
}

/** ISO 8601: a week belongs to the year its Thursday lies in. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - weekday) * DAY_MS);
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}
