/** expand, unexpand (XCU) */
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, type Options } from './options.ts';

const DEFAULT_STOP = 8;

function tabStop(options: Options): number {
  return parseCount(options.value('t') ?? '') ?? DEFAULT_STOP;
}

export const expand: Applet = {
  names: ['expand'],
  summary: 'Convert tabs to spaces, writing to stdout',
  usage: '[-i] [-t N] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'it:', { initial: 'i', tabs: 't' });
    const stop = tabStop(options);
    return eachInput(context, options.operands, async (input) => {
      for await (const lines of input.batches())
        await context.out.write(lines.map((line) => `${expandLine(line, stop, options.has('i'))}\n`).join(''));
    });
  },
};

function expandLine(line: string, stop: number, onlyInitial: boolean): string {
  if (!line.includes('\t')) return line;
  let out = '';
  let column = 0;
  let initial = true;
  for (const character of line) {
    if (character === '\t' && (initial || !onlyInitial)) {
      const width = stop - (column % stop);
      out += ' '.repeat(width);
      column += width;
      continue;
    }
    if (character !== ' ' && character !== '\t') initial = false;
    out += character;
    column++;
  }
  return out;
}

export const unexpand: Applet = {
  names: ['unexpand'],
  summary: 'Convert spaces to tabs, writing to stdout',
  usage: '[-fa][-t N] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'faist:', { 'first-only': 'f', all: 'a', tabs: 't' });
    const stop = tabStop(options);
    // a width of its own asks for all blanks
    const all = (options.has('a') || options.has('t')) && !options.has('f');
    return eachInput(context, options.operands, async (input) => {
      for await (const lines of input.batches())
        await context.out.write(lines.map((line) => `${unexpandLine(line, stop, all)}\n`).join(''));
    });
  },
};

function unexpandLine(line: string, stop: number, all: boolean): string {
  let out = '';
  let column = 0;
  let at = 0;
  while (at < line.length) {
    const start = column;
    while (line[at] === ' ' || line[at] === '\t') {
      column += line[at] === '\t' ? stop - (column % stop) : 1;
      at++;
    }
    out += blanks(start, column, stop);
    if (at >= line.length) break;
    if (!all) return out + line.slice(at);
    while (at < line.length && line[at] !== ' ' && line[at] !== '\t') {
      out += line[at++] ?? '';
      column++;
    }
  }
  return out;
}

/** Blanks from one column to another: tabs where they reach a stop. */
function blanks(start: number, end: number, stop: number): string {
  const tabs = Math.floor(end / stop) - Math.floor(start / stop);
  return tabs === 0 ? ' '.repeat(end - start) : '\t'.repeat(tabs) + ' '.repeat(end % stop);
}
