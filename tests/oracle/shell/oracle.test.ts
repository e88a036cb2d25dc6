/** Runs the recorded scripts on Strata's shells: same output, exit code and files as the real ones. */
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../worker/base/path.ts';
import { readRecords, topicsIn } from '../topics.ts';
import { readCases, withoutUsage, type ShellName, type ShellRecords } from './cases.ts';
import { DIFFERENCES } from './differences.ts';
import { createRoot, describeTree, run } from './strata-shell.ts';

const PROGRAMS: Readonly<Record<ShellName, string>> = { ash: '/bin/sh', dash: '/bin/dash', bash: '/bin/bash' };

describe.each(topicsIn(import.meta.dirname))('real shells agree on %s', (topic) => {
  const records = readRecords<ShellRecords>(import.meta.dirname, topic);
  const cases = readCases(topic).flatMap((one) =>
    one.shells.map((shell) => ({ ...one, shell, title: `${one.name} (${shell})` })),
  );
  it.each(cases)('$title', async ({ name, script, shell, title }) => {
    const recorded = records[name]?.[shell];
    if (recorded === undefined) throw new Error(`${title} is not recorded: run tests/oracle/shell/record.ts`);
    const expected = { ...recorded, stderr: withoutUsage(recorded.stderr) };
    const root = createRoot();
    const { stdout, stderr, exitCode } = await run([PROGRAMS[shell], '-c', script], root);
    const tree = await describeTree(root, resolvePath('/case'));
    const actual = { stdout, stderr: withoutUsage(stderr), exitCode, tree };
    const difference = DIFFERENCES.get(`${topic}: ${title}`);
    if (difference === undefined) expect(actual).toEqual(expected);
    else expect(actual, `no difference any more: ${difference}`).not.toEqual(expected);
  });
});
