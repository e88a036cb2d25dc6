/**
 * jq beside the real one: `records.json` holds what jq 1.6 made of arguments and an input. To add a case, run jq and write down
 * what it did.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRoot, run } from '../shell/strata-shell.ts';

interface JqRecord {
  readonly args: readonly string[];
  readonly input: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const records = JSON.parse(readFileSync(join(import.meta.dirname, 'records.json'), 'utf8')) as readonly JqRecord[];

describe('jq 1.6 agrees on', () => {
  it.each(records.map((record, i) => ({ ...record, title: `${i + 1}: ${record.args.join(' ').slice(0, 80)}` })))(
    '$title',
    async ({ args, input, stdout, stderr, exitCode }) => {
      const result = await run(['/bin/jq', ...args], createRoot(), { stdin: input });
      expect({ stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode }).toEqual({
        stdout,
        stderr,
        exitCode,
      });
    },
  );
});
