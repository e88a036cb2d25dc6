import { expect, it } from 'vitest';
import type {
  BuildOptions,
  BuildResult,
  ContextFile,
  EngineClient,
  JobEvents,
  SolveStatus,
} from '../../worker/api/types.ts';
import { withEarlyBuild } from './early-build.ts';

const FILES: readonly ContextFile[] = [
  { path: 'Dockerfile', kind: 'file', content: 'FROM x', mode: 0o644, mtimeMs: 0 },
];
const OPTIONS: BuildOptions = { tags: ['a:latest'], noCache: false };
const DONE: BuildResult = { ok: false, error: { code: 'build', message: 'no', data: {} }, steps: [], durationMs: 1 };

/** An engine whose builds end when the test says so. */
function engineOfBuilds() {
  const builds: { events: JobEvents; end: (result: BuildResult) => void }[] = [];
  const engine: Pick<EngineClient, 'build'> = {
    build: (_files, _options, events) => new Promise((end) => builds.push({ events, end })),
  };
  return { engine, builds };
}

it('gives the page the build that has begun, with what was told of it before', async () => {
  const { engine, builds } = engineOfBuilds();
  const early = withEarlyBuild(engine, FILES, OPTIONS);
  expect(builds).toHaveLength(1);
  const [before, after]: readonly [SolveStatus, SolveStatus] = [{ vertexes: [] }, { logs: [] }];
  builds[0]?.events.onStatus?.(before);
  const heard: unknown[] = [];
  const asked = early.build(FILES, { ...OPTIONS }, { onStatus: (status) => heard.push(status) });
  builds[0]?.events.onStatus?.(after);
  expect(heard).toEqual([before, after]);
  builds[0]?.end(DONE);
  expect(await asked).toBe(DONE);
  void early.build(FILES, OPTIONS, {});
  expect(builds).toHaveLength(2);
});

it('stops it where the page asks for another, and where the page stops it', () => {
  for (const [files, options] of [
    [[...FILES], OPTIONS],
    [FILES, { ...OPTIONS, noCache: true }],
  ] as const) {
    const { engine, builds } = engineOfBuilds();
    void withEarlyBuild(engine, FILES, OPTIONS).build(files, options, {});
    expect(builds.map(({ events }) => events.signal?.aborted)).toEqual([true, undefined]);
  }
  const { engine, builds } = engineOfBuilds();
  const stop = new AbortController();
  void withEarlyBuild(engine, FILES, OPTIONS).build(FILES, OPTIONS, { signal: stop.signal });
  stop.abort();
  expect(builds[0]?.events.signal?.aborted).toBe(true);
});
