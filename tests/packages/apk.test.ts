/** apk in an image of Alpine. */
import { describe, expect, it } from 'vitest';
import { openImageShell } from './image-shell.ts';

describe('apk', () => {
  it('finds nothing without an index, and says what it missed', async () => {
    const shell = await openImageShell('alpine');
    const result = await shell.run('apk add curl');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(
      'ERROR: unable to select packages:\n  curl (no such package):\n    required by: world[curl]\n',
    );
  });

  it('installs dependencies first and leaves no index behind with --no-cache', async () => {
    const shell = await openImageShell('alpine');
    const result = await shell.run('apk add --no-cache curl');
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^fetch .*APKINDEX\.tar\.gz\nfetch .*\n\(1\/\d+\) Installing/);
    expect(result.stdout.indexOf('Installing libcurl')).toBeLessThan(result.stdout.indexOf('Installing curl'));
    expect(result.stdout).toMatch(/OK: \d+ MiB in \d+ packages\n$/);
    expect(result.simulated).not.toEqual([]);
    expect((await shell.run('ls /var/cache/apk; grep -c "^curl$" /etc/apk/world; test -x /usr/bin/curl')).stdout).toBe(
      '1\n',
    );
  });

  it('keeps the indexes of update, as large as the real ones', async () => {
    const shell = await openImageShell('alpine');
    expect((await shell.run('apk update')).code).toBe(0);
    expect(shell.changedBytes('/var/cache/apk')).toBeGreaterThan(2_000_000);
    expect((await shell.run('apk add tini')).code).toBe(0);
    await shell.run('rm -rf /var/cache/apk/*');
    expect(shell.changedBytes('/var/cache/apk')).toBe(0);
  });

  it('takes a virtual package away with all that came with it', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache --virtual .build-deps gcc musl-dev');
    expect(shell.changedBytes()).toBeGreaterThan(100_000_000);
    const removed = await shell.run('apk del .build-deps');
    expect(removed.stdout).toContain('Purging gcc');
    expect(removed.stdout).toContain('Purging .build-deps');
    expect((await shell.run('test -e /usr/bin/gcc')).code).toBe(1);
    expect((await shell.run('apk info -e musl busybox')).stdout).toBe('musl\nbusybox\n');
  });

  it.each([
    ['curl=8.14.1-r2', 0],
    ['curl~8.14', 0],
    ['curl~=8', 0],
    ['curl>8', 0],
    ['curl=1.0', 1],
    ['curl<8', 1],
    ['no-such-thing', 1],
  ])('takes the constraint %s for what it is', async (constraint, code) => {
    const shell = await openImageShell('alpine');
    expect((await shell.run(`apk add --no-cache '${constraint}'`)).code).toBe(code);
  });

  it('tells the architecture', async () => {
    const shell = await openImageShell('alpine');
    expect((await shell.run('apk --print-arch')).stdout).toBe('x86_64\n');
  });

  it('is refused to anybody but root', async () => {
    const shell = await openImageShell('alpine');
    expect(await shell.run('apk add --no-cache curl', 1000)).toMatchObject({ code: 99 });
  });

  it('finds packages by the libraries and commands they provide, and keeps what is needed by such a name', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache --virtual .build libpng-dev bash');
    expect((await shell.run('apk info --installed so:libc.musl-x86_64.so.1 so:libpng16.so.16')).stdout).toBe(
      'musl\nlibpng\n',
    );
    const added = await shell.run('apk add --no-network --virtual .run so:libc.musl-x86_64.so.1 so:libpng16.so.16');
    expect(added.stdout).toContain('Installing .run');
    await shell.run('apk del --no-network .build');
    expect((await shell.run('apk info')).stdout).toMatch(/^libpng$/m);
    expect((await shell.run('apk info')).stdout).not.toMatch(/^bash$/m);
    expect((await shell.run('apk add --no-cache cmd:bash && test -x /bin/bash')).code).toBe(0);
    expect((await shell.run('apk add --no-cache so:libnope.so.1')).stderr).toContain(
      'so:libnope.so.1 (no such package)',
    );
  });

  it('coreutils takes the place of busybox, and gives it back', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache coreutils sed');
    expect((await shell.run('ls /nope; sed p /nope; echo "$?"')).stderr).toBe(
      "ls: cannot access '/nope': No such file or directory\nsed: can't read /nope: No such file or directory\n",
    );
    await shell.run('apk del coreutils sed');
    expect((await shell.run('readlink /bin/ls /bin/sed; readlink /bin/sed; ls /nope')).stderr).toContain('ls: /nope:');
    expect((await shell.run('busybox --list')).stdout).not.toMatch(/^(?:curl|bash)$/m);
  });

  it('strip leaves binaries as they are, and says so', async () => {
    const shell = await openImageShell('alpine');
    const stripped = await shell.run('apk add -q --no-cache binutils && strip --strip-all /usr/bin/ld');
    expect(stripped.code).toBe(0);
    expect(stripped.simulated.join()).toContain('strip: the binaries here hold no symbols');
    expect((await shell.run('strip /etc/passwd /nope; echo $?')).stderr).toBe(
      "strip: /etc/passwd: file format not recognized\nstrip: '/nope': No such file or directory\n",
    );
  });

  it('lists, fetches and compares packages', async () => {
    const shell = await openImageShell('alpine');
    expect((await shell.run("apk list -I 'apk-*'")).stdout).toMatch(
      /^apk-tools-\S+ x86_64 \{apk-tools\} \(.*\) \[installed\]\n$/,
    );
    expect((await shell.run('cd /tmp && apk fetch -q curl && ls')).stdout).toMatch(/^curl-\S+\.apk\n$/);
    expect((await shell.run('apk version -t 1.9-r0 1.10-r0; apk version -t 2 2')).stdout).toBe('<\n=\n');
    expect((await shell.run('apk version')).stdout).toMatch(/^Installed: +Available:\n$/);
    expect((await shell.run('apk info -r zlib')).stdout).toContain('apk-tools-');
    expect((await shell.run('apk dot curl')).stderr).toContain('not simulated');
  });

  it('scanelf and ldd tell the C library of programs that are here without their bytes', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache curl; mkdir -p /usr/local/bin; cp /usr/bin/curl /usr/local/bin/x');
    const scanned = await shell.run("scanelf --needed --nobanner --format '%n#p' --recursive /usr/local");
    expect(scanned.stdout).toBe('libc.musl-x86_64.so.1\n');
    expect(scanned.simulated).toHaveLength(1);
    expect((await shell.run('ldd /usr/local/bin/x')).stdout).toContain(
      'libc.musl-x86_64.so.1 => /lib/ld-musl-x86_64.so.1',
    );
  });
});
