import type { QuickFix } from '../../base/source.ts';
import type { Instruction } from '../directive.ts';
import { run } from '../directives/run.ts';
import type { LintedFile, LintRule } from './rule.ts';
import { shellCommands } from './shell-commands.ts';
import { shippedStages } from './shipped.ts';

/** So many in a row are worth a word. */
const MANY = 3;

export const consecutiveRuns: LintRule = {
  name: 'ConsecutiveRuns',
  origin: 'strata',
  severity: 'info',
  description: 'RUN instructions in a row could be one layer',
  why: 'Each RUN is a layer: what one writes and the next changes or deletes is stored twice. Joined with `&&`, or as one heredoc, only what is left at the end is stored. Keep them apart where a step takes long and what follows changes often: that is what the cache is for.',
  *check(file) {
    for (const { instructions } of shippedStages(file)) {
      for (const row of rowsOfRuns(instructions)) {
        const [first] = row;
        const last = row.at(-1);
        if (first === undefined || last === undefined || row.length < MANY) continue;
        const fix = joined(file, row);
        yield {
          node: first.node,
          range: { startLine: first.range.startLine, endLine: last.range.endLine },
          message: `${row.length} RUN instructions in a row make ${row.length} layers, and could be one`,
          ...(fix === undefined ? {} : { fix }),
        };
      }
    }
  },
};

/** Runs of shell-form RUNs without flags and heredocs, with nothing between them. */
function* rowsOfRuns(instructions: readonly Instruction[]): Iterable<readonly Instruction[]> {
  let row: Instruction[] = [];
  for (const instruction of instructions) {
    const { node } = instruction;
    if (run.made(instruction) && !node.json && node.flags.length === 0 && node.heredocs.length === 0)
      row.push(instruction);
    else {
      yield row;
      row = [];
    }
  }
  yield row;
}

/** Programs whose effect on the shell would reach what is joined behind them. */
const CHANGES_SHELL: ReadonlySet<string> = new Set([
  'cd',
  'export',
  'set',
  'unset',
  '.',
  'source',
  'exec',
  'exit',
  'trap',
  'umask',
  'alias',
]);

/** One RUN of all: where every one is plain commands joined with &&, a failure ends it as it ended the build before. */
function joined(file: LintedFile, row: readonly Instruction[]): QuickFix | undefined {
  const [first] = row;
  const last = row.at(-1);
  if (first === undefined || last === undefined || !row.every(isPlain) || hasLinesBetween(row)) return undefined;
  const texts = row.map(({ node }) => node.args[0] ?? '');
  const end = last.range.endLine;
  const range = {
    startLine: first.range.startLine,
    startColumn: 1,
    endLine: end,
    endColumn: (file.lines[end - 1] ?? '').length + 1,
  };
  return {
    title: 'Join them into one RUN',
    edits: [{ range, text: `RUN ${texts.join(` && ${file.ast.escape}\n    `)}` }],
  };
}

function isPlain(instruction: Instruction): boolean {
  const commands = shellCommands(instruction);
  const { startLine, endLine } = instruction.range;
  return (
    startLine === endLine &&
    commands.every(({ words, joint }) => (joint === '' || joint === '&&') && !CHANGES_SHELL.has(words[0] ?? '')) &&
    !/[#\n(){}<]/.test(instruction.node.args[0] ?? '')
  );
}

/** Comments or blank lines would be lost. */
function hasLinesBetween(row: readonly Instruction[]): boolean {
  return row.some(({ range }, i) => i > 0 && range.startLine !== (row[i - 1]?.range.endLine ?? 0) + 1);
}
