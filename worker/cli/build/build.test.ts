import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

const log = (text: string): string =>
  text
    .replace(/ \d+\.\d+s(?= done)/g, '')
    .replace(/ \d+\.\d+s/g, ' 0.0s')
    .replace(/sha256:[0-9a-f]{64}/g, '<id>');

describe('docker build', () => {
  it('prints the plain log that BuildKit prints', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say("printf 'FROM busybox\\nRUN echo hi; printf part\\n' > Dockerfile");
    expect(log(await say('docker build -t app .')).replace(/^(#\d+) \d\.\d+ /gm, '$1 T '))
      .toBe(`#0 building with "default" instance using docker driver

#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 38B done
#1 DONE 0.0s

#2 [internal] load metadata for docker.io/library/busybox:latest
#2 DONE 0.0s

#3 [internal] load .dockerignore
#3 transferring context: 2B done
#3 DONE 0.0s

#4 [1/2] FROM docker.io/library/busybox:latest
#4 DONE 0.0s

#5 [2/2] RUN echo hi; printf part
#5 T hi
#5 T part
#5 DONE 0.0s

#6 exporting to image
#6 exporting layers done
#6 writing image <id> done
#6 naming to docker.io/library/app done
#6 DONE 0.0s
`);
    expect(await say('docker build -t app . 2>&1 | grep -A1 RUN')).toBe(
      '#5 [2/2] RUN echo hi; printf part\n#5 CACHED\n',
    );
  });

  it('shows where it failed', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const said = await say("printf 'FROM busybox\\nCOPY nope /\\n' | docker build - 2>&1 | sed -n '/^---/,$p'");
    expect(said.replace(/ref \S+:/, 'ref R:')).toBe(`------
 > [2/2] COPY nope /:
------
Dockerfile:2
--------------------
   1 |     FROM busybox
   2 | >>> COPY nope /
   3 |     
--------------------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref R: "/nope": not found
`);
  });

  it('takes contexts and Dockerfiles from standard input, archives too', async () => {
    const { say } = await openTestTerminal();
    await say("mkdir ctx; echo x > ctx/f; printf 'FROM scratch\\nCOPY f /f\\n' > ctx/Dockerfile");
    expect(await say('tar -C ctx -czf - . | docker build -q -')).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await say('docker build -q -f - ctx < ctx/Dockerfile')).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(await say('docker build -f - -')).toContain("can't use stdin for both build context and dockerfile");
    expect(await say('docker build https://example.com/x.git')).toMatch(/^ERROR: remote contexts/);
  });

  it('uses named contexts, secrets, arguments of the environment', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say('mkdir other; echo named > other/f; echo hush > key; export WHO=me');
    await say(
      "printf 'FROM busybox\\nARG WHO\\nCOPY --from=more f /f\\nRUN --mount=type=secret,id=k echo $WHO $(cat /f /run/secrets/k)\\n' > Dockerfile",
    );
    const command = 'docker build --build-arg WHO --build-context more=other --secret id=k,src=key . 2>&1';
    expect(await say(`${command} | grep -c 'me named hush$'`)).toBe('1\n');
    expect(await say('docker build --secret id=k,src=/nope .')).toBe(
      'ERROR: failed to stat /nope: stat /nope: no such file or directory\n[1]',
    );
  });

  it('leaves files rather than an image with --output', async () => {
    const { say } = await openTestTerminal();
    await say("echo x > f; printf 'FROM scratch\\nCOPY f /d/f\\n' > Dockerfile");
    // what is quiet prints an empty line for files that have no ID
    expect(await say('docker build -q -o out . && cat out/d/f')).toBe('\nx\n');
    expect(await say('docker build -q -o - . | tar -tf -')).toBe('d/\nd/f\n');
    expect(await say('docker build -q -o type=tar,dest=x.tar . && tar -tf x.tar')).toBe('\nd/\nd/f\n');
    expect(await say('docker images -aq')).toBe('');
    expect(await say('docker build -o type=oci,dest=y .')).toContain('OCI exporter is not supported');
  });
});
