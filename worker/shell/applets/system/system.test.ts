import { describe, expect, it } from 'vitest';
import { createRoot, run } from '../../../../tests/oracle/shell/strata-shell.ts';

const shell = (script: string) => run(['/bin/sh', '-c', script], createRoot());

describe('programs about processes', () => {
  it('ps shows the processes of the container', async () => {
    const { stdout } = await shell('sleep 5 & ps; pgrep sleep; pidof sleep; kill $!');
    expect(stdout).toMatch(/^PID {3}USER {5}TIME {2}COMMAND\n {4}1 root {6}0:00 \/bin\/sh -c /);
    expect(stdout).toMatch(/ {4}2 root {6}0:00 sleep 5\n/);
    expect(stdout).toMatch(/\n2\n2\n$/);
  });

  it('pkill ends what matches and fails where nothing does', async () => {
    const { stdout, stderr } = await shell(
      'sleep 60 & pkill -f "sleep 6"; wait $!; echo $?; pkill nope; echo $?; killall nope; echo $?; pgrep nope; echo $?',
    );
    expect(stdout).toBe('143\n1\n1\n1\n');
    expect(stderr).toContain('killall: nope: no process killed\n');
  });
});

describe('programs about the machine', () => {
  it('free and df answer in their columns', async () => {
    const { stdout } = await shell('free -m | head -2 | tail -1; df -h / | wc -l; df /nope; echo $?; getconf PAGESIZE');
    expect(stdout).toMatch(/^Mem: +4096 +\d+ +\d+ +0 +0 +\d+\n2\n1\n4096\n$/);
  });

  it('those that would change it are refused', async () => {
    const { stdout, stderr } = await shell('dmesg; echo $?; modprobe x; echo $?; reboot; echo $?');
    expect(stdout).toBe('1\n1\n1\n');
    expect(stderr).toContain('dmesg: klogctl: Operation not permitted\n');
    expect(stderr).toContain('reboot: Operation not permitted\n');
  });
});

describe("Debian's tools", () => {
  it('ldconfig lists what the configured directories hold', async () => {
    const { stdout } = await shell(
      'mkdir -p /usr/local/lib /etc/ld.so.conf.d; touch /usr/local/lib/libz.so.1 /usr/local/lib/readme; echo "include /etc/ld.so.conf.d/*.conf" > /etc/ld.so.conf; echo /usr/local/lib > /etc/ld.so.conf.d/a.conf; ldconfig; ldconfig -p; head -c 20 /etc/ld.so.cache',
    );
    expect(stdout).toBe(
      "1 libs found in cache `/etc/ld.so.cache'\n\tlibz.so.1 (libc6,x86-64) => /usr/local/lib/libz.so.1\nglibc-ld.so.cache1.1",
    );
  });

  it('update-alternatives links the one of the highest priority, or the one that was chosen', async () => {
    const { stdout } = await shell(
      'mkdir -p /var/lib /usr/bin; for p in a b; do touch /usr/bin/$p; done; update-alternatives --install /usr/bin/e editor /usr/bin/a 10; update-alternatives --install /usr/bin/e editor /usr/bin/b 20; readlink -f /usr/bin/e; update-alternatives --set editor /usr/bin/a; readlink -f /usr/bin/e; update-alternatives --remove editor /usr/bin/a; readlink -f /usr/bin/e; update-alternatives --list editor',
    );
    expect(stdout).toBe(
      [
        'update-alternatives: using /usr/bin/a to provide /usr/bin/e (editor) in auto mode',
        'update-alternatives: using /usr/bin/b to provide /usr/bin/e (editor) in auto mode',
        '/usr/bin/b',
        'update-alternatives: using /usr/bin/a to provide /usr/bin/e (editor) in manual mode',
        '/usr/bin/a',
        'update-alternatives: using /usr/bin/b to provide /usr/bin/e (editor) in auto mode',
        '/usr/bin/b',
        '/usr/bin/b\n',
      ].join('\n'),
    );
  });

  it('update-ca-certificates adds local certificates once', async () => {
    const { stdout } = await shell(
      'echo 12 > /etc/debian_version; mkdir -p /etc/ssl/certs /usr/local/share/ca-certificates; echo CERT > /usr/local/share/ca-certificates/own.crt; update-ca-certificates | grep added; update-ca-certificates | grep added; cat /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/own.pem',
    );
    expect(stdout).toBe('1 added, 0 removed; done.\n0 added, 0 removed; done.\nCERT\nCERT\n');
  });
});
