/** Runs the recorded programs on Strata's interpreter: same output, tracebacks and exit status as the real Python 3.11. */
import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../worker/base/path.ts';
import { encodeText } from '../../../worker/shell/text.ts';
import { bodyOf } from '../../../worker/vfs/body.ts';
import { readPrograms, type ProgramRecord } from '../program-cases.ts';
import { createJob, createRoot, run } from '../shell/strata-shell.ts';
import { readRecords, topicsIn } from '../topics.ts';

const FOLDER = import.meta.dirname;
const OWNED = { uid: 0, gid: 0, mode: 0o755 };
/** The head of a program, which is all that the interpreter looks at. */
const PYTHON = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1);

function rootWith(files: Readonly<Record<string, string>>) {
  const root = createRoot();
  for (const folder of ['usr', 'usr/bin', 'usr/lib', 'usr/lib/python3.11', 'usr/lib/python3.11/site-packages'])
    root.mkdir(resolvePath(folder), OWNED);
  root.writeFile(resolvePath('usr/bin/python3'), bodyOf(PYTHON), OWNED);
  for (const [name, text] of Object.entries(files))
    root.writeFile(resolvePath(`case/${name}`), bodyOf(encodeText(text)), OWNED);
  return root;
}

describe.each(topicsIn(FOLDER))('the real Python agrees on %s', (topic) => {
  const records = readRecords<ProgramRecord>(FOLDER, topic);
  it.each(readPrograms(FOLDER, topic, 'main.py'))('$name', async ({ name, main, files, stdin }) => {
    const recorded = records[name];
    if (recorded === undefined) throw new Error(`${name} is not recorded: run tests/oracle/python/record.ts`);
    const { stdout, stderr, exitCode } = await run(['/usr/bin/python3', `/case/${main}`], rootWith(files), { stdin });
    expect({ stdout, stderr, exitCode }).toEqual(recorded);
  });
});

describe('a program that does not end', () => {
  const endless = 'while True:\n    pass\n';

  it('is killed when it has had its steps', async () => {
    const result = await run(['/usr/bin/python3', '/case/main.py'], rootWith({ 'main.py': endless }), {
      limits: { steps: 50_000 },
    });
    expect(result.exitCode).toBe(137);
  });

  it('is stopped by a cancel', async () => {
    const cancel = new AbortController();
    const running = run(['/usr/bin/python3', '/case/main.py'], rootWith({ 'main.py': endless }), {
      job: createJob(cancel.signal),
    });
    setTimeout(() => cancel.abort(), 30);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
});
