import { describe, expect, it } from 'vitest';
import { createRoot, run } from '../../../tests/oracle/shell/strata-shell.ts';
import { resolvePath } from '../../base/path.ts';
import { EMPTY_BODY } from '../../vfs/body.ts';
import type { UnionView } from '../../vfs/view.ts';
import { sha512Crypt } from './password-hash.ts';

/** A root whose /usr/sbin has binaries of their own for these programs, as Debian does. */
function debianRoot(...programs: readonly string[]): UnionView {
  const root = createRoot();
  const owner = { uid: 0, gid: 0 };
  for (const path of ['/usr', '/usr/sbin', '/home', '/etc/skel'])
    root.mkdir(resolvePath(path), { ...owner, mode: 0o755 });
  for (const name of programs) {
    const hollow = { sizeBytes: 1000, segments: [{ kind: 'hole', length: 1000 } as const] };
    root.writeFile(resolvePath(`/usr/sbin/${name}`), hollow, { ...owner, mode: 0o755 });
  }
  root.writeFile(resolvePath('/etc/skel/.profile'), EMPTY_BODY, { ...owner, mode: 0o644 });
  return root;
}

describe("Debian's adduser", () => {
  const debian = async (script: string) => run(['/bin/dash', '-c', script], debianRoot('adduser', 'addgroup'));

  it('makes a user with a group of their own and a home', async () => {
    const { stdout, exitCode } = await debian(
      "adduser --disabled-password --gecos '' app; tail -n 1 /etc/passwd /etc/group; stat -c '%U %a' /home/app /home/app/.profile",
    );
    expect(stdout).toContain("Adding user `app' ...\nAdding new group `app' (1000) ...\n");
    expect(stdout).toContain('app:x:1000:1000::/home/app:/bin/bash');
    expect(stdout).toContain('app:x:1000:\n');
    expect(stdout).toContain('app 700\napp 644\n');
    expect(exitCode).toBe(0);
  });

  it('gives a system user no home and no shell', async () => {
    const { stdout } = await debian('adduser --system --group --quiet svc; grep svc /etc/passwd /etc/group');
    expect(stdout).toBe('/etc/passwd:svc:x:100:100::/nonexistent:/usr/sbin/nologin\n/etc/group:svc:x:100:\n');
  });

  it('takes an existing system user as done, and another as a mistake', async () => {
    const { stdout, stderr } = await debian(
      'adduser --system --quiet a; adduser --system a; echo $?; adduser root; echo $?; addgroup --quiet g; adduser a g; adduser a nope; echo $?',
    );
    expect(stdout).toBe("0\n1\nAdding user `a' to group `g' ...\nDone.\n1\n");
    expect(stderr).toContain("The system user `a' already exists. Exiting.");
    expect(stderr).toContain("adduser: The user `root' already exists.");
  });
});

describe('passwords', () => {
  it('are hashed as crypt(3) does', async () => {
    expect(await sha512Crypt('geheim', 'saltsalt')).toBe(
      '$6$saltsalt$sfZR6YSW/Dp0uCiyF9fDipa6ORr5LVLOwXNgtzRlXXhkC7xA3w4zy97VIC3vL14AUXGJp3yBjZVztkdiBzJnX1',
    );
    const long = 'a much longer password than sixty-four bytes, so that the block is filled more than once';
    expect(await sha512Crypt(long, 'x')).toBe(
      '$6$x$2ZeM1d/j3QPNcQX.osHxRwfcO1JyccTJUiP790m9U5KsYn9dvtgpuNuguf2HLqdt9Oac/81biw41VKC5dX9fK/',
    );
  });

  it('are set by chpasswd from lines', async () => {
    const { stdout, exitCode } = await run([
      '/bin/sh',
      '-c',
      "echo 'root:*:1:::::' | sed 's/:::::/::::::/' > /etc/shadow; echo root:secret | chpasswd; cut -c1-8 /etc/shadow; echo root:given | chpasswd -e; cut -d: -f2 /etc/shadow",
    ]);
    expect(stdout).toContain('root:$6$\n');
    expect(stdout).toContain('\ngiven\n');
    expect(exitCode).toBe(0);
  });
});

describe('programs that become others', () => {
  it('gosu changes the user and the home, and nothing else', async () => {
    const { stdout, stderr } = await run([
      '/bin/sh',
      '-c',
      "gosu nobody sh -c 'id -u; echo $HOME'; su-exec 12:34 id -g; gosu nope id; setsid echo a; ionice -c 3 echo b; tini -- echo c; taskset 1 echo d",
    ]);
    expect(stdout).toBe('65534\n/\n34\na\nb\nc\nd\n');
    expect(stderr).toBe('gosu: error: failed switching to "nope": unknown user nope\n');
  });
});
