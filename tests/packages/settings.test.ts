/** Small programs that official Dockerfiles use beside the package managers: capabilities, diversions, build settings, locales. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openImageShell, type ImageShell } from './image-shell.ts';

describe('on Debian', () => {
  let shell: ImageShell;

  beforeAll(async () => {
    shell = await openImageShell('debian');
    await shell.run('apt-get update && apt-get install -y --no-install-recommends libcap2-bin dpkg-dev locales');
  }, 60_000);

  it('capabilities are an extended attribute of the file', async () => {
    await shell.run('cp /bin/ls /tmp/ls; setcap cap_net_raw,cap_net_admin=eip /tmp/ls');
    expect((await shell.run('getcap /tmp/ls')).stdout).toBe('/tmp/ls cap_net_admin,cap_net_raw=eip\n');
    const inode = shell.view.lookup('/tmp/ls' as Parameters<typeof shell.view.lookup>[0]);
    expect([...(inode?.xattrs?.get('security.capability') ?? [])]).toEqual([
      1, 0, 0, 2, 0, 0x30, 0, 0, 0, 0x30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    await shell.run('setcap -r /tmp/ls');
    expect((await shell.run('getcap /tmp/ls')).stdout).toBe('');
    expect((await shell.run('setcap cap_bogus+ep /tmp/ls')).code).toBe(1);
    expect((await shell.run('setcap cap_chown+ep /tmp/ls', 1000)).code).toBe(1);
  });

  it('a diversion moves the file aside and back, and is told as dpkg tells it', async () => {
    const added = await shell.run('echo hi > /etc/aa; dpkg-divert --add --rename --divert /etc/bb /etc/aa; ls /etc/bb');
    expect(added.stdout).toBe("Adding 'local diversion of /etc/aa to /etc/bb'\n/etc/bb\n");
    expect((await shell.run('dpkg-divert --list "/etc/*"; dpkg-divert --truename /etc/aa')).stdout).toBe(
      'local diversion of /etc/aa to /etc/bb\n/etc/bb\n',
    );
    expect((await shell.run('dpkg-divert --add --rename --divert /etc/cc /etc/aa')).stderr).toBe(
      "dpkg-divert: error: 'local diversion of /etc/aa to /etc/cc' clashes with 'local diversion of /etc/aa to /etc/bb'\n",
    );
    expect((await shell.run('dpkg-divert --remove --rename /etc/aa; cat /etc/aa')).stdout).toContain('hi\n');
  });

  it('tells what packages are built for and with', async () => {
    expect(
      (await shell.run('dpkg-architecture --query DEB_BUILD_GNU_TYPE; dpkg-architecture -qDEB_HOST_ARCH')).stdout,
    ).toBe('x86_64-linux-gnu\namd64\n');
    expect((await shell.run('dpkg-buildflags --get LDFLAGS; dpkg-buildflags --get NONE || echo none')).stdout).toBe(
      '-Wl,-z,relro\nnone\n',
    );
  });

  it('compiled locales are listed', async () => {
    const generated = await shell.run(
      "echo 'en_US.UTF-8 UTF-8' >> /etc/locale.gen; locale-gen; locale -a | grep en_US.utf8",
    );
    expect(generated.code).toBe(0);
  });
});
