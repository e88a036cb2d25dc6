import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DiffID } from '../oci/digest.ts';
import { chainedID, chainIDs } from './chain-id.ts';

const vectors = resolve(import.meta.dirname, '../../../shared/vectors/oci_image_spec.json');
const missing = !existsSync(vectors);

interface ChainCase {
  readonly name: string;
  readonly kind: string;
  readonly input: { readonly diff_ids: readonly DiffID[] };
  readonly expect: { readonly chain_ids: readonly string[] };
}

describe('chain IDs', () => {
  it('are the diff ID for the lowest layer, and none for no layers', () => {
    expect(chainedID(undefined, 'sha256:a' as DiffID)).toBe('sha256:a');
    expect(chainIDs([])).toEqual([]);
  });

  describe.skipIf(missing)('of the image spec (skipped where ../shared/vectors is missing)', () => {
    const cases = missing ? [] : (JSON.parse(readFileSync(vectors, 'utf8')) as { cases: ChainCase[] }).cases;
    it.each(cases.filter(({ kind }) => kind === 'chain-id').map((test) => [test.name, test] as const))(
      '%s',
      (_, test) => {
        expect(chainIDs(test.input.diff_ids)).toEqual(test.expect.chain_ids);
      },
    );
  });
});
