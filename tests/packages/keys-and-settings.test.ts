/** Small programs that official Dockerfiles use beside the package managers: keys, capabilities, diversions, build settings, locales. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openImageShell, type ImageShell } from './image-shell.ts';

describe('on Debian', () => {
  let shell: ImageShell;

  beforeAll(async () => {
    shell = await openImageShell('debian');
    await shell.run(
      'apt-get update && apt-get install -y --no-install-recommends gnupg openssl libcap2-bin dpkg-dev locales cron openssh-client',
    );
  }, 60_000);

  it('gpg asks no key server, says so and what to do', async () => {
    const { code, stderr } = await shell.run('gpg --batch --keyserver hkps://keys.example.org --recv-keys 0xAB');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^gpg: keyserver receive failed: hkps:\/\/keys\.example\.org is not asked: .*COPY the key/);
  });

  it('gpg takes off the armour it puts on, and refuses what is no key', async () => {
    // one packet of three bytes; CRC-24 by the algorithm of RFC 4880
    const { stdout } = await shell.run(
      String.raw`cd /tmp; printf '\231\001\002abc' > k; gpg --enarmor < k | tee k.asc`,
    );
    expect(stdout).toContain('\n\nmQECYWJj\n=2vYE\n');
    expect((await shell.run('cd /tmp; gpg --dearmor -o out k.asc && cmp k out')).code).toBe(0);
    const junk = await shell.run('echo junk | gpg --dearmor');
    expect(junk).toMatchObject({ code: 2, stderr: 'gpg: no valid OpenPGP data found.\n' });
  });

  it('gpg verifies nothing without a key, and marks the step where it takes a signature as good', async () => {
    const missing = await shell.run('export GNUPGHOME=/tmp/empty; gpg --verify /etc/passwd /etc/group');
    expect(missing).toMatchObject({ code: 2, stderr: "gpg: Can't check signature: No public key\n" });
    const taken = await shell.run(
      'export GNUPGHOME=/tmp/ring; gpg --import /tmp/k.asc; gpg --verify /etc/passwd /etc/group',
    );
    expect(taken.code).toBe(0);
    expect(taken.simulated).toContain('gpg: the signature was not checked, and is taken as good');
  });

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
    await shell.run('localedef -i de_DE -c -f UTF-8 -A /usr/share/locale/locale.alias de_DE.UTF-8');
    expect((await shell.run('locale -a')).stdout).toBe('C\nC.utf8\nPOSIX\nde_DE.utf8\n');
    const generated = await shell.run(
      "echo 'en_US.UTF-8 UTF-8' >> /etc/locale.gen; locale-gen; locale -a | grep en_US.utf8",
    );
    expect(generated.code).toBe(0);
    expect((await shell.run('LANG=en_US.UTF-8 locale | head -3')).stdout).toBe(
      'LANG=en_US.UTF-8\nLANGUAGE=\nLC_CTYPE="en_US.UTF-8"\n',
    );
  });

  it('openssl computes digests and marks the keys it does not make', async () => {
    const sum = '98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4';
    expect(
      (await shell.run('echo hi | openssl sha256; echo hi > /tmp/hi; openssl dgst -sha256 -r /tmp/hi')).stdout,
    ).toBe(`SHA2-256(stdin)= ${sum}\n${sum} */tmp/hi\n`);
    expect((await shell.run('openssl passwd -6 -salt ab pw')).stdout).toBe(
      '$6$ab$td.Yv18i64fuHSCSFfhcg9cvGN/q.1N72dPYEBvvVyQIQbX2mVX2dRrHRg.vLlqSchKS1d4urAkRbfv.vYLNE1\n',
    );
    const made = await shell.run(
      'cd /tmp && openssl req -x509 -nodes -newkey rsa:2048 -keyout k.pem -out c.pem -subj /CN=x && stat -c "%a %s" k.pem',
    );
    expect(made.stdout).toBe('600 1704\n');
    expect(made.simulated).toHaveLength(1);
  });

  it("keeps a user's crontab where cron reads it", async () => {
    expect((await shell.run('crontab -l')).stderr).toBe('no crontab for root\n');
    await shell.run('echo "* * * * * date" | crontab -');
    expect((await shell.run('crontab -l; stat -c %a /var/spool/cron/crontabs/root')).stdout).toBe(
      '* * * * * date\n600\n',
    );
  });

  it('ssh keys have their names and modes', async () => {
    const made = await shell.run('ssh-keygen -t ed25519 -q -N "" -f /tmp/id && stat -c "%a %n" /tmp/id /tmp/id.pub');
    expect(made.stdout).toBe('600 /tmp/id\n644 /tmp/id.pub\n');
    expect(made.simulated).toHaveLength(1);
  });
});
