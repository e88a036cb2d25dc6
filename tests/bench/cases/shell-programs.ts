/** The shell and its programs beside the busybox of this machine: 10 MB of text, 10,000 files, 10,000 turns of a loop. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '../../../worker/base/bytes.ts';
import { resolvePath } from '../../../worker/base/path.ts';
import { bodyOf } from '../../../worker/vfs/body.ts';
import { createRoot, run } from '../../oracle/shell/strata-shell.ts';
import type { Benchmark } from '../benchmark.ts';

const TEXT_BYTES = 10_000_000;
const OWNER = { uid: 0, gid: 0, mode: 0o644 };
const MAKE_FILES =
  'i=0; while [ $i -lt 100 ]; do mkdir -p t/$i; j=0; while [ $j -lt 100 ]; do : > t/$i/$j; j=$((j+1)); done; i=$((i+1)); done';
const BUSYBOX = '/bin/busybox';
const hasBusybox = spawnSync(BUSYBOX, ['true']).status === 0;

function makeText(): string {
  const lines: string[] = [];
  for (let i = 0, bytes = 0; bytes < TEXT_BYTES; i++) {
    const line = `${(i * 7919) % 100_003} word${i % 977} some text here ${i}\n`;
    lines.push(line);
    bytes += line.length;
  }
  return lines.join('');
}

/** One script on both sides, in a directory with the text `big` and, where asked for, a tree of files `t`. */
function shellBenchmark(name: string, goal: string, script: string, withFiles = false): Benchmark {
  return {
    name,
    goal,
    async prepare() {
      const text = makeText();
      const root = createRoot();
      root.writeFile(resolvePath('/case/big'), bodyOf(utf8(text)), OWNER);
      if (withFiles) await run(['/bin/sh', '-c', MAKE_FILES], root);
      const directory = mkdtempSync(join(tmpdir(), 'strata-bench-'));
      writeFileSync(join(directory, 'big'), text);
      const native = (command: string): void => {
        execFileSync(BUSYBOX, ['sh', '-c', command], { cwd: directory, stdio: 'ignore' });
      };
      if (withFiles && hasBusybox) native(MAKE_FILES);
      return {
        strata: async () => {
          const { exitCode, stderr } = await run(['/bin/sh', '-c', script], root);
          if (exitCode !== 0) throw new Error(`${name}: ${stderr}`);
        },
        ...(hasBusybox && { docker: async () => native(script) }),
        cleanUp: async () => rmSync(directory, { recursive: true, force: true }),
      };
    },
  };
}

/** The other side is native busybox here, not Docker. */
export const shellPrograms: readonly Benchmark[] = [
  shellBenchmark('shell: 10,000 turns of a loop', 'under 100 ms', 'i=0; while [ $i -lt 10000 ]; do i=$((i+1)); done'),
  shellBenchmark('shell: find among 10,000 files', 'within 20 x', 'find t -type f -name "*7" > /dev/null', true),
  shellBenchmark('shell: sed over 10 MB', 'within 20 x', "sed 's/word/W/' big > /dev/null"),
  shellBenchmark('shell: sort of 10 MB', 'within 20 x', 'sort big > /dev/null'),
  shellBenchmark('shell: grep over 10 MB', 'within 20 x', 'grep word1 big > /dev/null'),
  shellBenchmark('shell: awk sum over 10 MB', 'within 20 x', "awk '{ s += $1 } END { print s }' big"),
];
