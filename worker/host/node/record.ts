/**
 * `npm run -s record -- build --out DIR CASE.txtar...`: what Strata makes of golden cases, as `DIR/CASE.json`. One process and one
 * base image for all of them. A case that cannot be read is told and left out; the exit code is 1 then.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openCaseEnvironment } from './case-environment.ts';
import { recordCase } from './case-record.ts';

const USAGE = 'usage: record build --out DIR CASE.txtar...';

async function main([command, ...words]: readonly string[]): Promise<number> {
  const out = words[0] === '--out' ? words[1] : undefined;
  const cases = words.slice(2);
  if (command !== 'build' || out === undefined || cases.length === 0) {
    console.error(USAGE);
    return 2;
  }
  await mkdir(out, { recursive: true });
  const environment = await openCaseEnvironment();
  let unreadable = 0;
  for (const path of cases) {
    try {
      const record = await recordCase(await readFile(path, 'utf8'), environment);
      await writeFile(join(out, `${basename(path, '.txtar')}.json`), `${JSON.stringify(record, undefined, 1)}\n`);
    } catch (error) {
      console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      unreadable++;
    }
  }
  return unreadable === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
