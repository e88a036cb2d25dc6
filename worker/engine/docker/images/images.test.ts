import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

const image = (name: string, content = name): string =>
  `printf 'FROM scratch\\nCOPY <<F /f\\n${content}\\nF\\n' | docker build -q -t ${name} -`;

describe('images', () => {
  it('lose a name, or go, as the daemon decides', async () => {
    const { say, engine } = await openTestTerminal();
    await say(`${image('a:1')}; docker tag a:1 a:2`);
    const { Id } = await engine.docker.images.inspect('a:1');
    expect(await say('docker rmi a:1')).toBe('Untagged: a:1\n');
    expect(await say(`docker rmi ${Id.slice(7, 15)}`)).toBe(`Untagged: a:2\nDeleted: ${Id}\n`);
  });

  it('that were pulled go with their layers and their digest', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const said = await say('docker rmi busybox');
    expect(said).toMatch(
      /^Untagged: busybox:latest\nUntagged: busybox@sha256:[0-9a-f]{64}\nDeleted: sha256:[0-9a-f]{64}\nDeleted: sha256:[0-9a-f]{64}\n$/,
    );
  });

  it('are pulled with all their tags where that is asked for', async () => {
    const { say } = await openTestTerminal();
    const said = await say('docker pull -a hello-world');
    expect(said).toMatch(/^latest: Pulling from library\/hello-world\n/);
    expect(said).toMatch(/\nlinux: Pulling from library\/hello-world\n[^]*\ndocker\.io\/library\/hello-world\n$/);
    expect(await say("docker images --format '{{.Tag}}'")).toBe('latest\nlinux\n');
    expect(await say('docker pull -a hello-world:latest')).toBe("tag can't be used with --all-tags/-a\n[1]");
  });

  it('are pulled with a line for each layer', async () => {
    const { say } = await openTestTerminal();
    const said = await say('docker pull busybox');
    expect(said.replace(/[0-9a-f]{64}/, 'D').replace(/[0-9a-f]{12}/g, 'L')).toBe(
      [
        'Using default tag: latest',
        'latest: Pulling from library/busybox',
        'L: Pulling fs layer',
        'L: Verifying Checksum',
        'L: Download complete',
        'L: Pull complete',
        'Digest: sha256:D',
        'Status: Downloaded newer image for busybox:latest',
        'docker.io/library/busybox:latest\n',
      ].join('\n'),
    );
    const again = await say('docker pull busybox');
    expect(again.replace(/[0-9a-f]{64}/, 'D')).toBe(
      [
        'Using default tag: latest',
        'latest: Pulling from library/busybox',
        'Digest: sha256:D',
        'Status: Image is up to date for busybox:latest',
        'docker.io/library/busybox:latest\n',
      ].join('\n'),
    );
  });

  it('are pulled into a pipe that is closed early', async () => {
    const { say } = await openTestTerminal();
    expect(await say('docker pull alpine | head -n 1')).toBe('Using default tag: latest\n');
  });

  it('survive save and load with their names; a repository saves all its tags', async () => {
    const { say } = await openTestTerminal();
    await say(`${image('a:1')}; docker tag a:1 a:2; docker save -o all.tar a; docker rmi a:1 a:2`);
    expect(await say('docker load -i all.tar')).toBe('Loaded image: a:1\nLoaded image: a:2\n');
    expect(await say('docker save a:3')).toBe('Error response from daemon: reference does not exist\n[1]');
    const { RepoTags } = JSON.parse(await say("docker inspect -f '{{json .}}' a:1")) as { RepoTags: string[] };
    expect(RepoTags).toEqual(['a:1', 'a:2']);
  });

  it('tell when a load takes a name from another image', async () => {
    const { say } = await openTestTerminal();
    await say(`${image('a')}; docker save a > a.tar; ${image('a', 'other')}`);
    expect(await say('docker load < a.tar')).toMatch(
      /^The image a:latest already exists, renaming the old one with ID sha256:\S+ to empty string\nLoaded image: a:latest\n$/,
    );
  });

  it('are made of an archive, with changes', async () => {
    const { say } = await openTestTerminal();
    await say('mkdir r; echo x > r/f; tar -C r -cf r.tar .');
    await say("docker import -c 'ENV A=1 B=2' -c 'EXPOSE 80' -c 'CMD run it' -c 'LABEL a=b' r.tar made:1");
    expect(await say("docker inspect -f '{{json .Config}}' made:1")).toBe(
      '{"ExposedPorts":{"80/tcp":{}},"Env":["A=1","B=2"],"Cmd":["/bin/sh","-c","run it"],"Labels":{"a":"b"}}\n',
    );
    expect(await say("docker import -c 'RUN x' r.tar")).toBe(
      'Error response from daemon: RUN is not a valid change command\n[1]',
    );
    expect(await say('echo no archive | docker import -')).toBe('Error response from daemon: unexpected EOF\n[1]');
  });

  it('are filtered by time, label, name and whether they have one', async () => {
    const { say } = await openTestTerminal();
    await say(`${image('a')}; ${image('a', 'again')}; ${image('team/b')}`);
    const names = (filter: string): Promise<string> => say(`docker images ${filter} --format '{{.Repository}}' | sort`);
    expect(await names('')).toBe('<none>\na\nteam/b\n');
    expect(await names('-f dangling=true')).toBe('<none>\n');
    expect(await names("-f 'reference=team/*'")).toBe('team/b\n');
    expect(await names('-f until=1h')).toBe('');
    expect(await say('docker images -f until=yesterday')).toMatch(/^Error response from daemon: .*"yesterday"\n\[1\]$/);
  });
});
