/** cal */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore
const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
const DAY_MS = 86_400_000;
const WEEK = 7;
const ROWS = 6;
const LAST_YEAR = 9999;

export const cal: Applet = {
  names: ['cal'],
  summary: 'Display a calendar',
  usage: '[-jmy] [[MONTH] YEAR]',
  async run(context) {
    const options = parseOptions(context.args, 'jmy');
    const now = new Date(context.process.kernel.clock.nowMs());
    const [first, second] = options.operands;
    const year = Number(second ?? first ?? now.getUTCFullYear());
    if (!(year >= 1 && year <= LAST_YEAR))
      return context.complain(`number ${second ?? first ?? ''} is not in 1..${LAST_YEAR} range`);
    const style: Style = { julian: options.has('j'), firstDay: options.has('m') ? 1 : 0 };
    if ((second === undefined && first !== undefined) || options.has('y')) {
      await context.out.write(yearText(year, style));
      return 0;
    }
    const month = second === undefined ? now.getUTCMonth() + 1 : Number(first);
    if (!(month >= 1 && month <= MONTHS.length)) return context.complain(`number ${first ?? ''} is not in 1..12 range`);
    const title = centred(`${MONTHS[month - 1] ?? ''} ${year}`, widthOf(style)).trimEnd();
    // a week without days is as wide as one with the blank behind it
    const rows = monthRows(year, month, style).map((row) => (row.trim() === '' ? `${row} ` : row));
    await context.out.write(`${[title, ...rows].join('\n')}\n`);
    return 0;
  },
};

interface Style {
  /** Days are counted from the first of January. */
  readonly julian: boolean;
  readonly firstDay: 0 | 1;
}

const cellWidth = ({ julian }: Style): number => (julian ? 3 : 2);
const widthOf = (style: Style): number => WEEK * (cellWidth(style) + 1) - 1;

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return `${' '.repeat(Math.max(0, left))}${text}`.padEnd(width);
}

/** The names of the days, and the weeks: those behind the last day are blank. */
function monthRows(year: number, month: number, style: Style): string[] {
  const width = cellWidth(style);
  const names = Array.from({ length: WEEK }, (_, day) => (DAYS[(day + style.firstDay) % WEEK] ?? '').padStart(width));
  const start = Date.UTC(year, month - 1, 1);
  const days = (Date.UTC(year, month, 1) - start) / DAY_MS;
  const before = (new Date(start).getUTCDay() - style.firstDay + WEEK) % WEEK;
  const shift = style.julian ? (start - Date.UTC(year, 0, 1)) / DAY_MS : 0;
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const cells = Array.from({ length: WEEK }, (__, column) => {
      const day = row * WEEK + column - before + 1;
      return (day < 1 || day > days ? '' : String(day + shift)).padStart(width);
    });
    const text = cells.join(' ');
    return text.trim() === '' ? text.slice(0, -1) + ' ' : text.trimEnd();
  });
  return [names.join(' '), ...rows];
}

function yearText(year: number, style: Style): string {
  const across = style.julian ? 2 : 3;
  const gap = '  ';
  const width = widthOf(style);
  const whole = across * width + (across - 1) * gap.length;
  const lines = [centred(String(year), whole), ''];
  for (let month = 1; month <= MONTHS.length; month += across) {
    const numbers = Array.from({ length: across }, (_, index) => month + index);
    lines.push(numbers.map((one) => centred(MONTHS[one - 1] ?? '', width)).join(gap));
    const columns = numbers.map((one) => monthRows(year, one, style));
    for (let row = 0; row <= ROWS; row++)
      lines.push(
        columns
          .map((rows) => (rows[row] ?? '').padEnd(width))
          .join(gap)
          .replace(/ +$/, row === 0 ? '$&' : ''),
      );
  }
  return `${lines.join('\n')}\n`;
}
