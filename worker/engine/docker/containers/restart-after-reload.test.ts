import { expect, it } from 'vitest';
import { createEngine } from '../../engine.ts';
import { nodeEngineParts } from '../../../host/node/node-engine.ts';
import { createUnstoppableJob } from '../../../base/job.ts';

it('a reload is a restart of the daemon: policies say what runs again', async () => {
  const parts = nodeEngineParts();
  const before = createEngine(parts);
  const pull = { images: before.docker.images, job: createUnstoppableJob('pull', parts.clock) };
  await pull.images.pull('busybox', {}, () => undefined, pull.job);
  const { containers } = before.docker;
  const policies = {
    always: 'always',
    stopped: 'always',
    unless: 'unless-stopped',
    rested: 'unless-stopped',
    none: 'no',
  };
  for (const [name, policy] of Object.entries(policies)) {
    const hostConfig = { RestartPolicy: { Name: policy, MaximumRetryCount: 0 } };
    await containers.create({ name, image: 'busybox', config: { Cmd: ['sleep', '1000'] }, hostConfig });
    await containers.start(name);
  }
  for (const name of ['stopped', 'rested']) await containers.stop(name, { timeoutSeconds: 0 });
  await containers.create({ name: 'created', image: 'busybox', config: { Cmd: ['sleep', '1000'] }, hostConfig: {} });

  const after = createEngine(parts);
  void after.restartAfterReload();
  const running = async (): Promise<string[]> =>
    (await after.docker.containers.list({ all: false, filters: new Map(), size: false }))
      .flatMap(({ Names }) => Names)
      .sort();
  await expect.poll(running, { timeout: 20_000 }).toEqual(['/always', '/stopped', '/unless']);
});
