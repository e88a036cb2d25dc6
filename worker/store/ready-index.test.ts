import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { sha256Digest } from '../oci/digest.ts';
import { readReadyIndex, readyIndexAnnotations, readyIndexOf } from './ready-index.ts';

describe('what a descriptor says of an index', () => {
  const digest = sha256Digest('a'.repeat(64));

  it('is read as it was written', () => {
    expect(readyIndexOf({ annotations: readyIndexAnnotations({ digest, size: 7 }) })).toMatchObject({
      digest,
      size: 7,
    });
  });

  it.each([
    undefined,
    {},
    { 'org.strata.layer.index.digest': digest },
    { 'org.strata.layer.index.digest': 'sha256:short', 'org.strata.layer.index.size': '7' },
    { 'org.strata.layer.index.digest': digest, 'org.strata.layer.index.size': 'many' },
  ])('is nothing where it is %o', (annotations) => {
    expect(readyIndexOf(annotations === undefined ? {} : { annotations })).toBeUndefined();
  });
});

it('refuses a document that is too long, or no document', async () => {
  const endless = gzipSync(new Uint8Array((16 << 20) + 1));
  for (const bytes of [endless, utf8(''), gzipSync(utf8('[')), gzipSync(utf8('null'))]) {
    await expect(readReadyIndex(bytes)).rejects.toMatchObject({ code: 'corrupt' });
  }
});
