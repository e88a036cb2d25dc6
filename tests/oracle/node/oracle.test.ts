/** Runs the recorded programs on Strata's interpreter: same output and exit status as the real Node. */
import { describe, expect, it } from 'vitest';
import { readCases, readRecords, topics, withoutInternals } from './cases.ts';
import { runNode } from './run-node.ts';

describe.each(topics())('the real Node agrees on %s', (topic) => {
  const records = readRecords(topic);
  it.each(readCases(topic))('$name', async ({ name, main, files, stdin }) => {
    const recorded = records[name];
    if (recorded === undefined) throw new Error(`${name} is not recorded: run tests/oracle/node/record.ts`);
    const { stdout, stderr, exitCode } = await runNode({ files, args: [main], stdin });
    expect({ stdout, stderr: withoutInternals(stderr), exitCode }).toEqual({
      ...recorded,
      stderr: withoutInternals(recorded.stderr),
    });
  });
});
