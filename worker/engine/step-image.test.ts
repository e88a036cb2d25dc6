import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine, type Engine } from './engine.ts';
import type { BuildResult, ContextFile } from './model.ts';

function engineFor(): { engine: Engine; build: (dockerfile: string) => Promise<BuildResult> } {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('build', parts.clock);
  return {
    engine,
    build: (content) => {
      const file: ContextFile = { path: 'Dockerfile', kind: 'file', content, mode: 0o644, mtimeMs: 0 };
      return engine.build([file], { tags: ['steps:latest'] }, job, () => undefined);
    },
  };
}

const pathsOf = async (engine: Engine, id: string): Promise<readonly string[]> =>
  (await engine.tree({ kind: 'image', id })).filter(({ deleted }) => !deleted).map(({ path }) => path);

it('a step of a build can be looked at as an image, with the config and the files of then', async () => {
  const { engine, build } = engineFor();
  const { steps } = await build(
    'FROM busybox\nENV A=1\nRUN echo one > /one\nENV A=2\nWORKDIR /case\nRUN rm /one\nCMD ["last"]\n',
  );
  const second = steps.find(({ instruction }) => instruction.includes('> /one'));
  const image = await engine.stepImage(second?.vertex ?? '');
  expect(image).toMatchObject({ names: [], workingDir: expect.not.stringContaining('case') as string });
  expect(image.env).toContain('A=1');
  expect(image.stack.at(-1)).toMatchObject({ instruction: expect.stringContaining('/one') as string, base: false });
  expect(await pathsOf(engine, image.id)).toContain('/one');
  expect((await engine.images()).map(({ id }) => id)).not.toContain(image.id);
});

it('a failed step shows what it had done, and a container can be made of the one before it', async () => {
  const { engine, build } = engineFor();
  const result = await build('FROM busybox\nRUN echo kept > /kept\nRUN echo half > /half; false\n');
  expect(result.ok).toBe(false);
  const failed = result.steps.find((step) => step.failed === true);
  const image = await engine.stepImage(failed?.vertex ?? '');
  expect(await pathsOf(engine, image.id)).toEqual(expect.arrayContaining(['/kept', '/half']));
});

it('a step of another build is not found', async () => {
  const { engine, build } = engineFor();
  await build('FROM busybox\n');
  await expect(engine.stepImage('sha256:0')).rejects.toMatchObject({ code: 'not-found' });
});
