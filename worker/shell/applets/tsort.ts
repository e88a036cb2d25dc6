/** tsort (XCU tsort) */
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { UsageError } from './options.ts';

export const tsort: Applet = {
  names: ['tsort'],
  summary: 'Topological sort',
  usage: '[FILE]',
  async run(context) {
    const [path = '-', ...excess] = context.args;
    if (excess.length > 0) throw new UsageError('');
    let text: string;
    try {
      const input = await context.open(path);
      text = await input.text();
      input.close();
    } catch (error) {
      return context.complain(`${path}: ${errorText(error)}`);
    }
    const words = text.split(/\s+/).filter((word) => word !== '');
    if (words.length % 2 === 1) return context.complain(`${path}: input contains an odd number of tokens`);
    const { order, loops } = sortTopologically(words);
    for (const loop of loops) {
      await context.complain(`${path}: input contains a loop:`);
      for (const word of loop) await context.complain(word);
    }
    for (const word of order) await context.out.write(`${word}\n`);
    return loops.length > 0 ? 1 : 0;
  },
};

/** Words in an order in which the first of each pair is ahead of the second; loops are cut where they are met. */
function sortTopologically(words: readonly string[]): {
  readonly order: readonly string[];
  readonly loops: readonly (readonly string[])[];
} {
  const after = new Map<string, Set<string>>();
  const waitsFor = new Map<string, number>();
  for (const word of words) {
    if (!after.has(word)) after.set(word, new Set());
    if (!waitsFor.has(word)) waitsFor.set(word, 0);
  }
  for (let i = 0; i < words.length; i += 2) {
    const [first = '', second = ''] = [words[i], words[i + 1]];
    if (first === second || after.get(first)?.has(second) === true) continue;
    after.get(first)?.add(second);
    waitsFor.set(second, (waitsFor.get(second) ?? 0) + 1);
  }
  const order: string[] = [];
  const loops: string[][] = [];
  let ready = [...waitsFor].filter(([, count]) => count === 0).map(([word]) => word);
  while (waitsFor.size > 0) {
    if (ready.length === 0) {
      const loop = findLoop(after, waitsFor);
      loops.push(loop);
      ready = loop.slice(0, 1);
    }
    const next: string[] = [];
    for (const word of ready) {
      order.push(word);
      waitsFor.delete(word);
      for (const later of after.get(word) ?? []) {
        const left = waitsFor.get(later);
        if (left === undefined) continue;
        waitsFor.set(later, left - 1);
        if (left === 1) next.push(later);
      }
    }
    ready = next;
  }
  return { order, loops };
}

function findLoop(after: ReadonlyMap<string, ReadonlySet<string>>, left: ReadonlyMap<string, number>): string[] {
  const path: string[] = [];
  let [word = ''] = left.keys();
  // everything that is left waits for something that is left, so going on comes back
  const before = new Map<string, string>();
  for (const [from, to] of after)
    if (left.has(from)) for (const later of to) if (left.has(later)) before.set(later, from);
  while (!path.includes(word)) {
    path.push(word);
    word = before.get(word) ?? word;
  }
  // it was gone through against its direction
  const [first = '', ...others] = path.slice(path.indexOf(word));
  return [first, ...others.reverse()];
}
