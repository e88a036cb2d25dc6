import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { ContextFile } from '../../worker/api/types.ts';
import { filesOfZip, zipOf } from './project-zip.ts';

const FILES: readonly ContextFile[] = [
  { path: 'Dockerfile', kind: 'file', content: 'FROM scratch\n', mode: 0o644, mtimeMs: 0 },
  { path: 'bin/run.sh', kind: 'file', content: '#!/bin/sh\n', mode: 0o755, mtimeMs: 0 },
  { path: 'empty', kind: 'directory', mode: 0o700, mtimeMs: 0 },
  { path: 'link', kind: 'symlink', target: 'bin/run.sh', mode: 0o777, mtimeMs: 0 },
];

it('a project comes back as it went: modes, links, folders, bytes', async () => {
  const logo: ContextFile = { path: 'ü.bin', kind: 'file', content: Uint8Array.of(0, 255), mode: 0o600, mtimeMs: 0 };
  const files = await filesOfZip(await zipOf([...FILES, logo]));
  expect(files.slice(0, 4)).toEqual(FILES);
  expect(files[4]).toMatchObject({ path: 'ü.bin', mode: 0o600 });
  expect(new Uint8Array(await (files[4]!.content as Blob).arrayBuffer())).toEqual(Uint8Array.of(0, 255));
});

it.skipIf(!hasPython())('other programs read the modes and links as well (needs python3)', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'strata-zip-')), 'project.zip');
  writeFileSync(path, new Uint8Array(await (await zipOf(FILES)).arrayBuffer()));
  const script =
    'import sys,zipfile;[print(i.filename,oct(i.external_attr>>16)) for i in zipfile.ZipFile(sys.argv[1]).infolist()]';
  expect(execFileSync('python3', ['-c', script, path]).toString()).toBe(
    'Dockerfile 0o100644\nbin/run.sh 0o100755\nempty/ 0o40700\nlink 0o120777\n',
  );
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
});

it('the folder around everything is left off; a file beside it keeps it', async () => {
  const packed = (entries: Record<string, string>): Blob =>
    new Blob([zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])))]);
  const inside = await filesOfZip(packed({ 'repo-main/Dockerfile': 'FROM a\n', 'repo-main/src/a': '' }));
  expect(inside.map(({ path }) => path)).toEqual(['Dockerfile', 'src/a']);
  const beside = await filesOfZip(packed({ 'src/a': '', Dockerfile: '' }));
  expect(beside.map(({ path }) => path)).toEqual(['src/a', 'Dockerfile']);
});

it('a zip that is none, or climbs out of the project, is refused', async () => {
  await expect(filesOfZip(new Blob(['PK no more']))).rejects.toThrow('damaged');
  const climbing = new Blob([zipSync({ '../../etc/passwd': strToU8('x') })]);
  await expect(filesOfZip(climbing)).rejects.toThrow('cannot leave the project');
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('what macOS packs beside the files is left out, and keeps no folder around everything', async () => {
  const packed = zipSync({ 'shop/Dockerfile': strToU8('FROM a\n'), '__MACOSX/shop/._Dockerfile': strToU8('\0') });
  expect((await filesOfZip(new Blob([packed]))).map(({ path }) => path)).toEqual(['Dockerfile']);
});

it('an encrypted zip is refused as such, not taken for damaged', async () => {
  const packed = zipSync({ Dockerfile: strToU8('FROM a\n') }, { level: 0 });
  const entry = Buffer.from(packed).indexOf('PK\u0001\u0002', 'latin1');
  packed[entry + 8]! |= 1;
  await expect(filesOfZip(new Blob([packed]))).rejects.toThrow('encrypted');
});

it('a damaged entry is refused by its name, packed or stored', async () => {
  const text = 'RUN a line that is packed well, a line that is packed well\n';
  const stored = zipSync({ whole: strToU8('x'), 'src/broken.sh': [strToU8(text), { level: 0 }] });
  stored[Buffer.from(stored).indexOf(text)]! ^= 1;
  await expect(filesOfZip(new Blob([stored]))).rejects.toThrow('“src/broken.sh” does not have the checksum');
  const deflated = zipSync({ whole: strToU8('x'), 'src/broken.sh': strToU8(text) });
  const data = Buffer.from(deflated).indexOf('src/broken.sh') + 'src/broken.sh'.length;
  for (const bit of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const damaged = deflated.slice();
    damaged[data + 8]! ^= 1 << bit;
    await expect(filesOfZip(new Blob([damaged]))).rejects.toThrow('“src/broken.sh”');
  }
});

it('names of before UTF-8 keep their modes', async () => {
  const packed = zipSync({
    'r\u00e9sum\u00e9': [strToU8('x'), { os: 3, attrs: (0o100755 << 16) >>> 0 }],
    b: strToU8(''),
  });
  const bytes = Buffer.from(packed);
  for (let at = bytes.indexOf('PK'); at >= 0; at = bytes.indexOf('PK', at + 2)) {
    const flags = bytes.readUInt32LE(at) === 0x04034b50 ? 6 : bytes.readUInt32LE(at) === 0x02014b50 ? 8 : undefined;
    if (flags !== undefined) packed[at + flags + 1]! &= ~8;
  }
  expect((await filesOfZip(new Blob([packed]))).map(({ mode }) => mode)).toEqual([0o755, 0o644]);
});

it('a zip whose directory is told by the end record of Zip64 is read, and checked too', async () => {
  const packed = zipSync({ Dockerfile: [strToU8('FROM a\n'), { level: 0 }] });
  const [entries, end] = [packed.slice(0, -22), new DataView(packed.slice(-22).buffer)];
  const zip64 = new DataView(new ArrayBuffer(56 + 20));
  zip64.setUint32(0, 0x06064b50, true);
  zip64.setUint32(4, 44, true);
  for (const count of [24, 32]) zip64.setUint32(count, 1, true);
  zip64.setUint32(48, end.getUint32(16, true), true);
  zip64.setUint32(56, 0x07064b50, true);
  zip64.setUint32(56 + 8, entries.byteLength, true);
  end.setUint32(16, 0xffffffff, true);
  const blob = (): Blob => new Blob([entries, zip64, end]);
  expect(await filesOfZip(blob())).toMatchObject([{ path: 'Dockerfile', content: 'FROM a\n' }]);
  entries[Buffer.from(entries).indexOf('FROM')]! ^= 1;
  await expect(filesOfZip(blob())).rejects.toThrow('“Dockerfile” does not have the checksum');
});
