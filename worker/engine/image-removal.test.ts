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
