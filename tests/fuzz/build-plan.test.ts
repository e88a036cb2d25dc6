/** Bad input to a build: never a crash or a hang, always an error with a line; huge input in bounded time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import type { BuildOutcome } from '../../worker/build/types.ts';
import { openBuildWorld, treeOf, type BuildWorld } from '../build/build-world.ts';
import { corpus, mutated, SEEDS } from './dockerfile-corpus.ts';

const RUNS = 150;
fc.configureGlobal({ seed: 20_240_102 });

/** A world where every image is empty and every command does nothing. */
function lenientWorld(): BuildWorld {
  const world = openBuildWorld();
  const { executor } = world.environment;
  const environment: BuildWorld['environment'] = {
    ...world.environment,
    executor: { ...executor, run: () => Promise.resolve({ code: 0, simulated: [] }) },
    resolveImage: (name) =>
      Promise.resolve({
        reference: name,
        digest: `sha256:${'0'.repeat(64)}` as never,
        config: { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } },
        replica: false,
        pull: () => Promise.resolve(undefined),
      }),
  };
  return Object.assign(world, { environment });
}

const CONTEXT = treeOf({ a: '1', 'd/b': '2', '.dockerignore': 'x\n' });

/** Errors that are the file's as a whole: a target or a source date that makes no sense, an empty stage list. */
const WITHOUT_PLACE = /^no build stage in current context|^target stage |^dockerfile parse error|^file with no/;

function expectPlaced(outcome: BuildOutcome, text: string): void {
  if (outcome.ok) return;
  const { error } = outcome;
  expect(error.code, error.message).not.toBe('internal');
  expect(error.message).not.toBe('');
  if (error.source === undefined) {
    expect(error.message, JSON.stringify(text)).toMatch(WITHOUT_PLACE);
    return;
  }
  const last = text.split('\n').length + 1;
  expect(error.source.startLine).toBeGreaterThanOrEqual(1);
  expect(error.source.endLine).toBeLessThanOrEqual(last);
}

describe('any Dockerfile', () => {
  it('is built, or fails with a message at a line', { timeout: 60_000 }, async () => {
    const texts = [...SEEDS, ...corpus.slice(0, 60)];
    await fc.assert(
      fc.asyncProperty(mutated(texts), async (text) => {
        const world = lenientWorld();
        expectPlaced(await world.build(text, { context: CONTEXT }), text);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a huge input', () => {
  const build = (text: string, context = CONTEXT): Promise<BuildOutcome> => {
    const world = lenientWorld();
    return world.build(text, { context }, createUnstoppableJob('huge', world.environment.clock));
  };

  it('of five megabytes is planned in bounded time', { timeout: 60_000 }, async () => {
    const line = `ENV A=${'x'.repeat(5000)}\n`;
    const outcome = await build(`FROM scratch\n${line.repeat(1000)}`);
    expect(outcome.ok).toBe(true);
    const tooMany = await build(`FROM scratch\n${'ENV A=1\n'.repeat(100_000)}`);
    expect(tooMany).toMatchObject({ ok: false, error: { source: { startLine: 2002 } } });
    expect(tooMany.ok ? '' : tooMany.error.message).toMatch(/^an image has 2000 instructions at most/);
  });

  it('of more layers than an image can have fails at the first that is too many', async () => {
    const outcome = await build(`FROM scratch\n${'WORKDIR /a\n'.repeat(200)}`);
    expect(outcome).toMatchObject({ ok: false, error: { source: { startLine: 129 } } });
    expect(outcome.ok ? '' : outcome.error.message).toMatch(/^max depth exceeded/);
  });

  it(
    'of thousands of stages, each on or from the one before, is built in bounded time',
    { timeout: 60_000 },
    async () => {
      const chain = Array.from({ length: 3_000 }, (_, i) =>
        i === 0 ? 'FROM scratch AS s0\nCOPY a /\n' : `FROM scratch AS s${i}\nCOPY --from=s${i - 1} /a /\n`,
      );
      const outcome = await build(chain.join(''));
      expect(outcome.ok ? outcome.steps.length : outcome.error.message).toBe(6_000);
      const onTop = Array.from(
        { length: 10_000 },
        (_, i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nLABEL l=1\n`,
      );
      expect(await build(onTop.join(''))).toMatchObject({ ok: false, error: { source: { startLine: 4002 } } });
    },
  );

  it('of thirty thousand files is filtered and copied in bounded time', { timeout: 120_000 }, async () => {
    const files: Record<string, string> = { '.dockerignore': '**/*.log\n' };
    for (let i = 0; i < 30_000; i++) files[`d${i % 100}/e${i % 7}/f${i}.${i % 2 === 0 ? 'log' : 'txt'}`] = 'x';
    const outcome = await build('FROM scratch\nCOPY . /\n', treeOf(files));
    expect(outcome.ok && outcome.steps.at(-1)?.sizeBytes).toBe(15_000 + '**/*.log\n'.length);
  });
});
