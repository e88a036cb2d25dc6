/**
 * `npm run golden [WORD...]`: builds every golden case (or those whose name holds a word), compares, and prints a table by directive
 * with the first difference of each case that fails. Exits with 1 when one does.
 */
import { openCaseEnvironment } from '../../worker/host/node/case-environment.ts';
import { caseNames, runCase } from './cases.ts';

/** What a case's name begins with: the instruction, or what else it is about. */
const groupOf = (name: string): string => name.split('-')[0] ?? name;

const words = process.argv.slice(2);
const names = caseNames().filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
const environment = await openCaseEnvironment();
const totals = new Map<string, { passed: number; failed: number }>();
const differences: string[] = [];
for (const name of names) {
  const verdict = await runCase(name, environment);
  const total = totals.get(groupOf(name)) ?? { passed: 0, failed: 0 };
  totals.set(groupOf(name), total);
  if (verdict.kind === 'equal') total.passed++;
  else {
    total.failed++;
    differences.push(`${name}: ${verdict.kind === 'soft' ? '(soft) ' : ''}${verdict.reason}`);
  }
}

const sums = [...totals.values()];
const passed = sums.reduce((sum, total) => sum + total.passed, 0);
const failed = sums.reduce((sum, total) => sum + total.failed, 0);
console.log('directive'.padEnd(16) + 'passed'.padStart(8) + 'failed'.padStart(8));
for (const [group, total] of totals) {
  console.log(group.padEnd(16) + String(total.passed).padStart(8) + String(total.failed).padStart(8));
}
if (differences.length > 0) console.log(`\n${differences.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
