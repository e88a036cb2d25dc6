import { expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { tarStream } from './docker/tar-stream.ts';
import { createEngine } from './engine.ts';
import type { EngineActivity } from './model.ts';
import { bodyOf } from '../vfs/body.ts';

it('writes are told of all containers, whoever makes them: main processes, exec, copies into stopped ones', async () => {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('test', parts.clock);
  const { containers, images } = engine.docker;
  await images.pull('busybox:latest', {}, () => undefined, job);
  const seen: EngineActivity[] = [];
  const stop = engine.onActivity((activity) => void seen.push(activity));
  const writesOf = (id: string): string[] =>
    seen.flatMap((each) =>
      each.kind === 'write' && each.event.container === id ? `${each.event.kind} ${each.event.path}` : [],
    );

  const start = async (script: string): Promise<string> => {
    const { Id } = await containers.create({
      image: 'busybox',
      config: { Cmd: ['sh', '-c', script] },
      hostConfig: {},
    });
    await containers.start(Id);
    return Id;
  };
  const one = await start('echo one > /one; sleep 600');
  const two = await start('rm /etc/passwd');
  await expect.poll(() => writesOf(one)).toContain('create /one');
  await expect.poll(() => writesOf(two)).toContain('whiteout /etc/passwd');

  const argv = ['chmod', '600', '/etc/group'];
  await containers.exec(one, { argv, env: [], tty: false, privileged: false, detach: false }, {});
  expect(writesOf(one)).toContain('copy-up /etc/group');
  await containers.wait(two, 'not-running');
  const inode = { kind: 'file', body: bodyOf(utf8('x')), mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 } as const;
  await containers.writeArchive(two, '/tmp', tarStream([{ name: 'copied', inode }]), job);
  expect(writesOf(two)).toContain('create /tmp/copied');
  expect(writesOf(one)).not.toContain('create /tmp/copied');
  expect(seen).toContainEqual({ kind: 'changed', what: 'containers' });

  stop();
  const before = seen.length;
  await containers.remove(one, { force: true, volumes: false });
  expect(seen).toHaveLength(before);
});
