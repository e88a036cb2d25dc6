import { describe, expect, it } from 'vitest';
import { utf8, utf8Text } from '../../../base/bytes.ts';
import { createUnstoppableJob } from '../../../base/job.ts';
import { nodeEngineParts } from '../../../host/node/node-engine.ts';
import { createEngine } from '../../engine.ts';
import type { ContainerAPI } from '../api.ts';

/** A person at the keyboard: types keys, and sees what the terminal shows. */
function person() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  let seen = '';
  const see = (data: Uint8Array): void => void (seen += utf8Text(data));
  return {
    io: { stdin: readable, stdout: see, stderr: see },
    seen: (): string => seen,
    /** Types once `shown` is the last thing on the screen. */
    async type(keys: string, shown: string): Promise<void> {
      await expect.poll(() => seen.endsWith(shown), { timeout: 3000 }).toBe(true);
      await writer.write(utf8(keys));
    },
  };
}

async function engineWithBusybox(): Promise<ContainerAPI> {
  const parts = nodeEngineParts();
  const { docker } = createEngine(parts);
  await docker.images.pull('busybox:latest', {}, () => undefined, createUnstoppableJob('pull', parts.clock));
  return docker.containers;
}

async function startTyping(containers: ContainerAPI, Cmd: readonly string[]) {
  const who = person();
  const { Id } = await containers.create({
    image: 'busybox',
    config: { Cmd, Tty: true, OpenStdin: true, StdinOnce: true, AttachStdin: true, Hostname: 'box' },
    hostConfig: {},
  });
  const attached = containers.attach(Id, who.io);
  await containers.start(Id);
  return { ...who, id: Id, attached };
}

describe('a container with a terminal', () => {
  it('talks to the person who types: prompt, echo, answer', async () => {
    const containers = await engineWithBusybox();
    const { type, seen, attached, id } = await startTyping(containers, ['sh']);
    await type('cd /tmp\r', '/ # ');
    await type('echo $((6*7))\r', '/tmp # ');
    await type('for i in a b; do\r', '/tmp # ');
    await type('echo $i; done\r', '> ');
    await type('exit 3\r', '/tmp # ');
    await attached;
    expect(seen()).toBe(
      '/ # cd /tmp\r\n/tmp # echo $((6*7))\r\n42\r\n/tmp # for i in a b; do\r\n> echo $i; done\r\na\r\nb\r\n/tmp # exit 3\r\n',
    );
    expect(await containers.wait(id, 'not-running')).toEqual({ StatusCode: 3 });
  });

  it('lets the person correct a line before it is read', async () => {
    const containers = await engineWithBusybox();
    const { type, seen, attached } = await startTyping(containers, ['sh', '-c', 'read line; echo "<$line>"']);
    await type('wrong\u0015ech\u007f\u007fé one two\u0017\u001b[Aλ\r', '');
    await attached;
    expect(seen().endsWith('<eé one λ>\r\n')).toBe(true);
  });

  it('ends what runs at Ctrl-C, and itself at the end of input', async () => {
    const containers = await engineWithBusybox();
    const { type, seen, attached, id } = await startTyping(containers, ['sh']);
    await type('sleep 600\r', '/ # ');
    await type('\u0003', 'sleep 600\r\n');
    await type('echo half\u0003', '/ # ');
    await type('echo $?\r', '^C\r\n/ # ');
    await type('\u0004', '130\r\n/ # ');
    await attached;
    expect(seen()).toContain('sleep 600\r\n^C\r\n/ # echo half^C\r\n/ # echo $?\r\n130\r\n');
    expect(await containers.wait(id, 'not-running')).toEqual({ StatusCode: 0 });
  });

  it('gives a further shell to whoever asks, and takes no key more when that ends', async () => {
    const containers = await engineWithBusybox();
    const { Id } = await containers.create({ image: 'busybox', config: { Cmd: ['sleep', '600'] }, hostConfig: {} });
    await containers.start(Id);
    const { io, type, seen } = person();
    const options = { argv: ['sh'], env: ['A=1'], tty: true, privileged: false, detach: false };
    const code = containers.exec(Id, options, io);
    await type('\u0003', '/ # ');
    await type('echo "$A" $(tty); exit 4\r', '/ # ');
    expect(await code).toBe(4);
    expect(seen()).toContain('1 /dev/pts/0\r\n');
    await containers.remove(Id, { force: true, volumes: false });
  });

  it('ends its lines as terminals do, also where nobody types', async () => {
    const containers = await engineWithBusybox();
    const { io, seen } = person();
    const { Id } = await containers.create({
      image: 'busybox',
      config: { Cmd: ['sh', '-c', 'echo out; echo err >&2; test -t 0 && echo terminal'], Tty: true },
      hostConfig: {},
    });
    const attached = containers.attach(Id, { stdout: io.stdout });
    await containers.start(Id);
    await attached;
    expect(seen()).toBe('out\r\nerr\r\nterminal\r\n');
  });
});
