import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine } from './engine.ts';
import type { PruneChoice } from './model.ts';

const NOTHING: PruneChoice = { buildCache: false, images: false, containers: false };
const ALL: PruneChoice = { buildCache: true, images: true, containers: true };

it('what a cleaning would free is told before, and is what it frees', async () => {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('test', parts.clock);
  const build = async (text: string): Promise<string> => {
    const content = `FROM busybox\nRUN head -c 50000 /dev/zero | tr '\\0' ${text} > /big\n`;
    const files = [{ path: 'Dockerfile', kind: 'file', content, mode: 0o644, mtimeMs: 0 } as const];
    const result = await engine.build(files, { tags: ['same'] }, job, () => undefined);
    return result.ok ? result.image.id : result.error.message;
  };
  const first = await build('a');
  await engine.docker.containers.create({ image: first, config: {}, hostConfig: {} });
  await build('b');

  expect(await engine.prunable(NOTHING)).toEqual({ freedBytes: 0 });
  const { freedBytes } = await engine.prunable(ALL);
  // the container holds the image that lost its name, and with it its layer
  const { freedBytes: withContainer } = await engine.prunable({ ...ALL, containers: false });
  expect(freedBytes - withContainer).toBeGreaterThan(50_000);
  expect(await engine.prune(ALL)).toEqual({ freedBytes });
  expect(await engine.prunable(ALL)).toEqual({ freedBytes: 0 });
});
