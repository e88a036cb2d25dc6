/** Runs the recorded programs on Strata's interpreter: same output and exit status as the real Node 20. */
import { describe, expect, it } from 'vitest';
import { readPrograms, type ProgramRecord } from '../program-cases.ts';
import { readRecords, topicsIn } from '../topics.ts';
import { withoutInternals } from './internals.ts';
import { runNode } from './run-node.ts';

const FOLDER = import.meta.dirname;

describe.each(topicsIn(FOLDER))('the real Node agrees on %s', (topic) => {
  const records = readRecords<ProgramRecord>(FOLDER, topic);
  it.each(readPrograms(FOLDER, topic, 'main.js'))('$name', async ({ name, main, files, stdin }) => {
    const recorded = records[name];
    if (recorded === undefined) throw new Error(`${name} is not recorded: run tests/oracle/node/record.ts`);
    const { stdout, stderr, exitCode } = await runNode({ files, args: [main], stdin });
    expect({ stdout, stderr: withoutInternals(stderr), exitCode }).toEqual({
      ...recorded,
      stderr: withoutInternals(recorded.stderr),
    });
  });
});
