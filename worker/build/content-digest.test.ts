import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { createJob } from '../base/job.ts';
import { bodyOf, bodyOfBlob, joinBodies, type Body } from '../vfs/body.ts';
import type { FileInode } from '../vfs/inode.ts';
import { createContentDigests } from './content-digest.ts';

const clock = {
  nowMs: () => 0,
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
  yieldTask: () => Promise.resolve(),
};
const job = createJob('test', new AbortController().signal, clock);
const inode = (body: Body, more: Partial<FileInode> = {}): FileInode => ({
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtimeMs: 1,
  body,
  ...more,
});
const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * seed) >> 3);

describe('content digests', () => {
  it.each([0, 10, 100_000, 9 << 20])(
    'are equal for equal bodies of %i bytes, whatever they are made of',
    async (length) => {
      const digests = createContentDigests();
      const whole = bytes(length);
      const half = Math.floor(length / 2);
      const split = joinBodies([bodyOf(whole.slice(0, half)), bodyOfBlob(new Blob([whole.slice(half)]))]);
      expect(await digests.ofBody(split, job)).toBe(await digests.ofBody(bodyOf(whole), job));
      const other = Uint8Array.from([...whole.slice(0, -1), 77]);
      if (length > 0)
        expect(await digests.ofBody(bodyOf(other), job)).not.toBe(await digests.ofBody(bodyOf(whole), job));
    },
  );

  it('tell a sparse file by its data and its holes', async () => {
    const digests = createContentDigests();
    const sparse = (length: number, text: string): Body => ({
      sizeBytes: length + text.length,
      segments: [{ kind: 'hole', length }, ...bodyOf(utf8(text)).segments],
    });
    const one = await digests.ofBody(sparse(1 << 40, 'a'), job);
    expect(await digests.ofBody(sparse(1 << 40, 'a'), job)).toBe(one);
    expect(await digests.ofBody(sparse(1 << 41, 'a'), job)).not.toBe(one);
    expect(await digests.ofBody(sparse(1 << 40, 'b'), job)).not.toBe(one);
  });

  it('of a file say its mode, owner and attributes, and nothing of its times', async () => {
    const digests = createContentDigests();
    const body = bodyOf(utf8('x'));
    const one = await digests.ofInode(inode(body), job);
    expect(await digests.ofInode(inode(body, { mtimeMs: 2 }), job)).toBe(one);
    for (const change of [{ mode: 0o600 }, { uid: 1 }, { gid: 1 }, { xattrs: new Map([['a', utf8('b')]]) }]) {
      expect(await digests.ofInode(inode(body, change), job)).not.toBe(one);
    }
  });

  it('are computed once for a body, and again after a cancel', async () => {
    const digests = createContentDigests();
    let reads = 0;
    const blob = new Blob([bytes(9 << 20)]);
    const counted = new Proxy(blob, {
      get(target, name) {
        if (name === 'slice') reads++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      getPrototypeOf: () => Blob.prototype,
    });
    const body = bodyOfBlob(counted);
    const stop = new AbortController();
    stop.abort();
    const stopped = createJob('test', stop.signal, clock);
    await expect(digests.ofBody(body, stopped)).rejects.toMatchObject({ code: 'cancelled' });
    const first = await digests.ofBody(body, job);
    const after = reads;
    expect(await digests.ofBody(body, job)).toBe(first);
    expect(reads).toBe(after);
  });
});
