/** What a RUN may use, and how it ends when it uses more; how soon a cancel ends it. */
import { describe, expect, it } from 'vitest';
import { clock, createJob, createRoot, run } from '../../tests/oracle/shell/strata-shell.ts';
import type { Limits } from './process.ts';

const shell = (script: string, limits: Partial<Limits>) => run(['/bin/sh', '-c', script], createRoot(), { limits });

describe('a RUN that uses too much is killed with 137 and told why', () => {
  it.each<[string, string, Partial<Limits>, RegExp]>([
    ['an endless loop', 'while :; do :; done', { steps: 100_000 }, /more than 100000 steps of work/],
    ['an endless pipe', 'yes | cat > /dev/null', { steps: 10_000 }, /steps of work/],
    ['a device copied to a file', 'cat /dev/zero > f', { memoryBytes: 8 << 20 }, /more than 8388608 bytes of memory/],
    ['a sort of endless input', 'yes | sort', { memoryBytes: 8 << 20 }, /bytes of memory/],
    ['a digest of endless input', 'cat /dev/zero | sha256sum', { memoryBytes: 8 << 20 }, /bytes of memory/],
    ['an archive that does not end', 'cat /dev/zero | gzip | tar xz', { memoryBytes: 8 << 20 }, /bytes of memory/],
    ['a string that doubles', 'x=12345678; while :; do x=$x$x; done', {}, /bytes of memory/],
    [
      'an expression tried in all ways',
      `echo ${'a'.repeat(60)} | grep -E '^(a+)+\\1b$'`,
      { steps: 200_000 },
      /steps of work/,
    ],
    ['a query without an end', "jq -n 'last(range(infinite))'", { steps: 200_000 }, /steps of work/],
    ['a query that calls itself', "jq -n 'def f: 1 + f; f'", {}, /bytes of memory/],
    ['endless output', 'yes', { outputBytes: 1 << 20 }, /more than 1048576 bytes of output/],
    ['files without end', 'i=0; while :; do i=$((i+1)); mkdir d$i; done', { files: 50 }, /more than 50 new files/],
    ['a fork bomb', 'f() { f | f & }; f; while :; do sleep 1; done', { processes: 64 }, /more than 64 processes/],
    ['children that are never awaited', 'while :; do sleep 9 & done', { processes: 64 }, /more than 64 processes/],
  ])('%s', async (_, script, limits, message) => {
    const { exitCode, stderr } = await shell(script, limits);
    expect(stderr).toMatch(/^Killed: the step used /m);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(137);
  });

  it('not one that stays within its limits', async () => {
    const { exitCode, stdout } = await shell('for i in 1 2 3; do echo $i | cat; done', { processes: 8, steps: 10_000 });
    expect(stdout).toBe('1\n2\n3\n');
    expect(exitCode).toBe(0);
  });
});

describe('a cancel ends a RUN within 100 ms', () => {
  it.each([
    ['that loops', 'while :; do :; done'],
    ['that sleeps', 'sleep 1000'],
    ['that waits for a child', '(sleep 1000) & wait'],
    ['that fills a pipe nobody empties', 'yes | sleep 1000'],
    ['that reads a fifo nobody writes', 'mkfifo p; cat p'],
    ['that hashes', 'cat /dev/zero | md5sum'],
    ['that packs', 'cat /dev/zero | gzip > /dev/null'],
    ['that copies blocks', 'dd if=/dev/zero of=/dev/null'],
    ['that walks a tree', 'while :; do find / > /dev/null; done'],
    ['that matches an expression with a reference', `echo ${'a'.repeat(40)} | grep -E '^(a+)+\\1b$'`],
    ['that edits with one', `echo ${'a'.repeat(40)} | sed -E 's/^(a+)+\\1b$//'`],
    ['that computes with one', `expr ${'a'.repeat(40)} : '\\(\\(a*\\)*\\)*\\2b'`],
    ['that queries for ever', "jq -n '[range(infinite)] | length'"],
    ['that folds for ever', "jq -n 'reduce range(infinite) as $x (0; . + 1)'"],
    ['that traps its signals', "trap '' TERM INT; while :; do :; done"],
  ])('%s', async (_, script) => {
    const stop = new AbortController();
    const running = run(['/bin/sh', '-c', script], createRoot(), { job: createJob(stop.signal) });
    running.catch(() => undefined);
    await clock.sleep(150);
    // the time this process works: others may have the machine
    const start = process.cpuUsage();
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

it.each([
  ['grep', `echo ${'a'.repeat(5000)} | grep -cE '(a*)*b'`, '0\n'],
  ['sed', `echo ${'ab'.repeat(5000)} | sed -E 's/(a|b|ab)*c/x/' | wc -c`, '10001\n'],
  ['awk', `echo ${'a'.repeat(5000)} | awk '{ print match($0, /(a|aa)+$/), gsub(/(a+)+b/, "") }'`, '1 0\n'],
  ['expr', `expr ${'a'.repeat(5000)} : '\\(a*\\)*b'`, '\n'],
  ['jq', `jq -n '("a" * 5000) | test("(a*)*b")'`, 'false\n'],
  ['a shell', `x=${'a'.repeat(5000)}; echo "\${x##*a*a*a*a*b}" | wc -c`, '5001\n'],
])('%s matches what would take others years', async (_, script, output) => {
  const { stdout, stderr } = await shell(script, {});
  expect({ stdout, stderr }).toEqual({ stdout: output, stderr: '' });
});

it('a pattern of many stars is matched in no time', async () => {
  await shell('true', {});
  const text = 'a'.repeat(200);
  const start = performance.now();
  const { stdout } = await shell(
    `case ${text} in ${'*a'.repeat(20)}*b) echo no;; ${'*a'.repeat(20)}*a) echo yes;; esac; case 'x[*]y1z' in x[[]*\\]*[xy]?*z) echo brackets;; esac`,
    {},
  );
  expect(stdout).toBe('yes\nbrackets\n');
  expect(performance.now() - start).toBeLessThan(1000);
});
