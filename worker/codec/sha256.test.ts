import { createHash } from 'node:crypto';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { hex, readAll, streamOf, utf8 } from '../base/bytes.ts';
import {
  digestOf,
  hashingTransform,
  hashStream,
  PieceHash,
  Sha256,
  sha256Hex,
  sha256OfSmall,
  type StreamDigest,
} from './sha256.ts';

const nodeHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('sha256', () => {
  it('gives the published digests', () => {
    expect(sha256OfSmall(utf8(''))).toBe(EMPTY);
    expect(sha256OfSmall(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(new Sha256().update(new Uint8Array(1_000_000).fill(0x61)).digestHex()).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    );
  });

  it('agrees with node and noble at every length around the block boundaries', () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 0xff);
      expect(sha256OfSmall(bytes)).toBe(nodeHash(bytes));
      expect(sha256OfSmall(bytes)).toBe(hex(nobleSha256(bytes)));
    }
  });

  it('gives the same digest however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), (parts) => {
        const hash = new Sha256();
        for (const part of parts) hash.update(part);
        expect(hash.digestHex()).toBe(nodeHash(Buffer.concat(parts)));
      }),
    );
  });

  it('does not keep a reference to what it was fed', () => {
    const chunk = utf8('some bytes');
    const hash = new Sha256().update(chunk);
    chunk.fill(0);
    expect(hash.digestHex()).toBe(nodeHash(utf8('some bytes')));
  });

  it('refuses bytes after the end, and tells the digest again', () => {
    const hash = new Sha256();
    expect(hash.digestHex()).toBe(EMPTY);
    expect(hash.digestHex()).toBe(EMPTY);
    expect(() => hash.update(utf8('late'))).toThrow(TypeError);
  });

  it('hashes buffers, streams, and streams in passing alike', async () => {
    const parts = [utf8('one '), utf8('two '), utf8('three')];
    const expected = nodeHash(Buffer.concat(parts));
    expect(await sha256Hex(Buffer.concat(parts))).toBe(expected);
    expect(await digestOf(Buffer.concat(parts))).toBe(`sha256:${expected}`);
    expect(await hashStream(streamOf(...parts))).toEqual({ digest: `sha256:${expected}`, sizeBytes: 13 });

    let seen: StreamDigest | undefined;
    const source = new Blob(parts).stream();
    const passed = await readAll(source.pipeThrough(hashingTransform((result) => (seen = result))));
    expect(Buffer.from(passed).toString()).toBe('one two three');
    expect(seen).toEqual({ digest: `sha256:${expected}`, sizeBytes: 13 });
  });
});

it('is the same where the browser has no WebCrypto for this page', async () => {
  vi.stubGlobal('crypto', {});
  try {
    expect(await sha256Hex(utf8('one two three'))).toBe(nodeHash(utf8('one two three')));
  } finally {
    vi.unstubAllGlobals();
  }
});

describe('a hash of pieces', () => {
  it.each([
    ['no bytes', 0],
    ['a few', 3],
    ['as many as are held', 32],
    ['more than are held', 33],
  ])('agrees with node for %s', async (_, megabytes) => {
    const piece = new Uint8Array(1 << 20).map((_, index) => index * 7);
    const hash = new PieceHash();
    const expected = createHash('sha256');
    for (let i = 0; i < megabytes; i++) {
      hash.update(piece);
      expected.update(piece);
    }
    expect(await hash.digest()).toBe(`sha256:${expected.digest('hex')}`);
  });
});
