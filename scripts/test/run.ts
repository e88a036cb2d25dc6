/** Runs all checks and tests one after another, counts them, and says in one line what came of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the runner's report; a stage without one counts as one test. */
  readonly count?: (report: string) => Count;
}

const reports = mkdtempSync(join(tmpdir(), 'strata-tests-'));
const reportOf = (stage: string): string => join(reports, `${stage}.json`);
const vitest = (project: string, stage: string): Stage => ({
  name: stage,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(stage)}`,
  ],
  count: countVitest,
});

const STAGES: readonly Stage[] = [
  { name: 'check', command: ['npm', 'run', '-s', 'check'] },
  { name: 'lint', command: ['npm', 'run', '-s', 'lint'] },
  { name: 'unused', command: ['knip'] },
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'size', command: ['size-limit'] },
  vitest('node', 'unit'),
  vitest('browser', 'browser'),
  { name: 'e2e', command: ['playwright', 'test', '--reporter=list,json'], count: countPlaywright },
];

function countVitest(report: string): Count {
  const json: unknown = JSON.parse(report);
  const number = (key: string): number => {
    const value: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, key) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return {
    passed: number('numPassedTests'),
    failed: number('numFailedTests') + (number('numFailedTests') === 0 ? number('numFailedTestSuites') : 0),
    skipped: number('numPendingTests'),
  };
}

function countPlaywright(report: string): Count {
  const json = JSON.parse(report) as {
    stats?: { expected?: number; unexpected?: number; flaky?: number; skipped?: number };
  };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = json.stats ?? {};
  return { passed: expected + flaky, failed: unexpected, skipped };
}

function runStage(stage: Stage): Count {
  console.log(`\n== ${stage.name} ==`);
  const [program = '', ...args] = stage.command;
  const { status } = spawnSync(program === 'npm' ? 'npm' : `node_modules/.bin/${program}`, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf(stage.name), FORCE_COLOR: '0' },
  });
  const worked = status === 0;
  if (stage.count === undefined) return { passed: worked ? 1 : 0, failed: worked ? 0 : 1, skipped: 0 };
  try {
    const count = stage.count(readFileSync(reportOf(stage.name), 'utf8'));
    return { ...count, failed: !worked && count.failed === 0 ? 1 : count.failed };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const wanted = process.argv.slice(2);
const chosen = STAGES.filter((stage) => wanted.length === 0 || wanted.includes(stage.name));
const counts = chosen.map((stage) => ({ name: stage.name, ...runStage(stage) }));
rmSync(reports, { recursive: true, force: true });

console.log();
for (const { name, passed, failed, skipped } of counts) {
  console.log(`${name.padEnd(8)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
const total = (key: keyof Count): number => counts.reduce((sum, count) => sum + count[key], 0);
const skipped = total('skipped');
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') > 0 || total('passed') === 0 ? 1 : 0;
