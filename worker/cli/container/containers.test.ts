import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

/** What `docker run` adds to its refusals. */
const HELP = "\n\nRun 'docker run --help' for more information\n";

describe('docker run', () => {
  it('pulls an image that is not there, and says so beside its output', async () => {
    const { say } = await openTestTerminal();
    expect(await say('docker run --rm busybox echo hi 2> /dev/null')).toBe('hi\n');
    const { say: other } = await openTestTerminal();
    expect(await other('docker run --rm busybox true 2>&1 > /dev/null | head -n 2')).toBe(
      "Unable to find image 'busybox:latest' locally\nlatest: Pulling from library/busybox\n",
    );
    expect(await other('docker run --rm --pull never nosuch')).toBe(
      `docker: Error response from daemon: No such image: nosuch:latest${HELP}[125]`,
    );
  });

  it('refuses what the client refuses, in its words', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const usage = (flag: string): string =>
      `${flag}\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${HELP}[125]`;
    expect(await say('docker run --mount source=/x busybox')).toBe(
      usage('invalid argument "source=/x" for "--mount" flag: target is required'),
    );
    expect(await say('docker run -a foo busybox')).toBe(
      usage('invalid argument "foo" for "-a, --attach" flag: valid streams are STDIN, STDOUT and STDERR'),
    );
    expect(await say('docker run -p foo busybox')).toBe(`docker: invalid containerPort: foo${HELP}[125]`);
    expect(await say('docker run -p 1:2:3:4 busybox')).toBe(`docker: invalid IP address: 1:2${HELP}[125]`);
    expect(await say('docker run --rm --restart always busybox')).toBe(
      `docker: conflicting options: cannot specify both --restart and --rm${HELP}[125]`,
    );
    expect(await say('docker run -d -a stdout busybox')).toBe(
      'conflicting options: cannot specify both --attach and --detach\n[1]',
    );
    expect(await say('echo | docker run -it busybox')).toBe('the input device is not a TTY\n[1]');
  });

  it('refuses what the engine refuses, in its words', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const refused = (message: string): string => `docker: Error response from daemon: ${message}${HELP}[125]`;
    expect(await say('docker run --tmpfs /x:foo busybox')).toBe(refused('invalid tmpfs option "foo"'));
    expect(await say('docker run -v /a:/b:zz busybox')).toBe(refused('invalid mode: zz'));
    expect(await say('docker run -v one:/b -v two:/b busybox')).toBe(refused('Duplicate mount point: /b'));
    expect(await say('docker run --mount type=foo,target=/x busybox')).toBe(
      refused('invalid mount config for type "foo": mount type unknown'),
    );
    expect(await say('docker run -m 3m busybox')).toBe(refused('Minimum memory limit allowed is 6MB'));
    expect(await say('docker run --volumes-from nosuch busybox')).toBe(refused('No such container: nosuch'));
  });

  it('tells the ID of a container in the background, also of one that cannot be started', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    expect(await say('docker run -d --name bad busybox nosuch')).toMatch(
      /^[0-9a-f]{64}\ndocker: Error response from daemon: failed to create task [^]*"nosuch": executable file not found[^]*\[127\]$/,
    );
    expect(await say("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' bad")).toBe('created 127\n');
  });

  it('binds directories of the machine, both ways', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say('mkdir in; echo one > in/file');
    expect(await say('docker run --rm -v ./in:/in busybox sh -c "cat /in/file; echo two > /in/new"')).toBe('one\n');
    expect(await say('cat in/new')).toBe('two\n');
    expect(await say('docker run --rm -v ./in:/in:ro busybox touch /in/x')).toBe(
      'touch: /in/x: Read-only file system\n[1]',
    );
  });

  it('hands an interrupt on to what it runs', async () => {
    const { say, terminal, engine } = await openTestTerminal({ busybox: true });
    const line = say(
      'docker run --name box busybox sh -c "trap \'exit 9\' INT; echo up; while :; do sleep 0.01; done"',
    );
    const { containers } = engine.docker;
    const isUp = async (): Promise<boolean> => (await containers.inspect('box')).State.Running;
    await expect.poll(() => isUp().catch(() => false)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.interrupt();
    await line;
    expect(await say('docker wait box')).toBe('9\n');
  });
});

describe('lists of containers', () => {
  it('show published ports, neighbours as one', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say('docker run -d --name web -p 8080:80 -p 9000-9002:9000-9002/udp busybox sleep 600');
    expect(await say("docker ps --format '{{.Ports}}'")).toBe(
      '0.0.0.0:9000-9002->9000-9002/udp, [::]:9000-9002->9000-9002/udp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp\n',
    );
    expect(await say('docker port web 80')).toBe('0.0.0.0:8080\n[::]:8080\n');
    expect(await say('docker port web 81')).toBe("Error: No public port '81' published for web\n[1]");
    expect(await say('docker rm -f web')).toBe('web\n');
  });

  it('tell the sizes of writable layers', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    await say('docker run --name box busybox sh -c "head -c 1500 /dev/zero > /zeros"');
    expect(await say("docker ps -as --format '{{.Size}}'")).toMatch(/^1\.5kB \(virtual 2\.0\dMB\)\n$/);
    expect(await say('docker ps -aq --filter volume=nosuch')).toBe('');
    expect(await say('docker ps -aq --filter ancestor=busybox | wc -l')).toBe('1\n');
  });
});
