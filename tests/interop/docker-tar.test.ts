/** Layers we write, imported by the real Docker Engine: what it makes of sparse files, devices, links and long names. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, utf8 } from '../../worker/base/bytes.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import type { TarBody, TarEntry, TarHeader } from '../../worker/codec/tar-entry.ts';
import { TarReader } from '../../worker/codec/tar-reader.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import { dockerMissing, output } from './peers.ts';

const NAME = 'strata-interop-tar';
const FILE: TarHeader = { path: 'f', type: 'file', mode: 0o644, uid: 12, gid: 34, mtimeMs: 1_600_000_000_000 };
const LONG: TarHeader = { ...FILE, mode: 0o4755, uid: 3_000_000 };
const RUNS = ['head', 700_000, 'x'.repeat(3000), 5, 'y'.repeat(513), 1_234_567, 'tail'] as const;
const HOLE_BYTES = 100_000_000;
const LONG_NAME = `usr/${'long'.repeat(40)}`;

function bodyOf(runs: readonly (string | number)[]): TarBody {
  const segments = runs.map((run) => {
    if (typeof run === 'number') return { kind: 'hole' as const, length: run };
    const source = utf8(run);
    return { kind: 'data' as const, source, start: 0, end: source.byteLength };
  });
  return { sizeBytes: segments.reduce((sum, run) => sum + (run.kind === 'hole' ? run.length : run.end), 0), segments };
}

function layer(): TarWriter {
  const writer = new TarWriter();
  writer.add({ ...FILE, path: 'usr', type: 'directory', mode: 0o755 });
  writer.add({ ...FILE, path: 'usr/sparse' }, bodyOf(RUNS));
  writer.add({ ...FILE, path: 'usr/hole' }, bodyOf([HOLE_BYTES]));
  writer.add({ ...LONG, path: LONG_NAME }, bodyOf(['long']));
  writer.add({ ...FILE, path: 'usr/null', type: 'character', device: { major: 1, minor: 3 } });
  // Docker lays a hard link's own metadata over the file, so it must agree
  writer.add({ ...LONG, path: 'usr/hard', type: 'hardlink', linkTarget: LONG_NAME });
  writer.add({ ...FILE, path: 'usr/ünïcode', type: 'symlink', linkTarget: 'sparse', mode: 0o777 });
  return writer;
}

describe.skipIf(dockerMissing !== undefined)(
  `docker import${dockerMissing === undefined ? '' : ` (${dockerMissing})`}`,
  () => {
    it('takes our layer at its full size and gives it back as it was meant', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'strata-import-'));
      try {
        await writeFile(join(folder, 'in.tar'), await readAll(partsStream(layer().finish())));
        await output('docker', 'import', join(folder, 'in.tar'), NAME);
        await output('docker', 'create', '--name', NAME, NAME, 'none');
        await output('docker', 'export', '--output', join(folder, 'out.tar'), NAME);
        const tar = new Uint8Array(await readFile(join(folder, 'out.tar')));
        const entries = new Map<string, TarEntry>();
        const reader = new TarReader((entry) => entries.set(entry.path, entry));
        reader.write(tar);
        reader.end();

        const sparse = entries.get('usr/sparse')!;
        const bytes = concatBytes(
          sparse.extents.map(({ tarOffset = 0, length }) => tar.subarray(tarOffset, tarOffset + length)),
        );
        const meant = concatBytes(RUNS.map((run) => (typeof run === 'number' ? new Uint8Array(run) : utf8(run))));
        expect(equalBytes(bytes, meant)).toBe(true);
        expect(entries.get('usr/hole')?.sizeBytes).toBe(HOLE_BYTES);
        expect(entries.get('usr/null')).toMatchObject({ type: 'character', device: { major: 1, minor: 3 } });
        expect(entries.get('usr/ünïcode')).toMatchObject({ type: 'symlink', linkTarget: 'sparse' });
        // which of two names comes first, and so is the file, is Docker's choice
        const pair = [entries.get(LONG_NAME)!, entries.get('usr/hard')!];
        expect(pair.map(({ type }) => type).sort()).toEqual(['file', 'hardlink']);
        for (const entry of pair) expect(entry).toMatchObject({ mode: 0o4755, uid: 3_000_000, mtimeMs: FILE.mtimeMs });
      } finally {
        await output('docker', 'rm', '--force', NAME);
        await output('docker', 'image', 'rm', '--force', NAME);
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);
