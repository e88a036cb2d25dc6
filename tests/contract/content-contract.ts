/** The contract of the content store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { equalBytes, readAll, streamOf, utf8, utf8Text } from '../../worker/base/bytes.ts';
import { createJob } from '../../worker/base/job.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import { contentBodyKey, type ContentStore } from '../../worker/store/content.ts';
import { chunkSource, createWorld, type StorageFactory, type World } from './store-world.ts';

const HELLO = utf8('hello, layer');

export function describeContent(factory: StorageFactory): void {
  let world: World;
  let content: ContentStore;
  let hello: Digest;
  beforeEach(async () => {
    world = await createWorld(factory);
    content = world.store.content;
    hello = await digestOf(HELLO);
  });
  afterEach(() => world.close());

  const textOf = async (digest: Digest, range?: { start: number; end?: number }) =>
    utf8Text(await readAll(await content.read(digest, range === undefined ? {} : { range })));

  describe('ingest', () => {
    it('stores a stream under the digest of its bytes', async () => {
      const given = await content.ingest(
        { mediaType: 'text/plain' },
        streamOf(HELLO.slice(0, 5), HELLO.slice(5)),
        world.job,
      );
      expect(given).toEqual({ mediaType: 'text/plain', digest: hello, size: HELLO.byteLength });
      expect(await content.info(hello)).toEqual({
        digest: hello,
        mediaType: 'text/plain',
        sizeBytes: HELLO.byteLength,
        createdMs: world.clock.nowMs(),
      });
      expect(await world.other.content.readBytes(hello)).toEqual(HELLO);
    });

    it('keeps nothing of bytes that have another digest, and says which', async () => {
      const expected = await digestOf(utf8('something else'));
      await expect(content.ingest({ digest: expected }, streamOf(HELLO), world.job)).rejects.toMatchObject({
        code: 'corrupt',
        data: { expected, actual: hello },
      });
      expect(await content.list()).toEqual([]);
      expect(await world.database.keys('bodies')).toEqual([]);
    });

    it('stops reading as soon as there is more than was promised', async () => {
      const { stream, seen } = chunkSource(HELLO, HELLO, HELLO, HELLO);
      await expect(content.ingest({ size: 15 }, stream, world.job)).rejects.toMatchObject({ code: 'corrupt' });
      expect(seen).toEqual({ pulled: 2, cancelled: true });
      expect(await content.list()).toEqual([]);
    });

    it('refuses a stream that ends early', async () => {
      await expect(content.ingest({ size: 100 }, streamOf(HELLO), world.job)).rejects.toMatchObject({
        code: 'corrupt',
        data: { expected: '100', actual: String(HELLO.byteLength) },
      });
    });

    it('does not read what is there already', async () => {
      await content.ingestBytes('text/plain', HELLO);
      const { stream, seen } = chunkSource(HELLO);
      const given = await content.ingest({ digest: hello }, stream, world.job);
      expect(given).toEqual({ mediaType: 'text/plain', digest: hello, size: HELLO.byteLength });
      expect(seen).toEqual({ pulled: 0, cancelled: true });
    });

    it('ends with the job, also while the stream stalls', async () => {
      const stop = new AbortController();
      const job = createJob('stopped', stop.signal, world.clock);
      const stalled = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(HELLO) });
      const ingesting = content.ingest({ digest: hello }, stalled, job);
      stop.abort();
      await expect(ingesting).rejects.toMatchObject({ code: 'cancelled' });
      expect(await content.list()).toEqual([]);
    });

    it('passes on the error of a stream that breaks off', async () => {
      const broken = new Error('connection reset');
      const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(broken) });
      await expect(content.ingest({}, stream, world.job)).rejects.toBe(broken);
    });

    it('stores one blob when two tabs bring the same', async () => {
      const both = [content, world.other.content].map((store) =>
        store.ingest({ digest: hello }, streamOf(HELLO), world.job),
      );
      const [one, two] = await Promise.all(both);
      expect(one).toEqual(two);
      expect(await content.list()).toHaveLength(1);
    });

    it('says that it cannot check a sha512 digest', async () => {
      const digest = `sha512:${'0'.repeat(128)}` as Digest;
      await expect(content.ingest({ digest }, streamOf(HELLO), world.job)).rejects.toMatchObject({
        code: 'unsupported',
      });
    });

    it('stores small blobs as bytes and large ones as Blobs', async () => {
      const large = new Uint8Array(300_000).fill(7);
      const { digest } = await content.ingest({}, streamOf(large), world.job);
      await content.ingestBytes('text/plain', HELLO);
      expect(await world.database.get('bodies', contentBodyKey(digest))).toBeInstanceOf(Blob);
      expect(await world.database.get('bodies', contentBodyKey(hello))).toBeInstanceOf(Uint8Array);
      expect(equalBytes(await content.readBytes(digest), large)).toBe(true);
    });
  });

  it('takes a Blob whose digest the caller knows, if its size is true', async () => {
    const descriptor = { mediaType: 'text/plain', digest: hello, size: HELLO.byteLength };
    await expect(content.ingestHashed({ ...descriptor, size: 1 }, new Blob([HELLO]))).rejects.toMatchObject({
      code: 'corrupt',
    });
    await content.ingestHashed(descriptor, new Blob([HELLO]));
    expect(await content.readBytes(hello)).toEqual(HELLO);
  });

  describe('reading', () => {
    beforeEach(() => content.ingestBytes('text/plain', HELLO));

    it('gives the whole or a range, as a stream or as a Blob to slice', async () => {
      expect(await textOf(hello)).toBe('hello, layer');
      expect(await textOf(hello, { start: 7 })).toBe('layer');
      expect(await textOf(hello, { start: 0, end: 5 })).toBe('hello');
      expect(await (await content.readBlob(hello)).slice(7).text()).toBe('layer');
    });

    it('of what is not there is `not-found`, by digest', async () => {
      const digest = await digestOf(utf8('nothing'));
      for (const attempt of [content.read(digest), content.readBytes(digest), content.readBlob(digest)]) {
        await expect(attempt).rejects.toMatchObject({ code: 'not-found', data: { digest } });
      }
      expect(await content.info(digest)).toBeUndefined();
    });

    it('all at once has a limit', async () => {
      await expect(content.readBytes(hello, 5)).rejects.toMatchObject({ code: 'limit', data: { maxBytes: 5 } });
    });

    it('finds bytes that changed under it, whichever way it verifies, and ingesting them again heals it', async () => {
      const changed = { table: 'bodies', key: contentBodyKey(hello), record: utf8('HELLO, layer') } as const;
      for (const verify of [() => content.read(hello, { verify: true }), () => content.readBytes(hello)]) {
        await world.database.write([changed]);
        expect(utf8Text(await readAll(await content.read(hello)))).toBe('HELLO, layer');
        await expect(verify()).rejects.toMatchObject({ code: 'corrupt', data: { digest: hello } });
        await content.ingest({ digest: hello }, streamOf(HELLO), world.job);
        expect(await textOf(hello)).toBe('hello, layer');
      }
    });

    it('finds bytes that were cut short, without hashing', async () => {
      await world.database.write([{ table: 'bodies', key: contentBodyKey(hello), record: utf8('hel') }]);
      await expect(content.read(hello)).rejects.toMatchObject({ code: 'corrupt', data: { digest: hello } });
    });

    it('verified gives the same bytes', async () => {
      expect(utf8Text(await readAll(await content.read(hello, { verify: true })))).toBe('hello, layer');
    });

    it('of a blob that lost its bytes is `corrupt`, and ingesting it again heals it', async () => {
      await world.database.write([{ table: 'bodies', key: contentBodyKey(hello), record: undefined }]);
      await expect(content.readBytes(hello)).rejects.toMatchObject({ code: 'corrupt', data: { digest: hello } });
      await content.ingest({ digest: hello }, streamOf(HELLO), world.job);
      expect(await content.readBytes(hello)).toEqual(HELLO);
    });

    it('of a damaged head is `corrupt`, naming the key', async () => {
      await world.database.write([{ table: 'content', key: hello, record: { mediaType: 5 } as never }]);
      await expect(content.info(hello)).rejects.toMatchObject({
        code: 'corrupt',
        data: { key: hello, field: 'mediaType' },
      });
    });
  });

  it('lists what is there, and deletes it with its bytes', async () => {
    await content.ingestBytes('text/plain', HELLO);
    await content.ingestBytes('text/plain', utf8('other'));
    expect((await content.list()).map((info) => info.sizeBytes).sort((a, b) => a - b)).toEqual([5, 12]);
    await content.delete(hello);
    await content.delete(hello);
    expect(await content.list()).toHaveLength(1);
    expect(await world.database.has('bodies', contentBodyKey(hello))).toBe(false);
  });
}
