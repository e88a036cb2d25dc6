/** In Node the native decompressor takes several members by itself, so the splitter is held to its word here. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../base/bytes.ts';
import { MemberSplitter } from './gzip-members.ts';

interface Found {
  readonly offset: number;
  readonly statedSize: number;
}

/** Where members may begin, told as the splitter tells it; all that look like one are taken for one. */
function boundariesOf(stream: Uint8Array, chunkBytes: number): { found: Found[]; passed: Uint8Array } {
  const splitter = new MemberSplitter();
  const found: Found[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (let at = 0; at < stream.byteLength; at += chunkBytes) {
    for (const { bytes, statedSize } of splitter.split(stream.slice(at, at + chunkBytes))) {
      parts.push(bytes);
      offset += bytes.byteLength;
      if (statedSize === undefined) continue;
      found.push({ offset, statedSize });
      splitter.startMember();
    }
  }
  return { found, passed: concatBytes([...parts, splitter.rest()]) };
}

describe('the member splitter', () => {
  it('finds every boundary with the size of the member before it, however the stream is cut', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bodies, fc.integer({ min: 1, max: 200 }), (contents, chunkBytes) => {
        const members = contents.map((content) => new Uint8Array(gzipSync(content)));
        const stream = concatBytes(members);
        const { found, passed } = boundariesOf(stream, chunkBytes);
        const expected: Found[] = [];
        let offset = 0;
        for (const [i, member] of members.slice(0, -1).entries()) {
          offset += member.byteLength;
          expected.push({ offset, statedSize: contents[i]!.byteLength });
        }
        expect(found).toEqual(expected);
        expect([...passed]).toEqual([...stream]);
      }),
    );
  });

  it('sees no boundary within the shortest member, nor where reserved flags are set', () => {
    const header = [0x1f, 0x8b, 8, 0];
    const early = Uint8Array.from([...header, ...Array<number>(13).fill(0), ...header]);
    expect(boundariesOf(early, early.byteLength).found).toEqual([]);
    const reserved = Uint8Array.from([...header, ...Array<number>(20).fill(0), 0x1f, 0x8b, 8, 0x20]);
    expect(boundariesOf(reserved, 3).found).toEqual([]);
  });

  it('passes on what looked like the beginning of a header at the very end', () => {
    const stream = Uint8Array.from([...Array<number>(30).fill(1), 0x1f, 0x8b]);
    expect([...boundariesOf(stream, 7).passed]).toEqual([...stream]);
  });
});
