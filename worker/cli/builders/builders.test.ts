import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

describe('a builder that was created', () => {
  it('says what stands for it, keeps what it built, and takes several outputs', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say("mkdir ctx; printf 'FROM scratch\\nCOPY a /d/a\\n' > ctx/Dockerfile; echo hi > ctx/a");
    await say('docker buildx create --name b1 --use');
    const log = await say('docker buildx build -t kept ctx 2>&1');
    expect(log).toContain('Strata keeps "b1" as a record: no BuildKit container runs');
    expect(log).toContain('#0 building with "b1" instance using docker-container driver');
    expect(log).toContain('WARNING: No output specified with docker-container driver.');
    expect(await say('docker image ls -aq')).not.toContain('kept');
    expect(await say('docker image inspect kept')).toContain('No such image');

    const outputs = '-o type=local,dest=out -o type=tar,dest=x.tar -o type=docker,dest=image.tar';
    expect(await say(`docker buildx build -q -t kept ${outputs} ctx && cat out/d/a && tar -tf x.tar`)).toMatch(
      /hi\nd\/\nd\/a\n$/,
    );
    expect(await say('docker image inspect kept')).toContain('No such image');
    expect(await say('docker load -i image.tar')).toBe('Loaded image: kept:latest\n');
    expect(await say('docker build -q --output type=local,dest=a --output type=local,dest=b ctx')).toBe(
      'ERROR: multiple outputs currently unsupported by the current BuildKit daemon\n[1]',
    );
  });

  it('runs from its first build until it is stopped', async () => {
    const { say } = await openTestTerminal();
    const status = (): Promise<string> => say("docker buildx ls --format '{{.Name}} {{.Status}}' | grep b10");
    await say('docker buildx create --name b1');
    expect(await status()).toBe('b10 inactive\n');
    await say('docker buildx inspect --bootstrap b1 2> /dev/null');
    expect(await status()).toBe('b10 running\n');
    await say('docker buildx stop b1');
    expect(await status()).toBe('b10 inactive\n');
  });
});
