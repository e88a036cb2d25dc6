/**
 * `npm run bench [WORD...]`: times each benchmark whose name holds one of the words (all without words), beside Docker where
 * its engine answers. Prints ratios of medians: below 1 Strata is faster.
 */
import { measure, type Benchmark } from './benchmark.ts';
import { bigFile, manyFiles } from './cases/big-copies.ts';
import { parse } from './cases/parse.ts';
import { pullLayer, pushLayer } from './cases/registry-transfers.ts';
import { digestProgram, gzipProgram, tarPrograms } from './cases/run-programs.ts';
import { shellPrograms } from './cases/shell-programs.ts';
import { coldBuild, lastLineEdit } from './cases/small-builds.ts';
import { terminalCommands } from './cases/terminal-commands.ts';
import { dockerAnswers } from './docker.ts';

const BENCHMARKS: readonly Benchmark[] = [
  parse,
  lastLineEdit,
  coldBuild,
  manyFiles,
  bigFile,
  pushLayer,
  pullLayer,
  ...shellPrograms,
  gzipProgram,
  digestProgram,
  tarPrograms,
  ...terminalCommands,
];
const RUNS = 5;

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(9);

async function runBenchmark(benchmark: Benchmark): Promise<void> {
  const prepared = await benchmark.prepare();
  const memory = watchMemory();
  const strata = await measure(prepared.strata, RUNS, prepared.beforeEach);
  const peakBytes = memory.stop();
  const docker = prepared.docker && (await measure(prepared.docker, RUNS, prepared.dockerBeforeEach));
  await prepared.cleanUp?.();
  const ratio = docker === undefined ? '       -' : `${(strata.medianMs / docker.medianMs).toFixed(2)} x`.padStart(8);
  const memoryText =
    prepared.dataBytes === undefined
      ? ''
      : `  memory +${(peakBytes / 1e6).toFixed(0)} MB = ${(peakBytes / prepared.dataBytes).toFixed(2)} x the data`;
  console.log(
    `${benchmark.name.padEnd(34)} strata ${ms(strata.medianMs)} (${ms(strata.minMs)} to ${ms(strata.maxMs)})  ${prepared.beside ?? 'docker'} ${docker === undefined ? '        -' : ms(docker.medianMs)}  ratio ${ratio}${memoryText}  goal: ${benchmark.goal}`,
  );
}

/** Peak of the process's memory above where it stood, sampled. */
function watchMemory(): { stop(): number } {
  globalThis.gc?.();
  const start = process.memoryUsage().rss;
  let peak = start;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(peak, process.memoryUsage().rss) - start;
    },
  };
}

const words = process.argv.slice(2);
if (!dockerAnswers) console.log('No Docker Engine answers (DOCKER_HOST): Strata alone is timed.');
for (const benchmark of BENCHMARKS) {
  if (words.length === 0 || words.some((word) => benchmark.name.includes(word))) await runBenchmark(benchmark);
}
