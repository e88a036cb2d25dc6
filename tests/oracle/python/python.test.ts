/**
 * Python programs beside the real one: `records.json` holds what Python 3.11 made of each, run as `python3 /case/main.py`. To add a
 * case, run Python and write down what it did.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../worker/base/path.ts';
import { encodeText } from '../../../worker/shell/text.ts';
import { bodyOf } from '../../../worker/vfs/body.ts';
import { createJob, createRoot, run } from '../shell/strata-shell.ts';

interface PythonRecord {
  readonly program: string;
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const records = JSON.parse(readFileSync(join(import.meta.dirname, 'records.json'), 'utf8')) as readonly PythonRecord[];
const OWNED = { uid: 0, gid: 0, mode: 0o755 };
const PYTHON = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1);

function rootWith(program: string) {
  const root = createRoot();
  for (const folder of ['usr', 'usr/bin', 'usr/lib', 'usr/lib/python3.11', 'usr/lib/python3.11/site-packages'])
    root.mkdir(resolvePath(folder), OWNED);
  root.writeFile(resolvePath('usr/bin/python3'), bodyOf(PYTHON), OWNED);
  root.writeFile(resolvePath('case/main.py'), bodyOf(encodeText(program)), OWNED);
  return root;
}

describe('Python 3.11 agrees on', () => {
  it.each(records.map((record, index) => ({ ...record, title: `${index + 1}: ${record.program.slice(0, 60)}` })))(
    '$title',
    async ({ program, stdin, stdout, stderr, exitCode }) => {
      const result = await run(['/usr/bin/python3', '/case/main.py'], rootWith(program), { stdin });
      expect({ stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode }).toEqual({
        stdout,
        stderr,
        exitCode,
      });
    },
  );
});

describe('a program that does not end', () => {
  const endless = 'while True:\n    pass\n';

  it('is killed when it has had its steps', async () => {
    const result = await run(['/usr/bin/python3', '/case/main.py'], rootWith(endless), { limits: { steps: 50_000 } });
    expect(result.exitCode).toBe(137);
  });

  it('is stopped by a cancel', async () => {
    const cancel = new AbortController();
    const running = run(['/usr/bin/python3', '/case/main.py'], rootWith(endless), { job: createJob(cancel.signal) });
    setTimeout(() => cancel.abort(), 30);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
});
