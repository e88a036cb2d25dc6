/** Property tests of what undoes compression: no damage does worse than an EngineError, and every read ends. */
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, readAll, streamOf } from '../../worker/base/bytes.ts';
import { EngineError } from '../../worker/base/errors.ts';
import { decompress } from '../../worker/codec/decompress.ts';

const RUNS = { numRuns: Number(process.env['STRATA_FUZZ_RUNS'] ?? 20) };
/** More than any of the inputs can honestly become, so that a runaway decoder is noticed. */
const MAX_OUTPUT_BYTES = 256 << 20;

const program =
  (name: string, ...options: string[]) =>
  (bytes: Uint8Array): Uint8Array =>
    spawnSync(name, [...options, '--stdout'], { input: bytes }).stdout;

const FORMATS: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['gzip', (bytes) => gzipSync(bytes)],
  ['zstd', program('zstd', '-3')],
  ['bzip2', program('bzip2')],
  ['xz', program('xz', '-1')],
];

const compressible = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 200 })), { maxLength: 20 })
  .map((runs) =>
    Uint8Array.from(runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => [...bytes]).flat())),
  );
const chunkSize = fc.integer({ min: 1, max: 4000 });

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
}

const read = (bytes: Uint8Array, size: number): Promise<Uint8Array> =>
  readAll(decompress(streamOf(...cut(bytes, size))), MAX_OUTPUT_BYTES);

describe.each(FORMATS)('%s', (name, compress) => {
  const missing = name !== 'gzip' && spawnSync(name, ['--version']).error !== undefined;

  it.skipIf(missing)('gives back what was compressed (skipped where the program is missing)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(compressible, { minLength: 1, maxLength: 3 }), chunkSize, async (bodies, size) => {
        const packed = Buffer.concat(bodies.map(compress));
        expect(equalBytes(await read(packed, size), Buffer.concat(bodies))).toBe(true);
      }),
      RUNS,
    );
  });

  it.skipIf(missing)(
    'throws EngineErrors only, and ends, on damaged data (skipped where the program is missing)',
    async () => {
      const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(compressible, damage, chunkSize, fc.nat(), async (body, changes, size, cutAt) => {
          const packed = Uint8Array.from(compress(body));
          for (const [at, value] of changes) packed[at % packed.byteLength] = value;
          const end = cutAt % 4 === 0 ? cutAt % packed.byteLength : packed.byteLength;
          try {
            await read(packed.subarray(0, end), size);
          } catch (error) {
            expect(error).toBeInstanceOf(EngineError);
            expect((error as EngineError).code).toMatch(/^(corrupt|unsupported|limit)$/);
          }
        }),
        { numRuns: RUNS.numRuns * 3 },
      );
    },
  );
});
