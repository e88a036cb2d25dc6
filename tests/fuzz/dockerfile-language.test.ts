/** Bad input to the editor's language and to the planner: an answer within the text, or an error that says why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../worker/base/errors.ts';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import type { SourceRange, TextEdit } from '../../worker/base/source.ts';
import { contextOperation } from '../../worker/build/context.ts';
import { planBuild } from '../../worker/build/plan/plan.ts';
import type { KnownImages } from '../../worker/dockerfile/analysis/known-images.ts';
import {
  complete,
  definitions,
  diagnose,
  folds,
  format,
  hover,
  isTooLarge,
  references,
  rename,
  renameable,
  signature,
} from '../../worker/dockerfile/language/index.ts';
import { loadDockerfile } from '../../worker/dockerfile/stages.ts';
import { addImage, openBuildWorld, treeOf } from '../build/build-world.ts';
import { corpus, fragment, mutated, SEEDS } from './dockerfile-corpus.ts';

const RUNS = 150;
fc.configureGlobal({ seed: 20_240_102 });

const IMAGES: KnownImages = {
  repositories: [{ name: 'a', tags: ['1', 'latest'] }],
  configs: {
    'a:latest': {
      environment: ['PATH=/b'],
      platform: { os: 'linux', architecture: 'amd64' },
      user: '',
      workingDir: '',
    },
  },
};
const SURROUNDINGS = { contextPaths: ['a', 'b/c'], dockerignore: 'a\n', images: IMAGES };

const anyText = fc.oneof(
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  mutated(SEEDS),
  ...(corpus.length === 0 ? [] : [mutated(corpus)]),
);

/** A range lies in the text: in lines that there are, and within their columns. */
function expectWithin(text: string, range: Required<SourceRange>): void {
  const lines = text.split('\n');
  expect(range.startLine).toBeGreaterThanOrEqual(1);
  expect(range.endLine).toBeGreaterThanOrEqual(range.startLine);
  // An edit that takes a last line out ends where the next would begin.
  expect(range.endLine).toBeLessThanOrEqual(lines.length + 1);
  expect(range.startColumn).toBeGreaterThanOrEqual(1);
  expect(range.startColumn).toBeLessThanOrEqual((lines[range.startLine - 1]?.length ?? 0) + 1);
  expect(range.endColumn).toBeLessThanOrEqual((lines[range.endLine - 1]?.length ?? 0) + 1);
}

function expectEdits(text: string, edits: readonly TextEdit[]): void {
  for (const { range } of edits) expectWithin(text, range);
}

describe('any text at any place', () => {
  it('is completed, told of, renamed, formatted and folded', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, lineSeed, columnSeed) => {
        const lines = text.split('\n');
        const line = (lineSeed % lines.length) + 1;
        const at = { line, column: (columnSeed % ((lines[line - 1]?.length ?? 0) + 1)) + 1 };
        for (const { range } of complete(text, at, SURROUNDINGS)) expectWithin(text, range);
        const told = hover(text, at, SURROUNDINGS);
        if (told !== undefined) expectWithin(text, told.range);
        signature(text, at, IMAGES);
        for (const range of [...definitions(text, at), ...references(text, at)]) expectWithin(text, range);
        if (renameable(text, at) !== undefined) expectEdits(text, rename(text, at, 'fresh'));
        expectEdits(text, format(text));
        for (const { startLine, endLine } of folds(text)) expect(endLine).toBeGreaterThan(startLine);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('is checked, with fixes within the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { fixes } of diagnose(text, SURROUNDINGS)) {
          for (const { edits } of fixes ?? []) expectEdits(text, edits);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is planned, or says why not', async () => {
    const world = openBuildWorld();
    await addImage(world, 'docker.io/library/a:latest', {});
    const context = await contextOperation('context', treeOf({}));
    await fc.assert(
      fc.asyncProperty(mutated(SEEDS), async (text) => {
        try {
          await planBuild({
            build: { dockerfile: text, context: treeOf({}) },
            dockerfile: loadDockerfile(text),
            context,
            namedContexts: new Map(),
            bases: (reference, platform, job) => world.environment.resolveImage(reference, platform, job),
            job: createUnstoppableJob('test', world.environment.clock),
          });
        } catch (error) {
          if (!isEngineError(error)) throw error;
          expect(error.message).not.toBe('');
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('large input is answered in bounded time', () => {
  const stages = Array.from({ length: 10_000 }, (_, i) => `FROM a AS s${i}\nCOPY --from=s${Math.max(i - 1, 0)} x /\n`);

  it.each([
    ['10,000 stages', stages.join('')],
    ['a row of 20,000 RUNs', 'FROM a\n' + 'RUN apt-get update && curl x | sh; rm /x "a b" \\\n  y\n'.repeat(20_000)],
    ['one RUN of 12,000 commands', 'FROM a\nRUN ' + 'a && '.repeat(12_000) + 'x'],
    ['10,000 commands that do not count', 'FROM a\n' + 'CMD a\n'.repeat(10_000)],
    ['relative directories without end', 'FROM a\n' + 'WORKDIR x\n'.repeat(10_000)],
    ['a continued line of 20,000 lines', 'FROM a\nRUN x \\\n' + '  foo "bar" \\\n'.repeat(20_000) + ' y\n'],
    ['5 MB that no build reads', 'lorem ipsum dolor sit amet\n'.repeat(200_000)],
    [
      'stages on stages',
      'FROM a AS s0\n' + Array.from({ length: 10_000 }, (_, i) => `FROM s${i} AS s${i + 1}\n`).join(''),
    ],
    ['empty lines in a continued line', 'FROM a\nRUN x \\\n' + '\n'.repeat(30_000) + 'y\n'],
  ])('%s', { timeout: 60_000 }, (_, text) => {
    const at = { line: text.split('\n').length - 1, column: 3 };
    expect(diagnose(text, SURROUNDINGS).length).toBeLessThanOrEqual(501);
    if (isTooLarge(text)) return;
    complete(text, at, SURROUNDINGS);
    hover(text, at);
    definitions(text, at);
    format(text);
    folds(text);
    expect(signature(text, { line: 1, column: 6 })?.activePart).toBeDefined();
  });

  it('100,000 files in the context', { timeout: 60_000 }, () => {
    const contextPaths = Array.from({ length: 100_000 }, (_, i) => `d${i % 100}/f${i}`);
    const dockerignore = '*.log\n'.repeat(100);
    const found = diagnose('FROM a\nCOPY d1/f1 d2 nope /x/\n', { contextPaths, dockerignore });
    expect(found.filter(({ rule }) => rule === undefined).map(({ message }) => message)).toEqual([
      '"/nope" is not in the build context',
    ]);
    expect(complete('FROM a\nCOPY d', { line: 2, column: 7 }, { contextPaths })).toHaveLength(100);
  });
});
