import { describe, expect, it } from 'vitest';
import { createUnstoppableJob } from '../../base/job.ts';
import { SILENT } from '../../base/progress.ts';
import { nodeEngineParts } from '../../host/node/node-engine.ts';
import { createEngine } from '../engine.ts';
import type { ClassicTelling } from '../model.ts';

const words = (text: string): string => text.replace(/\b[0-9a-f]{12}\b/g, 'ID');

function openEngine() {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  return {
    engine,
    parts,
    async tell(dockerfile: string): Promise<ClassicTelling> {
      const files = [{ path: 'Dockerfile', kind: 'file' as const, content: dockerfile, mode: 0o644, mtimeMs: 0 }];
      await engine.build(files, { tags: ['app'] }, createUnstoppableJob('test', parts.clock), SILENT);
      return engine.classicTelling();
    },
  };
}

describe('a build told as the classic builder would have', () => {
  it('has a step, a container where something ran, and an image for each instruction', async () => {
    const { tell, engine, parts } = openEngine();
    const dockerfile = 'ARG V=1\nFROM busybox\nRUN echo hi >/f; echo out\nENV A=$V\nCOPY <<X /x\nx\nX\n';
    const { steps, text, imageID } = await tell(dockerfile);
    expect(steps.map(({ state, container }) => [state, container !== undefined])).toEqual([
      ['built', false],
      ['base', false],
      ['built', true],
      ['built', true],
      ['built', false],
    ]);
    expect(words(text)).toBe(
      [
        'Step 1/5 : ARG V=1',
        'Step 2/5 : FROM busybox',
        ' ---> ID',
        'Step 3/5 : RUN echo hi >/f; echo out',
        ' ---> Running in ID',
        'out',
        ' ---> Removed intermediate container ID',
        ' ---> ID',
        'Step 4/5 : ENV A=$V',
        ' ---> Running in ID',
        ' ---> Removed intermediate container ID',
        ' ---> ID',
        'Step 5/5 : COPY <<X /x',
        ' ---> ID',
        'Successfully built ID',
        'Successfully tagged app\n',
      ].join('\n'),
    );
    expect(steps[1]?.imageID).toBe(
      (await engine.pull('busybox', createUnstoppableJob('pull', parts.clock), SILENT)).id,
    );
    expect(imageID).toBe(steps[4]?.imageID);
    expect(new Set(steps.slice(1).map((step) => step.imageID)).size).toBe(4);
  });

  it('says what would have come from the cache, which ends where something differs', async () => {
    const { tell } = openEngine();
    const states = async (env: string) =>
      (await tell(`FROM busybox\nRUN touch /a\nENV A=${env}\nRUN touch /b\n`)).steps.map(({ state }) => state);
    expect(await states('1')).toEqual(['base', 'built', 'built', 'built']);
    expect(await states('1')).toEqual(['base', 'cached', 'cached', 'cached']);
    expect(await states('2')).toEqual(['base', 'cached', 'built', 'built']);
  });

  it('takes nothing of a first build from the cache, not even what changes no file', async () => {
    const { tell } = openEngine();
    const dockerfile = 'FROM busybox\nLABEL a=b\nRUN touch /a\nENV C=d\n';
    expect((await tell(dockerfile)).steps.map(({ state }) => state)).toEqual(['base', 'built', 'built', 'built']);
    expect((await tell(dockerfile)).steps.map(({ state }) => state)).toEqual(['base', 'cached', 'cached', 'cached']);
  });

  it('tells stages that were left out, and stops at a failure', async () => {
    const { tell } = openEngine();
    const left = await tell('FROM busybox AS other\nRUN touch /a\nFROM busybox\nRUN exit 3\nRUN touch /b\n');
    expect(left.steps.map(({ state }) => state)).toEqual([
      'not-reached',
      'not-reached',
      'base',
      'failed',
      'not-reached',
    ]);
    const good = await tell('FROM busybox AS other\nRUN touch /a\nFROM busybox\nRUN touch /c\n');
    expect(good.steps.map(({ state }) => state)).toEqual(['left-out', 'left-out', 'base', 'built']);
    expect((await tell('FORM x\n')).text).toMatch(/^Error response from daemon: dockerfile parse error on line 1: /);
  });
});
