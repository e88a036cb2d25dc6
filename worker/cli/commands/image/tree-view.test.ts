import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

const WARNING =
  'WARNING: This output is designed for human readability. For machine-readable output, please use --format.';

describe('docker images in the form of Docker 29', () => {
  it('is there where config.json asks for it, with a mark for images in use', async () => {
    const { say, terminal } = await openTestTerminal({ busybox: true });
    await say('docker tag busybox lab/one:1; docker pull -q hello-world; docker create --name uses hello-world');
    expect(await say('docker images')).toMatch(/^REPOSITORY/);
    await say(`mkdir -p ~/.docker; echo '{"features":{"images-tree":"true"}}' > ~/.docker/config.json`);
    const [warning, heading, ...rows] = (await say('docker images')).trimEnd().split('\n');
    expect(warning).toBe(WARNING);
    expect(heading).toBe('IMAGE                ID             DISK USAGE   CONTENT SIZE   EXTRA');
    expect(rows.map((row) => row.replace(/ [0-9a-f]{12} +[\d.]+[kM]?B +[\d.]+[kM]?B/, ' …').trimEnd())).toEqual([
      'busybox:latest       …',
      'hello-world:latest   …    U',
      'lab/one:1            …',
    ]);
    expect(await say('docker images --tree 2> /dev/null | grep -c "└─ linux/amd64"')).toBe('3\n');
    expect(await say('docker images -q | head -n 1')).toMatch(/^[0-9a-f]{12}\n$/);
    await terminal.close();
  });

  it('is refused otherwise; formats of lists are read, and a file that cannot be read is told of', async () => {
    const { say, terminal } = await openTestTerminal({ busybox: true });
    expect(await say('docker images --tree')).toBe(
      '"--tree" requires API version 1.47, but the Docker daemon API version is 1.45\n[1]',
    );
    await say(`mkdir -p ~/.docker; echo '{"imagesFormat":"{{.Tag}}"}' > ~/.docker/config.json`);
    expect(await say('docker images')).toBe('latest\n');
    expect(await say('docker images --format "{{.Repository}}"')).toBe('busybox\n');
    await say('echo "{" > ~/.docker/config.json');
    expect(await say('docker ps -q')).toBe(
      'WARNING: Error parsing config file (/root/.docker/config.json): invalid JSON\n',
    );
    await terminal.close();
  });
});
