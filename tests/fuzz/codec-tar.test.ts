/** Property tests of the tar codec: what is written is read back, and no damage does worse than an EngineError. */
import fc from 'fast-check';
import { createTarDecoder, packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, utf8, type Bytes } from '../../worker/base/bytes.ts';
import { EngineError } from '../../worker/base/errors.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import type { TarBody, TarEntry, TarHeader, TarSegment } from '../../worker/codec/tar-entry.ts';
import { TarReader } from '../../worker/codec/tar-reader.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';

const RUNS = { numRuns: Number(process.env['STRATA_FUZZ_RUNS'] ?? 100) };

const name = fc.oneof(
  fc.stringMatching(/^[a-z./ _-]{0,120}[a-z]$/),
  fc.stringMatching(/^[a-z]{1,60}(?:\/[a-z]{1,90}){1,4}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }).map((text) => `${text.replaceAll('\0', '')}x`),
);
const id = fc.oneof(fc.nat(70_000), fc.nat(2 ** 31), fc.constantFrom(0o7777777, 0o10000000, 2 ** 40));
const mtimeMs = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 }).map((seconds) => seconds * 1000),
  fc.integer({ min: -(10 ** 12), max: 4 * 10 ** 12 }),
  fc.integer({ min: 0, max: 10 ** 15 }).map((micros) => micros / 1000),
);
const xattrs = fc
  .array(fc.tuple(fc.stringMatching(/^user\.[a-z.\n ]{1,20}$/), fc.uint8Array({ maxLength: 40 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pairs) => new Map(pairs.map(([key, value]) => [key, Uint8Array.from(value)])));
const attributes = fc.record(
  { path: name, mode: fc.nat(0o7777), uid: id, gid: id, mtimeMs, uname: name, gname: name, xattrs },
  { requiredKeys: ['path', 'mode', 'uid', 'gid', 'mtimeMs'] },
);

const segment: fc.Arbitrary<TarSegment> = fc.oneof(
  fc.uint8Array({ maxLength: 1500 }).map((bytes) => {
    const source = Uint8Array.from(bytes);
    return { kind: 'data' as const, source, start: 0, end: source.byteLength };
  }),
  fc.oneof(fc.nat(3000), fc.nat(200_000)).map((length) => ({ kind: 'hole' as const, length })),
);
const lengthOf = (part: TarSegment): number => (part.kind === 'hole' ? part.length : part.end - part.start);
const body: fc.Arbitrary<TarBody> = fc
  .array(segment, { maxLength: 6 })
  .map((segments) => ({ segments, sizeBytes: segments.reduce((sum, part) => sum + lengthOf(part), 0) }));

const device = fc.record({ major: fc.nat(0o7777777), minor: fc.nat(0o7777777) });
interface Item {
  readonly header: TarHeader;
  readonly body?: TarBody;
}
const item: fc.Arbitrary<Item> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(attributes, body).map(([a, b]) => ({ header: { ...a, type: 'file' as const }, body: b })),
  },
  fc
    .tuple(attributes, fc.constantFrom('directory' as const, 'fifo' as const))
    .map(([a, type]) => ({ header: { ...a, type, path: type === 'directory' ? `${a.path}/` : a.path } })),
  fc
    .tuple(attributes, fc.constantFrom('symlink' as const, 'hardlink' as const), name)
    .map(([a, type, linkTarget]) => ({ header: { ...a, type, linkTarget } })),
  fc
    .tuple(attributes, fc.constantFrom('character' as const, 'block' as const), device)
    .map(([a, type, numbers]) => ({ header: { ...a, type, device: numbers } })),
);

async function write(items: readonly Item[]): Promise<Bytes> {
  const writer = new TarWriter();
  for (const { header, body: bytes } of items) writer.add(header, bytes);
  return readAll(partsStream(writer.finish()));
}

function read(tar: Uint8Array, cuts: readonly number[] = []): TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader((entry) => entries.push(entry), { maxEntries: 10_000 });
  let at = 0;
  for (let i = 0; at < tar.byteLength; i++) {
    const end = at + (cuts.length === 0 ? tar.byteLength : cuts[i % cuts.length]!);
    // a copy that is wiped after: the reader must not hold on to what it is given
    const chunk = tar.slice(at, end);
    reader.write(chunk);
    chunk.fill(0xee);
    at = end;
  }
  reader.end();
  return entries;
}

function contentOf(tar: Bytes, entry: TarEntry): Bytes {
  return concatBytes(
    entry.extents.map(({ tarOffset, length }) =>
      tarOffset === undefined ? new Uint8Array(length) : tar.subarray(tarOffset, tarOffset + length),
    ),
  );
}

function bytesOf({ segments }: TarBody): Bytes {
  return concatBytes(
    segments.map((part) => {
      if (part.kind === 'hole') return new Uint8Array(part.length);
      return part.source instanceof Uint8Array ? part.source.subarray(part.start, part.end) : new Uint8Array(0);
    }),
  );
}

const cutSizes = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 5 });

describe('tar', () => {
  it('reads back what it wrote, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 6 }), cutSizes, async (items, cuts) => {
        const tar = await write(items);
        const entries = read(tar, cuts);
        expect(entries.length).toBe(items.length);
        for (const [i, { header, body: bytes }] of items.entries()) {
          const entry = entries[i]!;
          const { mtimeMs: mtime, ...rest } = header;
          expect(entry).toMatchObject(rest);
          expect(Math.abs(entry.mtimeMs - mtime)).toBeLessThan(0.001);
          expect(entry.sizeBytes).toBe(bytes?.sizeBytes ?? 0);
          expect(equalBytes(contentOf(tar, entry), bytes === undefined ? new Uint8Array(0) : bytesOf(bytes))).toBe(
            true,
          );
        }
      }),
      RUNS,
    );
  });

  it('tells where it wrote a body as the reader tells it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 6 }), async (items) => {
        const writer = new TarWriter();
        const told = items.map(({ header, body: bytes }) => writer.add(header, bytes));
        const entries = read(await readAll(partsStream(writer.finish())));
        expect(entries.map(({ extents }) => extents)).toEqual(told);
      }),
      RUNS,
    );
  });

  it('writes the same bytes for what it read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), async (items) => {
        const tar = await write(items);
        const again = read(tar).map((entry) => ({
          header: entry,
          ...(entry.type === 'file'
            ? {
                body: {
                  sizeBytes: entry.sizeBytes,
                  segments: entry.extents.map(({ tarOffset, length }): TarSegment =>
                    tarOffset === undefined
                      ? { kind: 'hole', length }
                      : { kind: 'data', source: tar, start: tarOffset, end: tarOffset + length },
                  ),
                },
              }
            : {}),
        }));
        expect(equalBytes(await write(again), tar)).toBe(true);
      }),
      RUNS,
    );
  });

  it('throws EngineErrors only, and ends, on damaged archives', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 4 }),
        damage,
        fc.nat(),
        async (items, changes, cutAt) => {
          const tar = await write(items);
          for (const [at, value] of changes) tar[at % tar.byteLength] = value;
          repairChecksums(tar);
          try {
            read(tar.subarray(0, cutAt % 3 === 0 ? cutAt % tar.byteLength : tar.byteLength));
          } catch (error) {
            expect(error).toBeInstanceOf(EngineError);
            expect((error as EngineError).code).toMatch(/^(corrupt|invalid-document|unsupported|limit)$/);
          }
        },
      ),
      { numRuns: RUNS.numRuns * 3 },
    );
  });

  it('throws EngineErrors only on bytes that are no archive', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), cutSizes, (bytes, cuts) => {
        try {
          read(bytes, cuts);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
      RUNS,
    );
  });

  it('tells a cut anywhere within the entries', async () => {
    const tar = await write([
      { header: { path: 'a', type: 'file', mode: 0, uid: 2 ** 40, gid: 0, mtimeMs: 0 }, body: dataBody(700) },
    ]);
    const end = tar.byteLength - 1024;
    for (let cut = 1; cut < end; cut++) {
      // padding may be missing, as Go has it; so may everything
      const whole = cut >= end - (1024 - 700);
      const reading = (): unknown => read(tar.subarray(0, cut));
      if (whole) expect(reading).not.toThrow();
      else
        expect(reading, `cut at ${cut}`).toThrow(
          expect.objectContaining({ code: 'corrupt', data: { format: 'tar', offset: cut } }),
        );
    }
  });
});

function dataBody(length: number): TarBody {
  return {
    sizeBytes: length,
    segments: [{ kind: 'data', source: new Uint8Array(length).fill(7), start: 0, end: length }],
  };
}

/** Sets the checksum of every block that looks like a header, so that damage is not stopped at the first gate. */
function repairChecksums(tar: Bytes): void {
  for (let at = 0; at + 512 <= tar.byteLength; at += 512) {
    const block = tar.subarray(at, at + 512);
    if (String.fromCharCode(...block.subarray(257, 262)) !== 'ustar') continue;
    block.fill(0x20, 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  }
}

describe('tar beside modern-tar', () => {
  const plain = fc.record({
    name: fc.oneof(fc.stringMatching(/^[a-z]{1,20}(?:\/[a-z]{1,60}){0,5}$/), fc.stringMatching(/^[a-zäß日]{1,70}$/)),
    mode: fc.nat(0o7777),
    uid: id,
    gid: id,
    seconds: fc.nat(2 ** 31),
    body: fc.uint8Array({ maxLength: 2000 }),
  });

  it('reads what modern-tar writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 4 }), async (files) => {
        const tar = await packTar(
          files.map(({ name: path, mode, uid, gid, seconds, body: bytes }) => ({
            header: {
              name: path,
              size: bytes.byteLength,
              mode,
              uid,
              gid,
              mtime: new Date(seconds * 1000),
              type: 'file',
            },
            body: bytes,
          })),
        );
        const entries = read(tar);
        expect(entries.map(({ path, mode, uid, gid, mtimeMs: mtime }) => [path, mode, uid, gid, mtime])).toEqual(
          files.map((file) => [file.name, file.mode, file.uid, file.gid, file.seconds * 1000]),
        );
        for (const [i, file] of files.entries())
          expect(equalBytes(contentOf(Uint8Array.from(tar), entries[i]!), file.body)).toBe(true);
      }),
      RUNS,
    );
  });

  it('writes what modern-tar reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 4 }), async (files) => {
        const tar = await write(
          files.map((file) => {
            const source = Uint8Array.from(file.body);
            const { name: path, mode, uid, gid, seconds } = file;
            return {
              header: { path, mode, uid, gid, mtimeMs: seconds * 1000, type: 'file' },
              body: {
                sizeBytes: source.byteLength,
                segments: [{ kind: 'data', source, start: 0, end: source.byteLength }],
              },
            };
          }),
        );
        const seen: unknown[] = [];
        for await (const entry of new Blob([tar]).stream().pipeThrough(createTarDecoder())) {
          const { name: path, mode, uid, gid, mtime } = entry.header;
          seen.push([path, mode, uid, gid, mtime?.getTime(), [...(await readAll(entry.body))]]);
        }
        expect(seen).toEqual(
          files.map((file) => [file.name, file.mode, file.uid, file.gid, file.seconds * 1000, [...file.body]]),
        );
      }),
      RUNS,
    );
  });
});
