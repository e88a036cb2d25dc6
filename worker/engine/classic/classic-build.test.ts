import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

const BUILD = 'DOCKER_BUILDKIT=0 docker build 2>&1';
const words = (text: string): string =>
  text
    .replace(/^DEPRECATED[^]*?\n\n/, '')
    .replace('\r\r', '')
    .replace(/\b[0-9a-f]{12}\b/g, 'ID');

describe('the classic builder', () => {
  it('tells each step, makes an image of it, and takes it as its cache', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say("mkdir c; echo x > c/f; printf 'FROM busybox\\nCOPY f /f\\nRUN echo out\\nENV A=1\\n' > c/Dockerfile");
    expect(words(await say(`${BUILD} -t app c`))).toBe(
      [
        'Sending build context to Docker daemon  3.072kB',
        'Step 1/4 : FROM busybox',
        ' ---> ID',
        'Step 2/4 : COPY f /f',
        ' ---> ID',
        'Step 3/4 : RUN echo out',
        ' ---> Running in ID',
        'out',
        ' ---> Removed intermediate container ID',
        ' ---> ID',
        'Step 4/4 : ENV A=1',
        ' ---> Running in ID',
        ' ---> Removed intermediate container ID',
        ' ---> ID',
        'Successfully built ID',
        'Successfully tagged app:latest\n',
      ].join('\n'),
    );
    expect((await say(`${BUILD} c`)).match(/Using cache/g)).toHaveLength(3);
    expect(await say('docker images -q | wc -l; docker images -aq | wc -l')).toBe('2\n4\n');
    expect(await say("docker history --no-trunc --format '{{.CreatedBy}}|{{.Comment}}' app | head -n 2")).toBe(
      '/bin/sh -c #(nop)  ENV A=1|\n/bin/sh -c echo out|\n',
    );
    await say('echo y > c/f');
    expect((await say(`${BUILD} c`)).match(/Using cache/g)).toBeNull();
  });

  it('goes with its parents, and not before its children', async () => {
    const { say, engine } = await openTestTerminal();
    await say(`printf 'FROM scratch\\nLABEL a=1\\nLABEL b=2\\n' | ${BUILD} -t app -`);
    const { Parent } = await engine.docker.images.inspect('app');
    const parent = String(Parent);
    expect(await say(`docker rmi ${parent}`)).toContain('(cannot be forced) - image has dependent child images');
    expect((await say('docker rmi app')).split('\n')[2]).toBe(`Deleted: ${parent}`);
  });

  it('tells failures in its own words', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const said = async (dockerfile: string): Promise<string> =>
      words(await say(`printf '${dockerfile}' | ${BUILD} -`))
        .split('\n')
        .slice(-2)
        .join('');
    expect(await said('FROM busybox\\nRUN exit 3\\n')).toBe(
      "The command '/bin/sh -c exit 3' returned a non-zero code: 3[3]",
    );
    expect(await said('FROM busybox\\nCOPY nope /\\n')).toBe(
      'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist[1]',
    );
    expect(await said('FROM busybox\\nLABLE a=b\\n')).toBe(
      'Error response from daemon: dockerfile parse error on line 2: unknown instruction: LABLE (did you mean LABEL?)[1]',
    );
    expect(await say(`${BUILD} nope`)).toMatch(/\nunable to prepare context: path "nope" not found\n\[1\]$/);
  });
});
