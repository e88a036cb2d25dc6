/** Records what the real Node does with the programs of the cases: `tsx tests/oracle/node/record.ts [TOPIC...]`, with Node 20. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCases, recordsPath, topics, type NodeCase, type NodeRecord } from './cases.ts';

const wanted = process.argv.slice(2);

for (const topic of wanted.length > 0 ? wanted : topics()) {
  const records: Record<string, NodeRecord> = {};
  for (const one of readCases(topic)) records[one.name] = record(one);
  writeFileSync(recordsPath(topic), `${JSON.stringify(records, null, 2)}\n`);
}

function record({ files, main, stdin }: NodeCase): NodeRecord {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'node-case-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/root', TZ: 'UTC' };
    const { stdout, stderr, status } = spawnSync('node', [main], { cwd: folder, env, input: stdin, encoding: 'utf8' });
    const neutral = (text: string): string => text.replaceAll(folder, '/case');
    return { stdout: neutral(stdout), stderr: neutral(stderr), exitCode: status ?? -1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
