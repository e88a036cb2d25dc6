/** Images of the mirror at work: a RUN on them finds its shell and what the images are known for. */
import { describe, expect, it } from 'vitest';
import { benchEngine, file } from '../../tests/bench/builds.ts';

/** Builds one RUN on an image; throws what the build ends with when the command fails. */
async function run(image: string, command: string): Promise<void> {
  await benchEngine().build([file('Dockerfile', `FROM ${image}\nRUN ${command}\n`)]);
}

describe('a RUN', () => {
  it.each([
    ['alpine', 'Alpine'],
    ['debian:bookworm-slim', 'Debian'],
    ['ubuntu:20.04', 'Ubuntu'],
    ['ubuntu:16.04', 'Ubuntu'],
    ['fedora', 'Fedora'],
    ['node:22-alpine', 'Alpine'],
    ['python:3.12-slim', 'Debian'],
    ['redis:7', 'Debian'],
  ])('on %s prints what system it is', async (image, name) => {
    await run(image, `cat /etc/os-release && grep -q '^NAME="${name}' /etc/os-release`);
  });

  it('that fails, fails', async () => {
    await expect(run('alpine', 'grep -q Debian /etc/os-release')).rejects.toThrow('exit code: 1');
  });

  it('runs the program of hello-world', async () => {
    await benchEngine().build([
      file(
        'Dockerfile',
        'FROM alpine\nCOPY --from=hello-world /hello /hello\nRUN /hello | grep -q "^Hello from Docker!$"\n',
      ),
    ]);
  });
});

describe('entrypoints', () => {
  it.each([
    ['nginx', '[ "$(/docker-entrypoint.sh echo started)" = started ]'],
    ['nginx:alpine', '[ "$(/docker-entrypoint.sh echo started)" = started ]'],
    ['node:22-slim', '[ "$(docker-entrypoint.sh echo started)" = started ]'],
    ['redis:7', '[ "$(docker-entrypoint.sh echo started)" = started ]'],
    ['registry:2', '[ "$(/entrypoint.sh echo started)" = started ]'],
  ])('of %s start another command as it is', async (image, command) => {
    await run(image, command);
  });
});
