import { expect, it } from 'vitest';
import { createJob } from '../base/job.ts';
import { SILENT } from '../base/progress.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine } from './engine.ts';

const job = (id: string) => createJob(id, new AbortController().signal, nodeEngineParts().clock);
const DOCKERFILE = { path: 'Dockerfile', kind: 'file', content: 'FROM busybox\nRUN echo a > /a\n', mode: 0o644, mtimeMs: 0 } as const; // prettier-ignore

it('takes all names of an image with it, unless a container stands on it', async () => {
  const engine = createEngine(nodeEngineParts());
  const built = await engine.build([DOCKERFILE], { tags: ['one', 'two:2'] }, job('build'), SILENT);
  if (!built.ok) throw new Error(built.error.message);
  const { Id } = await engine.docker.containers.create({
    image: 'one',
    config: { Cmd: ['true'] },
    hostConfig: {},
    name: 'keeper',
  });
  await expect(engine.removeImage('one')).rejects.toMatchObject({
    code: 'conflict',
    message: 'The container keeper stands on this image. Remove it first.',
  });
  await engine.docker.containers.remove(Id, { force: true, volumes: false });
  await engine.removeImage(built.image.id);
  expect((await engine.images()).map(({ id }) => id)).not.toContain(built.image.id);
  await expect(engine.removeImage('two:2')).rejects.toMatchObject({ code: 'not-found' });
});

it('an image that was removed comes back with its names and its layers, but for a name that is another’s by now', async () => {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const built = await engine.build([DOCKERFILE], { tags: ['one', 'two:2'], noCache: true }, job('build'), SILENT);
  if (!built.ok) throw new Error(built.error.message);
  const { id } = built.image;
  const before = await engine.image(id);
  await engine.prune({ buildCache: true, images: false, containers: false });
  const { freedBytes } = await engine.removeImage(id);
  expect(freedBytes).toBeGreaterThan(0);
  expect(await engine.images()).toEqual([]);
  const other = { ...DOCKERFILE, content: 'FROM busybox\nRUN echo b > /b\n' };
  await engine.build([other], { tags: ['two:2'] }, job('other'), SILENT);
  await parts.store.gc.collect();
  await engine.undoRemoval(id);
  expect(await engine.image('one')).toMatchObject({ id, layers: before.layers });
  expect((await engine.image('two:2')).id).not.toBe(id);
  const { bytes } = await engine.readFile({ kind: 'image', id }, '/a');
  expect(new TextDecoder().decode(bytes)).toBe('a\n');
  await expect(engine.undoRemoval(id)).rejects.toMatchObject({ code: 'not-found' });
});

it('what was removed is gone for good once room is asked for', async () => {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const built = await engine.build([DOCKERFILE], { tags: ['one'] }, job('build'), SILENT);
  if (!built.ok) throw new Error(built.error.message);
  await engine.prune({ buildCache: true, images: true, containers: false });
  await engine.removeImage(built.image.id);
  expect(await parts.store.snapshots.listLayers()).not.toEqual([]);
  await engine.prune({ buildCache: true, images: true, containers: false });
  expect(await parts.store.snapshots.listLayers()).toEqual([]);
  await expect(engine.undoRemoval(built.image.id)).rejects.toMatchObject({ code: 'not-found' });
});
