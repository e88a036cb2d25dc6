/** fmt: fills paragraphs up to a width */
import type { Applet } from './applet.ts';
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
    return eachInput(context, options.operands, async (input) => {
      let paragraph: Paragraph | undefined;
      const flush = async (): Promise<void> => {
        if (paragraph !== undefined) await context.out.write(filled(paragraph, filler));
        paragraph = undefined;
      };
      for await (const line of input.lines()) {
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
    });
  },
};

interface Paragraph {
  readonly indent: string;
  /** Each with the blanks that belong behind it. */
  readonly words: readonly { readonly text: string; readonly gap: number }[];
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
  const words = [...line.slice(indent.length).matchAll(/(\S+)(\s*)/g)].map(([, text = '', gap = '']) => ({
    text,
    gap: gap.length,
  }));
  // behind the last word of a line there is one blank, two where a sentence ends
  const last = words.at(-1);
  if (last !== undefined) words[words.length - 1] = { ...last, gap: /[.?!]["')\]]*$/.test(last.text) ? 2 : 1 };
  return words.length === 0 ? undefined : { indent, words };
}

/**
 * The lines that deviate least from the goal together, the last one free (Knuth and Plass, with the squares of coreutils):
 * found from the end of the paragraph.
 */
function filled({ indent, words }: Paragraph, { width, goal, prefix, uniform }: Filler): string {
  const gaps = words.map(({ text, gap }) => (uniform ? (/[.?!]["')\]]*$/.test(text) && gap > 1 ? 2 : 1) : gap));
  const start = prefix.length + indent.length;
  const best: { cost: number; next: number; length: number }[] = new Array(words.length + 1);
  best[words.length] = { cost: 0, next: words.length, length: 0 };
  for (let from = words.length - 1; from >= 0; from--) {
    let length = start;
    let chosen: { cost: number; next: number; length: number } | undefined;
    for (let to = from; to < words.length; to++) {
      length += words[to]?.text.length ?? 0;
      if (length > width && to > from) break;
      const rest = best[to + 1];
      const cost = (rest?.cost ?? 0) + lineCost(length, goal, rest, to === words.length - 1) + breakCost(words, to);
      if (chosen === undefined || cost < chosen.cost) chosen = { cost, next: to + 1, length };
      length += gaps[to] ?? 1;
    }
    best[from] = chosen ?? { cost: 0, next: from + 1, length };
  }
  let out = '';
  for (let from = 0; from < words.length; from = best[from]?.next ?? words.length) {
    const end = best[from]?.next ?? words.length;
    const line = words
      .slice(from, end)
      .map(({ text }, index) => text + ' '.repeat(from + index < end - 1 ? (gaps[from + index] ?? 1) : 0));
    out += `${prefix}${indent}${line.join('')}\n`;
  }
  return out;
}

const squared = (value: number): number => value * value;

/** A short line costs, and one that differs from the line behind it; the last line may be of any length. */
function lineCost(
  length: number,
  goal: number,
  next: { readonly length: number; readonly next: number } | undefined,
  last: boolean,
): number {
  if (last) return 0;
  const short = squared(10 * (goal - length));
  const ragged = next === undefined || next.length === 0 ? 0 : squared(10 * (length - next.length)) / 2;
  return short + ragged;
}

/** Where a line had better end: behind a sentence, not behind its first words. */
function breakCost(words: Paragraph['words'], at: number): number {
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || next === undefined) return 0;
  const base = squared(70);
  if (/[.?!]["')\]]*$/.test(word.text)) return word.gap > 1 ? base - squared(50) : base + squared(600);
  return base;
}
