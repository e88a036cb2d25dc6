/**
 * What Strata makes of golden cases, in one process:
 *
 *     npm run -s record -- build --out DIR CASE.txtar...     what a build made, as `DIR/CASE.json`
 *     npm run -s record -- script --out DIR CASE.sh...       a transcript of docker commands, as `DIR/CASE.out`
 *
 * A case that cannot be read is told and left out; the exit code is 1 then.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { openCaseEnvironment } from './case-environment.ts';
import { recordCase } from './case-record.ts';
import { recordScript } from './script-record.ts';

const USAGE = 'usage: record build|script --out DIR CASE...';

/** Makes the record of a case's text. */
type Recorder = (text: string) => Promise<string>;

async function main([command, ...words]: readonly string[]): Promise<number> {
  const out = words[0] === '--out' ? words[1] : undefined;
  const cases = words.slice(2);
  if ((command !== 'build' && command !== 'script') || out === undefined || cases.length === 0) {
    console.error(USAGE);
    return 2;
  }
  await mkdir(out, { recursive: true });
  const record = command === 'build' ? await buildRecorder() : recordScript;
  const extension = command === 'build' ? '.json' : '.out';
  let unreadable = 0;
  for (const path of cases) {
    try {
      const text = await record(await readFile(path, 'utf8'));
      await writeFile(join(out, basename(path, extname(path)) + extension), text);
    } catch (error) {
      console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      unreadable++;
    }
  }
  return unreadable === 0 ? 0 : 1;
}

/** One base image for all cases. */
async function buildRecorder(): Promise<Recorder> {
  const environment = await openCaseEnvironment();
  return async (text) => `${JSON.stringify(await recordCase(text, environment), undefined, 1)}\n`;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
