/**
 * Random scripts on Strata's shells and on the real ones: the same output, exit code and files. And broken scripts: whatever
 * stands in them, the shell ends, and by its own will.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../worker/base/path.ts';
import { createRoot, describeTree, ENVIRONMENT, run } from '../oracle/shell/strata-shell.ts';
import { scripts } from './shell-scripts.ts';

const SHELLS = [
  { name: 'busybox sh', binary: '/bin/busybox', arguments: ['sh'], program: '/bin/sh' },
  { name: 'dash', binary: '/bin/dash', arguments: [], program: '/bin/dash' },
  { name: 'bash', binary: '/bin/bash', arguments: [], program: '/bin/bash' },
];
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
/** The same scripts each time, so that a failure tells of a change and not of luck; `FUZZ_SEED` looks elsewhere. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

interface Outcome {
  readonly stdout: string;
  readonly exitCode: number;
  readonly files: readonly string[];
}

function runReal(binary: string, words: readonly string[], script: string): Outcome {
  const directory = mkdtempSync(join(tmpdir(), 'strata-fuzz-'));
  try {
    const { stdout, status } = spawnSync(binary, [...words, '-c', script], {
      cwd: directory,
      env: Object.fromEntries(ENVIRONMENT),
      input: '',
      timeout: 10_000,
    });
    return {
      stdout: stdout.toString('utf8').replaceAll(directory, '/case'),
      exitCode: status ?? 128,
      files: listFiles(directory, '/case'),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function listFiles(directory: string, shown: string): string[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      const line = `${shown}/${name}`;
      return lstatSync(path).isDirectory()
        ? [line, ...listFiles(path, line)]
        : [`${line} ${readFileSync(path, 'utf8')}`];
    });
}

async function runStrata(program: string, script: string): Promise<Outcome> {
  const root = createRoot();
  const { stdout, exitCode } = await run([program, '-c', script], root);
  const tree = await describeTree(root, resolvePath('/case'));
  const files = tree.map((line) =>
    line
      .replace(/ directory \d+$/, '')
      .replace(/ file \d+ (.*)$/s, (_, text: string) => ` ${String(JSON.parse(text))}`),
  );
  return { stdout, exitCode, files };
}

describe.each(SHELLS)('random scripts on $name', ({ binary, arguments: words, program, name }) => {
  const missing = existsSync(binary) ? undefined : `${binary} is not installed: nothing to compare ${name} with`;
  it.skipIf(missing !== undefined)(missing ?? 'give what the real shell gives', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        expect(await runStrata(program, script), script).toEqual(runReal(binary, words, script));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

describe('broken scripts', () => {
  /** Scripts with a piece cut out, doubled or replaced. */
  const broken = fc
    .tuple(
      scripts,
      fc.nat(400),
      fc.nat(20),
      fc.constantFrom(
        '',
        '$(',
        ')',
        '"',
        "'",
        '`',
        '${',
        '}',
        '((',
        ';;',
        '<<E',
        '\0',
        '\\',
        '|',
        '&',
        'fi',
        'done',
        'esac',
      ),
    )
    .map(([script, at, length, piece]) => script.slice(0, at) + piece + script.slice(at + length));

  it.each(['/bin/sh', '/bin/dash', '/bin/bash'])('%s ends by itself', { timeout: 300_000 }, async (program) => {
    await fc.assert(
      fc.asyncProperty(broken, async (script) => {
        const { exitCode } = await run([program, '-c', script], createRoot(), { limits: { steps: 200_000 } });
        expect(exitCode).toBeGreaterThanOrEqual(0);
        expect(exitCode).toBeLessThan(256);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
