/**
 * Records what real shells do with the cases: `tsx tests/oracle/shell/record.ts [TOPIC…]`, as root on Linux. Each script runs as process 1
 * of a new process namespace in a root of its own: the busybox of ../shared/images, and this machine's dash and bash. Under /gnu, for
 * scripts that put it before their PATH, are this machine's own programs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describeText, GNU_PROGRAMS, readCases, type ShellCase, type ShellName, type ShellRecord } from './cases.ts';
import { recordsPath, topicsIn } from '../topics.ts';

const ROOTFS = resolve(import.meta.dirname, '../../../../shared/images/busybox-rootfs.tar.gz');
const TIMEOUT_MS = 10_000;
const PROGRAMS = { ash: '/bin/sh', dash: '/bin/dash', bash: '/bin/bash' } as const;
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'strata-shell-'));
  execFileSync('tar', ['xzf', ROOTFS, '-C', root]);
  mkdirSync(join(root, 'gnu'));
  const gnu = GNU_PROGRAMS.map((name) => [findProgram(name), `/gnu/${name}`] as const);
  for (const [program, place] of [['/bin/bash', '/bin/bash'], ['/bin/dash', '/bin/dash'], ...gnu] as const) {
    cpSync(program, join(root, place), { dereference: true });
    // a script has no libraries
    const libraries = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout;
    for (const [, library = ''] of libraries.matchAll(/(\/\S+) \(0x/g)) {
      mkdirSync(join(root, dirname(library)), { recursive: true });
      cpSync(library, join(root, library), { dereference: true });
    }
  }
  for (const directory of ['dev', 'proc', 'tmp', 'root', 'case']) mkdirSync(join(root, directory), { recursive: true });
  const devices = { null: 3, zero: 5, full: 7, random: 8, urandom: 9 };
  for (const [name, minor] of Object.entries(devices))
    execFileSync('mknod', ['-m', '666', join(root, 'dev', name), 'c', '1', String(minor)]);
  const links = { fd: '', stdin: '/0', stdout: '/1', stderr: '/2' };
  for (const [name, end] of Object.entries(links))
    execFileSync('ln', ['-s', `/proc/self/fd${end}`, join(root, 'dev', name)]);
  return root;
}

function findProgram(name: string): string {
  return execFileSync('/bin/sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
}

function record(root: string, { name, script }: ShellCase, shell: ShellName): ShellRecord {
  const work = join(root, 'case');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  // The streams are pipes, as under BuildKit: what Node makes itself are sockets, which cannot be opened as /dev/stdout.
  const started = 'cd /case; exec env -i PATH="$PATH" HOME=/root "$0" -c "$1"';
  const inside = 'exec chroot "$1" /bin/sh -c "$4" "$2" "$3" < /dev/null > "$1/out" 2> "$1/err"';
  const outside = [
    'rm -f "$1/out" "$1/err"; mkfifo "$1/out" "$1/err"',
    'cat "$1/out" > "$1/stdout" & cat "$1/err" > "$1/stderr" &',
    'unshare --mount --pid --fork --mount-proc="$1/proc" /bin/sh -c "$5" sh "$1" "$2" "$3" "$4"; status=$?; wait; exit $status',
  ].join('\n');
  const result = spawnSync('/bin/sh', ['-c', outside, 'sh', root, PROGRAMS[shell], script, started, inside], {
    env: ENVIRONMENT,
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  if (result.error !== undefined) throw new Error(`${name} (${shell}): ${result.error.message}`);
  return {
    stdout: readFileSync(join(root, 'stdout'), 'utf8'),
    stderr: readFileSync(join(root, 'stderr'), 'utf8'),
    exitCode: result.status ?? 128,
    tree: describe(work, '/case'),
  };
}

/** The same lines as `describeTree` of strata-shell.ts. */
function describe(directory: string, shown: string): string[] {
  return readdirSync(directory, { encoding: 'utf8' })
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      const status = lstatSync(path);
      const mode = (status.mode & 0o7777).toString(8).padStart(4, '0');
      const line = `${shown}/${name}`;
      if (status.isFile()) return [`${line} file ${mode} ${describeText(readFileSync(path, 'utf8'))}`];
      if (status.isSymbolicLink()) return [`${line} link ${readlinkSync(path)}`];
      if (status.isFIFO()) return [`${line} fifo ${mode}`];
      return [`${line} directory ${mode}`, ...describe(path, line)];
    });
}

function main(): void {
  if (!existsSync(ROOTFS)) throw new Error(`missing ${ROOTFS}`);
  const root = makeRoot();
  try {
    const chosen = process.argv.slice(2);
    for (const topic of chosen.length === 0 ? topicsIn(import.meta.dirname) : chosen) {
      const entries = readCases(topic).map((one) => [
        one.name,
        Object.fromEntries(one.shells.map((shell) => [shell, record(root, one, shell)])),
      ]);
      mkdirSync(dirname(recordsPath(import.meta.dirname, topic)), { recursive: true });
      writeFileSync(
        recordsPath(import.meta.dirname, topic),
        JSON.stringify(Object.fromEntries(entries), null, 1) + '\n',
      );
      process.stdout.write(`${topic}: ${entries.length} cases\n`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

main();
