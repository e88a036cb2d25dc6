import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine, type Engine } from './engine.ts';
import type { BuildResult, ContextFile } from './model.ts';

function engineFor(buildArgs: Readonly<Record<string, string>> = {}): {
  engine: Engine;
  build: (dockerfile: string) => Promise<BuildResult>;
} {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('build', parts.clock);
  return {
    engine,
    build: (content) => {
      const file: ContextFile = { path: 'Dockerfile', kind: 'file', content, mode: 0o644, mtimeMs: 0 };
      return engine.build([file], { tags: ['steps:latest'], buildArgs }, job, () => undefined);
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

it('a step is as old as its build, with a layer of its own and without; its base is as old as it was', async () => {
  const { engine, build } = engineFor();
  const startedMs = Date.now();
  const { steps } = await build('FROM busybox\nENV A=1\nRUN echo one > /one\nENV B=2\nRUN echo two > /two\n');
  const oldest = async (instruction: string): Promise<{ base: number; own: number }> => {
    const step = steps.find((each) => each.instruction.includes(instruction));
    const { stack } = await engine.stepImage(step?.vertex ?? '');
    const of = (base: boolean): number =>
      Math.min(...stack.filter((row) => row.base === base).map(({ createdMs }) => createdMs ?? 0));
    return { base: of(true), own: of(false) };
  };
  for (const instruction of ['A=1', '/one', 'B=2', '/two']) {
    const { base, own } = await oldest(instruction);
    expect(base).toBeLessThan(startedMs);
    expect(own).toBeGreaterThanOrEqual(startedMs);
  }
});

it('a step has the times that SOURCE_DATE_EPOCH says, as the image', async () => {
  const { engine, build } = engineFor({ SOURCE_DATE_EPOCH: '86400' });
  const { steps } = await build('FROM busybox\nENV A=1\nRUN echo one > /one\n');
  for (const { vertex } of steps.slice(1)) {
    const { stack } = await engine.stepImage(vertex);
    expect(stack.filter(({ base }) => !base).every(({ createdMs }) => createdMs === 86_400_000)).toBe(true);
  }
});

it('the last step is the image itself, which lists go on to show', async () => {
  const { engine, build } = engineFor();
  const result = await build('FROM busybox\nRUN echo one > /one\n');
  const last = await engine.stepImage(result.steps.at(-1)?.vertex ?? '');
  expect(result).toMatchObject({ image: { id: last.id } });
  await build('FROM busybox\nRUN echo two > /two\n');
  expect((await engine.images()).find(({ id }) => id === last.id)).toMatchObject({ names: [] });
});
