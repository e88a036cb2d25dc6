import { describe, expect, it } from 'vitest';
import { utf8Text } from '../../../base/bytes.ts';
import { createUnstoppableJob } from '../../../base/job.ts';
import { nodeEngineParts } from '../../../host/node/node-engine.ts';
import { createEngine } from '../../engine.ts';
import type { EngineParts } from '../../parts.ts';
import type { ContainerAPI } from '../api.ts';
import type { HostConfig } from '../container-types.ts';
import { readTarFiles } from '../tar-stream.ts';
import { readBody } from '../../../vfs/body.ts';

const NO_FILTERS = new Map<string, readonly string[]>();

async function world(): Promise<{ readonly parts: EngineParts; readonly containers: ContainerAPI }> {
  const parts = nodeEngineParts();
  const engine = createEngine(parts);
  const job = createUnstoppableJob('pull', parts.clock);
  await engine.docker.images.pull('busybox:latest', {}, () => undefined, job);
  return { parts, containers: engine.docker.containers };
}

/** Makes and starts a container. */
async function start(
  containers: ContainerAPI,
  name: string,
  script: string,
  hostConfig: HostConfig = {},
  config: object = {},
): Promise<string> {
  const { Id } = await containers.create({
    name,
    image: 'busybox',
    config: { Cmd: ['sh', '-c', script], ...config },
    hostConfig,
  });
  await containers.start(Id);
  return Id;
}

async function logText(containers: ContainerAPI, name: string): Promise<string> {
  let text = '';
  const print = (data: Uint8Array): void => void (text += utf8Text(data));
  await containers.logs(name, { follow: false, timestamps: false }, { stdout: print, stderr: print });
  return text;
}

describe('containers', () => {
  it('run side by side, each with its own processes and files', async () => {
    const { containers } = await world();
    await start(containers, 'one', 'echo one > /mine; sleep 600', {}, { Hostname: 'first' });
    await start(containers, 'two', 'echo two > /mine; sleep 600', {}, { Hostname: 'second' });
    const read = async (name: string): Promise<string> => {
      let text = '';
      const argv = ['sh', '-c', 'cat /mine; hostname'];
      const options = { argv, env: [], tty: false, privileged: false, detach: false };
      await containers.exec(name, options, { stdout: (data) => void (text += utf8Text(data)) });
      return text;
    };
    await expect.poll(() => read('one')).toBe('one\nfirst\n');
    expect(await read('two')).toBe('two\nsecond\n');
    const running = await containers.list({ all: false, filters: NO_FILTERS, size: false });
    expect(running.map(({ Names }) => Names[0])).toEqual(['/two', '/one']);
    for (const name of ['one', 'two']) await containers.remove(name, { force: true, volumes: true });
    expect(await containers.list({ all: true, filters: NO_FILTERS, size: false })).toEqual([]);
  });

  it('stand still while they are paused', async () => {
    const { containers, parts } = await world();
    await start(containers, 'box', 'i=0; while :; do i=$((i+1)); echo $i > /count; sleep 0.01; done');
    const count = async (): Promise<string> => {
      const { archive } = await containers.readArchive('box', '/count');
      const [file] = await readTarFiles(archive, createUnstoppableJob('read', parts.clock));
      return file?.inode.kind === 'file' ? utf8Text(await readBody(file.inode.body)) : '';
    };
    await parts.clock.sleep(60);
    await containers.pause('box');
    await parts.clock.sleep(20);
    const before = await count();
    await parts.clock.sleep(60);
    expect(await count()).toBe(before);
    expect((await containers.inspect('box')).State).toMatchObject({ Status: 'paused', Running: true, Paused: true });
    await expect(containers.pause('box')).rejects.toMatchObject({ code: 'conflict' });
    await expect(containers.remove('box', { force: false, volumes: false })).rejects.toThrow(/must be unpaused first/);
    await containers.unpause('box');
    await expect.poll(count).not.toBe(before);
    await containers.remove('box', { force: true, volumes: false });
  });

  it('are asked to end with their stop signal, and killed when they do not', async () => {
    const { containers } = await world();
    await start(containers, 'obeys', 'trap "exit 7" TERM; while :; do sleep 0.01; done');
    await containers.stop('obeys', {});
    expect((await containers.inspect('obeys')).State).toMatchObject({ Status: 'exited', ExitCode: 7 });
    await start(containers, 'ignores', 'sleep 600');
    await containers.stop('ignores', { timeoutSeconds: 0 });
    expect((await containers.inspect('ignores')).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
  });

  it('with an init die of the signal itself', async () => {
    const { containers } = await world();
    const { Id } = await containers.create({
      image: 'busybox',
      config: { Cmd: ['sleep', '600'] },
      hostConfig: { Init: true },
    });
    await containers.start(Id);
    await containers.stop(Id, {});
    expect((await containers.inspect(Id)).State).toMatchObject({ ExitCode: 143 });
  });

  it('are started again as their restart policy says, until a person stops them', async () => {
    const { containers } = await world();
    const policy = (Name: string, MaximumRetryCount = 0): HostConfig => ({
      RestartPolicy: { Name, MaximumRetryCount },
    });
    await start(containers, 'twice', 'echo once more; exit 3', policy('on-failure', 2));
    await expect
      .poll(() => containers.inspect('twice'), { timeout: 5000 })
      .toMatchObject({
        RestartCount: 2,
        State: { Status: 'exited', ExitCode: 3 },
      });
    expect(await logText(containers, 'twice')).toBe('once more\nonce more\nonce more\n');
    await start(containers, 'well', 'exit 0', policy('on-failure'));
    await containers.wait('well', 'not-running');
    expect((await containers.inspect('well')).State.Status).toBe('exited');
    await start(containers, 'ever', 'exit 0', policy('always'));
    await expect.poll(async () => Number((await containers.inspect('ever'))['RestartCount'])).toBeGreaterThan(0);
    await containers.stop('ever', {});
    expect((await containers.inspect('ever')).State).toMatchObject({ Status: 'exited', Restarting: false });
  });

  it('remove themselves, with the volumes nobody named, where that was asked for', async () => {
    const { containers, parts } = await world();
    const id = await start(containers, 'gone', 'echo x > /data/x', { AutoRemove: true }, { Volumes: { '/data': {} } });
    await containers.wait(id, 'removed').catch(() => undefined);
    await expect.poll(() => parts.store.containers.list()).toEqual([]);
    await expect.poll(() => parts.store.volumes.list()).toEqual([]);
  });

  it('that use more memory than they may are killed, and said to be', async () => {
    const { containers } = await world();
    await start(containers, 'big', 'head -c 20000000 /dev/zero > /big', { Memory: 8 << 20 });
    await containers.wait('big', 'not-running');
    expect((await containers.inspect('big')).State).toMatchObject({ ExitCode: 137, OOMKilled: true });
  });

  it('outlive a reload: what ran has ended, and files, logs and volumes are kept', async () => {
    const { parts, containers } = await world();
    await start(containers, 'done', 'echo said; echo kept > /kept; echo there > /data/file', {
      Binds: ['store:/data'],
    });
    await containers.wait('done', 'not-running');
    await start(containers, 'ran', 'sleep 600');
    const again = createEngine(parts).docker;
    expect((await again.containers.inspect('ran')).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
    expect(await again.containers.diff('done')).toContainEqual({ Kind: 'A', Path: '/kept' });
    expect(await logText(again.containers, 'done')).toBe('said\n');
    await start(again.containers, 'reads', 'cat /data/file', { VolumesFrom: ['done:ro'] });
    await again.containers.wait('reads', 'not-running');
    expect(await logText(again.containers, 'reads')).toBe('there\n');
    await containers.remove('ran', { force: true, volumes: false });
  });

  it('keep their log in order of lines, long and unfinished ones too', async () => {
    const { containers } = await world();
    await start(containers, 'talks', 'printf a; printf b; echo c; head -c 20000 /dev/zero | tr "\\0" x; printf end');
    await containers.wait('talks', 'not-running');
    expect(await logText(containers, 'talks')).toBe(`abc\n${'x'.repeat(20_000)}end`);
    let last = '';
    const options = { follow: false, timestamps: true, tail: 1 };
    await containers.logs('talks', options, { stdout: (data) => void (last += utf8Text(data)) });
    expect(last).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z x+end$/);
  });

  it('are followed by those who ask for their log, until they end', async () => {
    const { containers } = await world();
    await start(containers, 'counts', 'for i in 1 2 3; do echo $i; sleep 0.02; done');
    let text = '';
    const options = { follow: true, timestamps: false };
    await containers.logs('counts', options, { stdout: (data) => void (text += utf8Text(data)) });
    expect(text).toBe('1\n2\n3\n');
  });

  it('publish ports that no other container has', async () => {
    const { containers } = await world();
    const publish: HostConfig = { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } };
    await start(containers, 'web', 'sleep 600', publish);
    await expect(start(containers, 'other', 'sleep 600', publish)).rejects.toThrow(/port is already allocated/);
    const [line] = await containers.list({ all: false, filters: new Map([['name', ['web']]]), size: false });
    expect(line?.Ports).toEqual([
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
      { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    ]);
    await containers.remove('web', { force: true, volumes: false });
    await containers.start('other');
    await containers.remove('other', { force: true, volumes: false });
  });

  it('whose name or ID begins like several are not guessed', async () => {
    const { containers } = await world();
    for (let count = 0; count < 17; count++) {
      await containers.create({ image: 'busybox', config: {}, hostConfig: {} });
    }
    const ids = (await containers.list({ all: true, filters: NO_FILTERS, size: false })).map(({ Id }) => Id);
    const digit = ids.map((id) => id.charAt(0)).find((first, at, all) => all.indexOf(first) !== at) ?? '';
    await expect(containers.inspect(digit)).rejects.toMatchObject({ code: 'invalid-argument' });
    expect((await containers.inspect(ids[3]?.slice(0, 20) ?? '')).Id).toBe(ids[3]);
  });
});
