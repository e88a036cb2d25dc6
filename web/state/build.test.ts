import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  EngineError,
  type BuildResult,
  type EngineClient,
  type ImageDetail,
  type JobEvents,
} from '../../worker/api/types.ts';
import { BuildState, LIVE_AFTER_MS } from './build.svelte.ts';

/** A build that was asked for: the test answers it. */
interface Asked {
  readonly text: string;
  readonly events: JobEvents;
  readonly answer: (result: BuildResult) => void;
}

let asked: Asked[];
let build: BuildState;

const files = (text: string) => [{ path: 'Dockerfile', kind: 'file' as const, content: text, mode: 0o644, mtimeMs: 0 }];
const failure = (message: string): BuildResult => ({
  ok: false,
  error: { code: 'build', message, data: {} },
  steps: [{ vertex: 'v', name: 'RUN x', stage: '0', instruction: 'RUN x', sizeBytes: 0, layer: true }],
  durationMs: 1,
});

const image: ImageDetail = {
  id: 'sha256:1',
  names: [],
  sizeBytes: 0,
  replica: false,
  simulated: false,
  layers: [],
  stack: [],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '/',
  user: '',
};
const success: BuildResult = { ok: true, image, steps: [], durationMs: 1 };

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const ask: EngineClient['build'] = (sent, _, events) =>
    new Promise((resolve, reject) => {
      const content = sent[0]?.content;
      asked.push({ text: typeof content === 'string' ? content : '', events, answer: resolve });
      events.signal?.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')));
    });
  build = new BuildState({ build: ask } as unknown as EngineClient, () => undefined);
});
afterEach(() => vi.useRealTimers());

it('the first text is built at once, of several quick edits after it only the last', async () => {
  build.schedule(() => ({ files: files('first'), options: {} }));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.map((each) => each.text)).toEqual(['first']);
  for (const text of ['F', 'FR', 'FROM']) {
    build.schedule(() => ({ files: files(text), options: {} }));
    await vi.advanceTimersByTimeAsync(LIVE_AFTER_MS - 1);
  }
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.map((each) => each.text)).toEqual(['first', 'FROM']);
});

it('a newer build cancels the running one, and nothing of the older one shows any more', async () => {
  void build.run(files('one'), {});
  void build.run(files('two'), {});
  expect(asked[0]?.events.signal?.aborted).toBe(true);
  asked[0]?.events.onStatus?.({ vertexes: [{ id: 'old', name: 'old', inputs: [] }] });
  asked[1]?.events.onStatus?.({ vertexes: [{ id: 'new', name: 'new', inputs: [] }] });
  expect(build.progress.steps.map((step) => step.vertex.id)).toEqual(['new']);
  asked[1]?.answer(failure('second'));
  await vi.runAllTimersAsync();
  expect(build.phase).toBe('failed');
  expect(build.error?.message).toBe('second');
  expect(build.builtText).toBe('two');
});

it('stop ends the running build and takes back one that was to come', async () => {
  void build.run(files('one'), {});
  build.schedule(() => ({ files: files('two'), options: {} }));
  build.stop();
  await vi.runAllTimersAsync();
  expect(build.phase).toBe('stopped');
  expect(asked).toHaveLength(1);
});

it('a stack is of the files and options it was built of, and of no others', async () => {
  const [given, options] = [files('one'), { target: 'a' }];
  void build.run(given, options);
  expect(build.builtOf(given, options)).toBeUndefined();
  asked[0]?.answer(success);
  await vi.runAllTimersAsync();
  expect(build.builtOf(given, { target: 'a' })).toMatchObject({ image, text: 'one' });
  expect(build.builtOf(files('one'), options)).toBeUndefined();
  expect(build.builtOf(given, { target: 'b' })).toBeUndefined();
});

it('what an earlier visit built counts as not made again until a build of this one has ended', async () => {
  build.remember({ image: { ...image, id: 'sha256:0' }, steps: [], text: 'one' });
  expect([build.phase, build.isRemembered]).toEqual(['running', true]);
  build.schedule(() => ({ files: files('two'), options: {} }));
  await vi.advanceTimersByTimeAsync(0);
  expect([asked.length, build.isRemembered, build.image?.id]).toEqual([1, true, 'sha256:0']);
  asked[0]?.answer(success);
  await vi.runAllTimersAsync();
  expect([build.isRemembered, build.image?.id, build.earlierImage]).toEqual([false, image.id, undefined]);
});

it('stop before the first build begins leaves what an earlier visit built', () => {
  build.remember({ image, steps: [], text: 'one' });
  build.stop();
  expect([build.phase, build.isRemembered, build.image?.id]).toEqual(['stopped', false, image.id]);
});

it('of another project nothing is shown that the last one built, also where its own build fails', async () => {
  const first = build.run(files('mine'), {});
  asked[0]?.answer(success);
  await first;
  const late = build.run(files('mine, edited'), {});
  build.begin('another');
  expect([build.image, build.result, build.phase]).toEqual([undefined, undefined, 'idle']);
  const own = build.run(files('another'), {});
  asked[1]?.answer(success);
  asked[2]?.answer(failure('broken'));
  await Promise.all([late, own]);
  expect(build).toMatchObject({ phase: 'failed', image: undefined, previous: undefined, builtText: 'another' });
});
