/** Programs of RUN on 10 MB, beside this machine's busybox. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePath } from '../../../worker/base/path.ts';
import { bodyOf } from '../../../worker/vfs/body.ts';
import { createRoot, run } from '../../oracle/shell/strata-shell.ts';
import type { Benchmark } from '../benchmark.ts';

const DATA_BYTES = 10 << 20;
const native = promisify(execFile);

/** Lines of numbers, which shrink to a third or so. */
function lines(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(DATA_BYTES);
  let state = 1;
  for (let i = 0; i < DATA_BYTES; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = i % 16 === 15 ? 10 : 48 + ((state >>> 24) % 10);
  }
  return bytes;
}

function program(name: string, script: string): Benchmark {
  return {
    name,
    goal: 'within 20 x of busybox',
    async prepare() {
      const data = lines();
      const folder = await mkdtemp(join(tmpdir(), 'strata-bench-'));
      await writeFile(join(folder, 'data'), data);
      let root = createRoot();
      return {
        dataBytes: DATA_BYTES,
        beforeEach: async () => {
          root = createRoot();
          root.writeFile(resolvePath('/case/data'), bodyOf(data), { mode: 0o644, uid: 0, gid: 0 });
        },
        async strata() {
          const { exitCode, stderr } = await run(['/bin/sh', '-c', script], root);
          if (exitCode !== 0) throw new Error(`${script}: ${stderr}`);
        },
        docker: async () => {
          await native('busybox', ['sh', '-c', script], { cwd: folder });
        },
        cleanUp: () => rm(folder, { recursive: true }),
      };
    },
  };
}

export const gzipProgram = program('RUN gzip of 10 MB', 'gzip -c data > data.gz');
export const digestProgram = program('RUN sha256sum of 10 MB', 'sha256sum data > sum');
export const tarPrograms = program('RUN tar c | tar x of 10 MB', 'mkdir -p out && tar c data | tar x -C out');
