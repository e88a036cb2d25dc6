import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../base/job.ts';
import type { Clock, Transport } from '../base/ports.ts';
import { SILENT } from '../base/progress.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine } from './engine.ts';

const TEN_MINUTES_MS = 600_000;

it('what a tag means is not asked for again at a reload, and is once the answer is ten minutes old', async () => {
  const parts = nodeEngineParts();
  let laterMs = 0;
  const clock: Clock = { ...parts.clock, nowMs: () => parts.clock.nowMs() + laterMs };
  let asked = 0;
  const transport: Transport = (request) => {
    asked++;
    return parts.transport(request);
  };
  const content = 'FROM busybox\nWORKDIR /a\n';
  /** As a page does that was just opened: the same store, and an engine that remembers nothing. */
  const visit = async (): Promise<number> => {
    const before = asked;
    const engine = createEngine({ ...parts, clock, transport });
    const file = { path: 'Dockerfile', kind: 'file' as const, content, mode: 0o644, mtimeMs: 0 };
    const result = await engine.build([file], {}, createUnstoppableJob('test', clock), SILENT);
    if (!result.ok) throw new Error(result.error.message);
    return asked - before;
  };
  expect(await visit()).toBeGreaterThan(0);
  expect(await visit()).toBe(0);
  laterMs = TEN_MINUTES_MS;
  expect(await visit()).toBeGreaterThan(0);
  expect(await visit()).toBe(0);
});
