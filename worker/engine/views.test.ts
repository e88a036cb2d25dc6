import { expect, it } from 'vitest';
import { createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { readTarFiles } from './docker/tar-stream.ts';
import { createEngine } from './engine.ts';

it('a directory is handed over as a tar of what is seen in it', async () => {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('test', parts.clock);
  await engine.docker.images.pull('busybox:latest', {}, () => undefined, job);
  const { id } = await engine.image('busybox');
  const namesIn = async (path: string): Promise<string[]> => {
    const files = await readTarFiles((await engine.archive({ kind: 'image', id }, path)).stream(), job);
    return files.map(({ name }) => name.replace(/\/$/, ''));
  };
  expect(await namesIn('/etc')).toEqual(expect.arrayContaining(['etc', 'etc/passwd']));
  expect(await namesIn('/')).toContain('etc/passwd');
  await expect(namesIn('/nowhere')).rejects.toMatchObject({ code: 'not-found' });
});
