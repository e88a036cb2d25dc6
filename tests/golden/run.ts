/**
 * `npm run golden [WORD...]`: builds every golden case and runs every golden transcript (or those whose name holds a word),
 * compares, and prints a table by directive and one by docker command, with the first difference of each that fails. Exits with
 * 1 when one does.
 */
import { openCaseEnvironment } from '../../worker/host/node/case-environment.ts';
import { caseNames, runCase } from './cases.ts';
import { runTranscript, transcriptNames } from './transcripts.ts';

/** How many of a group passed. */
interface Total {
  passed: number;
  failed: number;
}

/** What a case's name begins with: the instruction, or what else it is about. */
const groupOf = (name: string): string => name.split('-')[0] ?? name;

/** The command a line of a transcript is about: `image ls`, `run`; `shell` for all that is not docker. */
function commandOf(line: string): string {
  const [, first = '', second = ''] = /\bdocker (\S+)(?: (\S+))?/.exec(line) ?? [];
  if (!/^[a-z]+$/.test(first)) return 'shell';
  return ['container', 'image', 'system', 'volume'].includes(first) ? `${first} ${second}` : first;
}

function count(totals: Map<string, Total>, group: string, good: boolean): void {
  const total = totals.get(group) ?? { passed: 0, failed: 0 };
  totals.set(group, total);
  if (good) total.passed++;
  else total.failed++;
}

function printTable(title: string, totals: ReadonlyMap<string, Total>): void {
  console.log(`\n${title.padEnd(18)}${'passed'.padStart(8)}${'failed'.padStart(8)}`);
  for (const [group, { passed, failed }] of totals) {
    console.log(group.padEnd(18) + String(passed).padStart(8) + String(failed).padStart(8));
  }
}

const words = process.argv.slice(2);
const chosen = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
const directives = new Map<string, Total>();
const commands = new Map<string, Total>();
const differences: string[] = [];

const environment = await openCaseEnvironment();
for (const name of caseNames().filter(chosen)) {
  const verdict = await runCase(name, environment);
  count(directives, groupOf(name), verdict.kind === 'equal');
  if (verdict.kind !== 'equal') {
    differences.push(`${name}: ${verdict.kind === 'soft' ? '(soft) ' : ''}${verdict.reason}`);
  }
}
for (const name of transcriptNames().filter(chosen)) {
  for (const { command, difference } of await runTranscript(name)) {
    count(commands, commandOf(command), difference === undefined);
    if (difference !== undefined) differences.push(`${name}: $ ${command.split('\n')[0] ?? ''}: ${difference}`);
  }
}

printTable('directive', directives);
printTable('command', commands);
if (differences.length > 0) console.log(`\n${differences.join('\n')}`);
const sums = [...directives.values(), ...commands.values()];
const passed = sums.reduce((sum, total) => sum + total.passed, 0);
const failed = sums.reduce((sum, total) => sum + total.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
