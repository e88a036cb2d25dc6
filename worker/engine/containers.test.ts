import { expect, it } from 'vitest';
import { utf8Text } from '../base/bytes.ts';
import { createJob, createUnstoppableJob } from '../base/job.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine } from './engine.ts';

async function world() {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  await engine.docker.images.pull('busybox:latest', {}, () => undefined, createUnstoppableJob('pull', parts.clock));
  const watch = () => {
    const stop = new AbortController();
    const seen = { output: '' };
    const job = {
      ...createJob('run', stop.signal, parts.clock),
      output: (_stream: 1 | 2, data: Uint8Array) => void (seen.output += utf8Text(data)),
    };
    return { job, seen, stop };
  };
  return { engine, watch };
}

it('the page runs one command after the other in a container', async () => {
  const { engine, watch } = await world();
  const first = watch();
  const made = await engine.run({ image: 'busybox', commandLine: 'echo hello | tee /made; exit 4' }, first.job);
  expect(made).toMatchObject({ exitCode: 4, container: { state: 'exited', upper: { added: 1, sizeBytes: 6 } } });
  expect(first.seen.output).toBe('hello\n');
  const second = watch();
  const { id } = made.container;
  const again = await engine.run({ image: 'busybox', container: id, commandLine: 'cat /made' }, second.job);
  expect(again).toMatchObject({ exitCode: 0, container: { id } });
  expect(second.seen.output).toBe('hello\n');
  expect(await engine.containers()).toHaveLength(1);
  await engine.removeContainer(id);
  expect(await engine.containers()).toEqual([]);
});

it('a command that is stopped is killed, and its container stays', async () => {
  const { engine, watch } = await world();
  const { job, seen, stop } = watch();
  const running = engine.run({ image: 'busybox', commandLine: 'echo up; sleep 600' }, job);
  await expect.poll(() => seen.output).toBe('up\n');
  const [container] = await engine.containers();
  await expect(engine.removeContainer(container?.id ?? '')).rejects.toMatchObject({ code: 'in-use' });
  stop.abort();
  expect(await running).toMatchObject({ exitCode: 137, container: { state: 'exited' } });
});

it('a container that was removed comes back with what was written and printed, and its own volume', async () => {
  const { engine, watch } = await world();
  const { Id: id } = await engine.docker.containers.create({
    image: 'busybox',
    name: 'kept',
    config: { Cmd: ['sh', '-c', 'echo said; echo a > /a; echo b > /data/b'], Volumes: { '/data': {} } },
    hostConfig: {},
  });
  await engine.run({ image: 'busybox', container: id }, watch().job);
  await engine.removeContainer('kept');
  expect(await engine.containers()).toEqual([]);
  await engine.undoRemoval(id);
  const { job, seen } = watch();
  await engine.run({ image: 'busybox', container: id, commandLine: 'cat /a /data/b' }, job);
  expect(seen.output).toBe('a\nb\n');
  expect((await engine.containers()).map(({ name }) => name)).toEqual(['kept']);
});
