/** Plans made of whole Dockerfiles, held to the test data of BuildKit's own planner (`dockerfile2llb`). */
import { describe, expect, it } from 'vitest';
import { addImage, failed, openBuildWorld, treeOf } from '../../../tests/build/build-world.ts';
import { describeVectors } from '../../../tests/vectors.ts';
import { isEngineError } from '../../base/errors.ts';
import { createUnstoppableJob } from '../../base/job.ts';
import { loadDockerfile } from '../../dockerfile/stages.ts';
import { contextOperation } from '../context.ts';
import { planBuild } from './plan.ts';

const BUSYBOX = 'docker.io/library/busybox:latest';
const ALPINE = 'docker.io/library/alpine:latest';

/** Plans without running anything; gives the message it fails with, if it does. */
async function planned(text: string, target: string | undefined): Promise<string | undefined> {
  const world = openBuildWorld();
  await addImage(world, BUSYBOX, {});
  const job = createUnstoppableJob('test', world.environment.clock);
  try {
    await planBuild({
      build: { dockerfile: text, context: treeOf({}), ...(target === undefined ? {} : { target }) },
      dockerfile: loadDockerfile(text),
      context: await contextOperation('context', treeOf({})),
      namedContexts: new Map(),
      bases: (reference, platform, baseJob) => world.environment.resolveImage(reference, platform, baseJob),
      job,
    });
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return error.message;
    throw error;
  }
}

describeVectors<{ dockerfile: string; target?: string }, { ok: boolean; error?: string }>(
  'buildkit_instructions',
  'convert',
  (cases) => {
    it.each(cases)('$name', async ({ input, expect: { ok, error } }) => {
      const message = await planned(input.dockerfile, input.target);
      expect(message === undefined, message).toBe(ok);
      if (error !== undefined) expect(message).toBe(error);
    });
  },
);

/** Cases that fail in BuildKit for what Strata does not do, each with why. */
const NOT_HERE: ReadonlyMap<string, string> = new Map([
  ['error-lines/invalidsyntax', 'the frontend that `# syntax` names is not fetched: Strata reads all files itself'],
]);

describeVectors<{ dockerfile: string }, { lines: number[] }>('buildkit_instructions', 'error-lines', (cases) => {
  it.each(cases.filter(({ name }) => !NOT_HERE.has(name)))('$name', async ({ input, expect: { lines } }) => {
    const world = openBuildWorld();
    await addImage(world, ALPINE, {});
    const { error } = failed(await world.build(input.dockerfile));
    const { startLine = 0, endLine = 0 } = error.source ?? {};
    expect(Array.from({ length: endLine - startLine + 1 }, (_, i) => startLine + i)).toEqual(lines);
  });
  for (const [name, reason] of NOT_HERE) it.skip(`${name}: ${reason}`);
});

describe('what is planned', () => {
  it('leaves out stages that the target does not need, whatever is wrong with their base', async () => {
    expect(await planned('FROM nosuch AS a\nFROM busybox AS b\nRUN x\n', 'b')).toBeUndefined();
    expect(await planned('FROM nosuch AS a\nFROM busybox AS b\nCOPY --from=a x /\n', 'b')).toContain('nosuch');
  });
});
