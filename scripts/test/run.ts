/** Runs all checks and tests, counts them, and says in one line what came of it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, type Count } from './reports.ts';

interface NamedCount extends Count {
  readonly name: string;
  /** From its start to its end. */
  readonly seconds: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the runner's report; a stage without one counts as one test. */
  readonly count?: (report: string) => Count;
  /** The stage that makes what this one needs. */
  readonly after?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const reports = mkdtempSync(join(tmpdir(), 'strata-tests-'));
const reportOf = (stage: string): string => join(reports, `${stage}.json`);
const vitest = (project: string, stage: string, more: readonly string[] = [], reporter = 'default'): Stage => ({
  name: stage,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    `--reporter=${reporter}`,
    '--reporter=json',
    `--outputFile.json=${reportOf(stage)}`,
    ...more,
  ],
  count: countVitest,
});

/** `files` is a pattern of their names; each stage has its port, since two may run at once. */
const playwright = (stage: string, port: number, files: string): Stage => ({
  name: stage,
  command: ['playwright', 'test', '--reporter=list,json', `--output=test-results/${stage}`, `/e2e/${files}`],
  count: countPlaywright,
  after: 'build',
  env: { STRATA_PORT: String(port) },
});

/**
 * In the order in which they are begun, two at a time: the pages of the end-to-end tests take the one core, all else the other,
 * and at the end the pages that speak with registries. What takes longest is begun first.
 */
const STAGES: readonly Stage[] = [
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'check', command: ['npm', 'run', '-s', 'check'] },
  playwright('e2e', 4199, '(?!registries|leaves-the-page)[^/]*$'),
  vitest('node', 'unit', ['--maxWorkers=1']),
  { name: 'lint', command: ['oxlint', '--max-warnings', '0'] },
  { name: 'markup', command: ['eslint', '**/*.svelte', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier', '--check', '.'] },
  vitest('browser', 'browser'),
  vitest('interop', 'interop', ['--maxWorkers=1'], 'verbose'),
  playwright('interop-page', 4198, '(?:registries|leaves-the-page)'),
  { name: 'unused', command: ['knip'] },
  { name: 'size', command: ['size-limit'], after: 'build' },
];
const AT_ONCE = 2;

/** Ends with the stage's count; what it printed is shown in one piece when it ends. */
async function runStage(stage: Stage): Promise<NamedCount> {
  const [program = '', ...args] = stage.command;
  const child = spawn(program === 'npm' ? 'npm' : `node_modules/.bin/${program}`, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf(stage.name), FORCE_COLOR: '0', ...stage.env },
  });
  const started = Date.now();
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  const worked = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (status) => resolve(status === 0));
  });
  process.stdout.write(`\n== ${stage.name} ==\n`);
  process.stdout.write(Buffer.concat(printed));
  return { name: stage.name, seconds: Math.round((Date.now() - started) / 1000), ...countOf(stage, worked) };
}

function countOf(stage: Stage, worked: boolean): Count {
  const alone = { passed: worked ? 1 : 0, failed: worked ? 0 : 1, skipped: 0, remarks: [] };
  if (stage.count === undefined) return alone;
  try {
    const count = stage.count(readFileSync(reportOf(stage.name), 'utf8'));
    return { ...count, failed: !worked && count.failed === 0 ? 1 : count.failed };
  } catch {
    return { ...alone, passed: 0, failed: 1 };
  }
}

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Stage): boolean => wanted.length === 0 || wanted.includes(name);
const waiting = STAGES.filter(isWanted);
const begun = new Map<string, Promise<NamedCount>>();

/** Takes one stage after the other, until none is left. */
async function work(): Promise<void> {
  for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
    const { after = '' } = stage;
    const run = Promise.resolve(begun.get(after)).then(() => runStage(stage));
    begun.set(stage.name, run);
    await run;
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
const counts = await Promise.all(begun.values());
rmSync(reports, { recursive: true, force: true });

console.log();
for (const { name, seconds, passed, failed, skipped } of counts) {
  const also = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`${name.padEnd(12)} ${passed} passed, ${failed} failed${also} (${seconds} s)`);
}
for (const { name, remarks } of counts) for (const remark of remarks) console.log(`${name}: ${remark}`);
const total = (key: 'passed' | 'failed'): number => counts.reduce((sum, count) => sum + count[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 || total('passed') === 0 ? 1 : 0;
