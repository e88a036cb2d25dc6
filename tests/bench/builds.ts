/** Builds on an engine in Node, for benchmarks. */
import { createJob } from '../../worker/base/job.ts';
import { SILENT } from '../../worker/base/progress.ts';
import { createEngine, type Engine } from '../../worker/engine/engine.ts';
import type { ContextFile } from '../../worker/engine/model.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';

const MTIME_MS = 1704067200_000;

/** A file of a benchmark's project. */
export function file(path: string, content: string | Blob): ContextFile {
  return { path, kind: 'file', content, mode: 0o644, mtimeMs: MTIME_MS };
}

/** An engine with its own clock and empty store; base images come from the bundled mirror. */
export function benchEngine(): { engine: Engine; build: (files: readonly ContextFile[]) => Promise<void> } {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  let builds = 0;
  return {
    engine,
    async build(files) {
      const job = createJob(`bench-${++builds}`, new AbortController().signal, parts.clock);
      const result = await engine.build(files, { tags: ['strata-bench'] }, job, SILENT);
      if (!result.ok) throw new Error(`the build failed: ${result.error.message}`);
    },
  };
}

/** Twelve small steps on busybox. */
export function twelveSteps(lastLine: string): string {
  return [
    'FROM busybox',
    'ENV A=1',
    'WORKDIR /app',
    'COPY a.txt .',
    'RUN echo one > one',
    'RUN mkdir -p d && echo two > d/two',
    'COPY b.txt d/',
    'RUN cat a.txt d/b.txt > both',
    'LABEL step=nine',
    'RUN chmod 600 both',
    'EXPOSE 80',
    lastLine,
    '',
  ].join('\n');
}

export const SMALL_FILES: readonly ContextFile[] = [file('a.txt', 'a\n'), file('b.txt', 'b\n')];
