/** apt-get in an image, beside what apt itself printed for the same commands in a Debian root (`recorded/`). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../worker/base/path.ts';
import { openImageShell } from './image-shell.ts';

const recorded = (name: string): string => readFileSync(resolve(import.meta.dirname, 'recorded', name), 'utf8');

/** apt sets packages up in an order of its own, downloads in a time of its own, and the replica's tree is a few files larger. */
function comparable(text: string): string[] {
  const lines = text
    .replace(/^Fetched (.*) in .*$/m, 'Fetched $1')
    .replace(/\(Reading database \.\.\. \d+/g, '(Reading database ... N')
    .split('\n');
  const isSetup = (line: string): boolean => line.startsWith('Setting up ');
  return [...lines.filter((line) => !isSetup(line)), ...lines.filter(isSetup).sort()];
}

describe('apt-get', () => {
  it('finds no package before the lists were read, and says so as apt does', async () => {
    const shell = await openImageShell('debian');
    const result = await shell.run('apt-get install -y nginx');
    expect(result.code).toBe(100);
    expect(result.stdout).toBe('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
    expect(result.stderr).toBe('E: Unable to locate package nginx\n');
  });

  it.each([
    ['apt-get install -y nginx', 'apt-get-install-nginx.txt'],
    ['apt-get install -y --no-install-recommends curl', 'apt-get-install-curl.txt'],
  ])('prints for %s what apt printed', async (command, file) => {
    const shell = await openImageShell('debian');
    expect((await shell.run('apt-get update')).code).toBe(0);
    const result = await shell.run(command);
    expect(result.code).toBe(0);
    expect(comparable(result.stdout)).toEqual(comparable(recorded(file)));
    expect(result.simulated).not.toEqual([]);
  });

  it('leaves files with the owners and modes that the packages give them, and no archive behind', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update && apt-get install -y nginx');
    const program = shell.view.lookup(resolvePath('/usr/sbin/nginx'));
    expect(program).toMatchObject({ kind: 'file', mode: 0o755, uid: 0 });
    expect(
      (await shell.run('head -n 1 /etc/nginx/nginx.conf; cat /var/lib/dpkg/info/nginx.list | head -n 3')).stdout,
    ).toBe('user www-data;\n/.\n/usr\n/usr/sbin\n');
    expect((await shell.run('ls /var/cache/apt/archives /var/cache/apt')).stdout).not.toMatch(/\.deb|\.bin/);
    expect((await shell.run('grep -A1 "^Package: nginx$" /var/lib/dpkg/status')).stdout).toContain(
      'install ok installed',
    );
  });

  it('writes lists of the size that apt writes, which rm takes away', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update');
    // measured in a root made by debootstrap: 19.9 MB with lz4
    expect(shell.changedBytes('/var/lib/apt/lists')).toBeGreaterThan(18_000_000);
    expect(shell.changedBytes('/var/lib/apt/lists')).toBeLessThan(22_000_000);
    await shell.run('rm -rf /var/lib/apt/lists/*');
    expect(shell.changedBytes('/var/lib/apt/lists')).toBe(0);
    expect((await shell.run('apt-get install -y nginx')).code).toBe(100);
  });

  it('asks before it installs more than was named, and takes the end of input for no', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update');
    const result = await shell.run('apt-get install nginx');
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/Do you want to continue\? \[Y\/n\] Abort\.\n$/);
    expect((await shell.run('test -e /usr/sbin/nginx')).code).toBe(1);
  });

  it('refuses unknown names and versions, and anybody but root', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update');
    expect(await shell.run('apt-get install -y nginxx')).toMatchObject({
      code: 100,
      stderr: 'E: Unable to locate package nginxx\n',
    });
    expect((await shell.run('apt-get install -y nginx=1.0')).stderr).toContain(
      "E: Version '1.0' for 'nginx' was not found",
    );
    const refused = await shell.run('apt-get install -y nginx', 1000);
    expect(refused.code).toBe(100);
    expect(refused.stderr).toContain(
      'Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)',
    );
  });

  it('says of a package from an archive nobody here knows why it is not there', async () => {
    const shell = await openImageShell('debian:12-slim');
    await shell.run(
      "echo 'deb https://nginx.org/packages/debian bookworm nginx' > /etc/apt/sources.list.d/nginx.list; apt-get update",
    );
    expect((await shell.run('apt-get install -y nginx-module-njs')).stderr).toBe(
      "E: Unable to locate package nginx-module-njs\nN: https://nginx.org/packages/debian: Strata knows no archives but Debian's and Ubuntu's. " +
        "To build on here, install the distribution's own package of that name, or COPY the files from an image that has them\n",
    );
  });

  it('removes what it installed, with what came along, and keeps configuration until purged', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update && apt-get install -y nginx');
    const removed = await shell.run('apt-get remove -y nginx');
    expect(removed.stdout).toContain("Use 'apt autoremove' to remove them.");
    expect(removed.stdout).toContain('After this operation, 1368 kB disk space will be freed.');
    await shell.run('apt-get autoremove -y');
    expect((await shell.run('test -e /etc/nginx/nginx.conf')).code).toBe(0);
    const purged = await shell.run('apt-get purge -y nginx-common');
    expect(purged.stdout).toContain('Purging configuration files for nginx-common');
    expect((await shell.run('ls /etc/nginx')).code).not.toBe(0);
  });

  it('makes the users that packages make', async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update && apt-get install -y --no-install-recommends redis-server');
    expect((await shell.run('id redis')).stdout).toMatch(/^uid=1\d\d\(redis\) gid=1\d\d\(redis\)/);
    expect((await shell.run('stat -c %U:%a /var/lib/redis')).stdout).toBe('redis:750\n');
  });
});
