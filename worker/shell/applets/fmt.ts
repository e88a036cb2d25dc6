/** fmt: fills paragraphs up to a width, as evenly as may be (the costs are those of coreutils) */
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { eachInput } from './inputs.ts';
import { parseOptions, UsageError } from './options.ts';

const DEFAULT_WIDTH = 75;
/** A line is best this much of the width long: 7 % less, and rounded as coreutils does. */
const GOAL_SHARE = 187 / 200;

export const fmt: Applet = {
  names: ['fmt'],
  summary: 'Reformat each paragraph of FILEs',
  usage: '[-WIDTH] [-su] [-w WIDTH] [-p PREFIX] [FILE]...',
  async run(context) {
    const words = context.args.map((word) => word.replace(/^-(\d+)$/, '-w$1'));
    const options = parseOptions(words, 'cstuw:g:p:', {
      'split-only': 's', 'uniform-spacing': 'u', width: 'w', goal: 'g', prefix: 'p',
    }); // prettier-ignore
    const width = Number(options.value('w') ?? DEFAULT_WIDTH);
    if (!Number.isInteger(width) || width < 1) throw new UsageError(`invalid width: '${options.value('w') ?? ''}'`);
    const goal = Number(options.value('g') ?? Math.floor(width * GOAL_SHARE));
    const prefix = options.value('p') ?? '';
    const filler = { width, goal, prefix, splitOnly: options.has('s'), uniform: options.has('u') };
    const cannotOpen = async (path: string, error: unknown): Promise<number> =>
      context.complain(`cannot open '${path}' for reading: ${errorText(error)}`);
    return eachInput(
      context,
      options.operands,
      async (input) => {
        let paragraph: Paragraph | undefined;
        const flush = async (): Promise<void> => {
          if (paragraph !== undefined) await context.out.write(filled(paragraph, filler));
          paragraph = undefined;
        };
        for await (const line of input.lines()) {
          const pause = context.checkpoint();
          if (pause !== undefined) await pause;
          const found = line.startsWith(prefix) ? readLine(line.slice(prefix.length)) : undefined;
          if (found === undefined) {
            await flush();
            await context.out.write(`${line.trim() === '' ? '' : line}\n`);
            continue;
          }
          if (paragraph !== undefined && (filler.splitOnly || paragraph.indent !== found.indent)) await flush();
          paragraph = { indent: found.indent, words: [...(paragraph?.words ?? []), ...found.words] };
        }
        await flush();
      },
      cannotOpen,
    );
  },
};

interface Word {
  readonly text: string;
  /** Blanks that belong behind it. */
  readonly gap: number;
  readonly opens: boolean;
  readonly punctuated: boolean;
  /** It ends with a full stop or its like. */
  readonly stops: boolean;
  /** It ends a sentence. */
  readonly ends: boolean;
}

interface Paragraph {
  readonly indent: string;
  readonly words: readonly Word[];
}

interface Filler {
  readonly width: number;
  readonly goal: number;
  readonly prefix: string;
  readonly splitOnly: boolean;
  /** One blank between words, two behind sentences. */
  readonly uniform: boolean;
}

function readLine(line: string): Paragraph | undefined {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const words = [...line.slice(indent.length).matchAll(/(\S+)(\s*)/g)].map(([, text = '', blanks = '']) => {
    const stops = /[.?!]["')\]]*$/.test(text);
    // behind the last word of a line there is one blank, two where a sentence ends
    const gap = blanks === '' ? (stops ? 2 : 1) : blanks.length;
    const ends = stops && (blanks === '' || blanks.length > 1);
    return { text, gap, stops, ends, opens: /^[("'`[{]/.test(text), punctuated: /[!-/:-@[-`{-~]$/.test(text) };
  });
  return words.length === 0 ? undefined : { indent, words };
}

const squared = (value: number): number => value * value;

/** How a line that begins with a word goes on at best. */
interface Choice {
  readonly cost: number;
  readonly next: number;
  readonly length: number;
}

/** The lines that cost least together, the last one nothing: found from the end of the paragraph. */
function filled(paragraph: Paragraph, { width, goal, prefix, uniform }: Filler): string {
  const { indent } = paragraph;
  // the end of a paragraph is that of a sentence
  const words = paragraph.words.map((word, at, all) =>
    at === all.length - 1 ? { ...word, stops: true, ends: true } : word,
  );
  const gaps = words.map(({ gap, ends }) => (uniform ? (ends ? 2 : 1) : gap));
  const start = prefix.length + indent.length;
  const choices: Choice[] = [];
  choices[words.length] = { cost: 0, next: words.length, length: 0 };
  for (let from = words.length - 1; from >= 0; from--) {
    let length = start;
    let best: Choice | undefined;
    for (let to = from; to < words.length; to++) {
      length += words[to]?.text.length ?? 0;
      if (length >= width && to > from) break;
      const rest = choices[to + 1];
      const cost = (rest?.cost ?? 0) + lineCost(length, goal, rest, words.length, to + 1);
      if (best === undefined || cost < best.cost) best = { cost, next: to + 1, length };
      length += gaps[to] ?? 1;
    }
    const { cost = 0, next = from + 1 } = best ?? {};
    choices[from] = { cost: cost + startCost(words, from), next, length: best?.length ?? length };
  }
  let out = '';
  for (let from = 0; from < words.length;) {
    const end = choices[from]?.next ?? words.length;
    const line = words
      .slice(from, end)
      .map(({ text }, at) => text + ' '.repeat(from + at < end - 1 ? (gaps[from + at] ?? 1) : 0));
    out += `${prefix}${indent}${line.join('')}\n`;
    from = end;
  }
  return out;
}

/** A line that is short of the goal costs, and one that differs from the line behind it. */
function lineCost(length: number, goal: number, next: Choice | undefined, words: number, end: number): number {
  if (end === words) return 0;
  const ragged = next === undefined || next.next === words ? 0 : squared(10 * (length - next.length)) / 2;
  return squared(10 * (goal - length)) + ragged;
}

/** Where a line had better begin: behind a sentence or a comma, not with the last word of one. */
function startCost(words: readonly Word[], at: number): number {
  const word = words[at];
  const before = words[at - 1];
  let cost = squared(70);
  if (before !== undefined) {
    if (before.stops) cost += before.ends ? -squared(50) : squared(600);
    else if (before.punctuated) cost -= squared(40);
    else if (words[at - 2]?.ends === true) cost += squared(200) / (before.text.length + 2);
  }
  if (word?.opens === true) cost -= squared(40);
  else if (word?.ends === true) cost += squared(150) / (word.text.length + 2);
  return cost;
}
