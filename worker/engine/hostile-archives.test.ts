/** Archives made to do harm: each is refused by name, in bounded memory, and leaves nothing behind. */
import { blobOf } from '../base/blob-like.ts';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createJob, createStore, storeImage } from '../../tests/interop/registry-world.ts';
import { utf8 } from '../base/bytes.ts';
import type { TarBody, TarHeader } from '../codec/tar-entry.ts';
import { TarWriter } from '../codec/tar-writer.ts';
import { EventLog } from './docker/event-log.ts';
import { importSource } from './imports.ts';
import { indexLayer } from '../layer/index-layer.ts';
import { parseImageConfig } from '../oci/config.ts';
import { readArchive } from '../registry/archive-files.ts';
import { writeDockerArchive } from '../registry/docker-archive.ts';
import { readBody } from '../vfs/body.ts';
import { applyLayerEntries, EMPTY_TREE } from '../vfs/merge.ts';

const FILE: TarHeader = { path: 'manifest.json', type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 };
const MIB = 1024 * 1024;

function bodyOf(text: string): TarBody {
  const source = utf8(text);
  return { sizeBytes: source.byteLength, segments: [{ kind: 'data', source, start: 0, end: source.byteLength }] };
}

function archiveOf(fill: (writer: TarWriter) => void): Promise<Blob> {
  const writer = new TarWriter();
  fill(writer);
  return blobOf(writer.finish());
}

/** What the engine says to an archive dropped on the page, and what it kept of it. */
async function drop(content: Blob) {
  const store = createStore();
  const clock = {
    nowMs: () => 0,
    monotonicMs: () => 0,
    sleep: () => Promise.resolve(),
    yieldTask: () => Promise.resolve(),
  };
  const parts = { store, clock };
  const failure: unknown = await importSource(
    parts,
    new EventLog(() => 0),
    { name: 'evil.tar', content },
    createJob(),
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  await store.gc.collect();
  const kept = [await store.images.list(), await store.snapshots.listLayers(), await store.content.list()];
  return { failure, kept: kept.flat().length };
}

/** A good archive of two images, with one of its files changed. */
async function tampered(
  change: (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<Blob> {
  const store = createStore();
  const images = [];
  for (const text of ['first', 'second']) {
    const image = await storeImage(store, [{ [text]: text.repeat(100) }]);
    const config = parseImageConfig(await store.content.readBytes(image.config.digest));
    images.push({ record: { id: image.config.digest, config }, names: [`docker.io/library/${text}:1`] });
  }
  const files = await readArchive(await writeDockerArchive({ ...store, images }), createJob());
  const writer = new TarWriter();
  for (const [path, body] of files) {
    const bytes = change(path, new Uint8Array(await body.arrayBuffer()));
    writer.add(
      { ...FILE, path },
      { sizeBytes: bytes.byteLength, segments: [{ kind: 'data', source: bytes, start: 0, end: bytes.byteLength }] },
    );
  }
  return blobOf(writer.finish());
}

describe('an archive of images is refused, and nothing of it stays, when', () => {
  it.each<[string, (writer: TarWriter) => void, RegExp]>([
    [
      'a path climbs out',
      (writer) => writer.add({ ...FILE, path: '../../etc/passwd' }, bodyOf('x')),
      /leads out of the archive/,
    ],
    ['a path is absolute', (writer) => writer.add({ ...FILE, path: '/etc/passwd' }, bodyOf('x')), /absolute path/],
    [
      'a link is absolute',
      (writer) => writer.add({ ...FILE, path: 'blobs/sha256/a', type: 'symlink', linkTarget: '/etc/shadow' }),
      /absolute path/,
    ],
    [
      'a link climbs out',
      (writer) => writer.add({ ...FILE, path: 'a/b', type: 'symlink', linkTarget: '../../b' }),
      /leads out of the archive/,
    ],
    [
      'a hard link climbs out',
      (writer) => writer.add({ ...FILE, path: 'a', type: 'hardlink', linkTarget: '../b' }),
      /leads out of the archive/,
    ],
    [
      'it holds a device',
      (writer) => writer.add({ ...FILE, path: 'disk', type: 'block', device: { major: 8, minor: 0 } }),
      /disk is a block/,
    ],
    ['a file is in it twice', (writer) => writer.add(FILE, bodyOf('[]')), /is in the archive twice/],
  ])('%s', async (_, add, message) => {
    const { failure, kept } = await drop(
      await archiveOf((writer) => {
        writer.add(FILE, bodyOf('[]'));
        add(writer);
      }),
    );
    expect(failure).toMatchObject({ code: 'invalid-document', message: expect.stringMatching(message) as string });
    expect(kept).toBe(0);
  });

  it('the last layer of its last image is not what the config says: the images before it are not there either', async () => {
    const { failure, kept } = await drop(
      await tampered((path, bytes) => {
        const text = new TextDecoder().decode(bytes);
        return path.startsWith('blobs/') && text.startsWith('second')
          ? utf8(text.replace('secondsecond', 'secondSECOND'))
          : bytes;
      }),
    );
    expect(failure).toMatchObject({ code: 'corrupt' });
    expect(kept).toBe(0);
  });

  it('a config is not what its name says', async () => {
    const { failure, kept } = await drop(
      await tampered((_, bytes) => {
        const text = new TextDecoder().decode(bytes);
        return text.includes('rootfs') ? utf8(text.replace('PATH=/bin', 'PATH=/BIN')) : bytes;
      }),
    );
    expect(failure).toMatchObject({ code: 'corrupt', message: expect.stringContaining('has the digest') as string });
    expect(kept).toBe(0);
  });

  it('a layout names a blob by a wrong digest', async () => {
    const archive = await tampered((path, bytes) => (path === 'manifest.json' ? utf8('') : bytes));
    const files = await readArchive(archive, createJob());
    const layout = await archiveOf((writer) => {
      for (const [path, body] of files) if (path !== 'manifest.json') writer.add({ ...FILE, path }, wholeBody(body));
    });
    const manifest = await drop(await withChangedManifest(layout));
    expect(manifest.failure).toMatchObject({ code: 'corrupt' });
    expect(manifest.kept).toBe(0);
  });

  it('its tables are not what they should be', async () => {
    for (const text of ['', '{}', '[{"Config":7}]', '[{"Config":"a","Layers":["nope"]}]', '[null]']) {
      const { failure, kept } = await drop(await archiveOf((writer) => writer.add(FILE, bodyOf(text))));
      expect(failure, text).toMatchObject({ code: 'invalid-document' });
      expect(kept).toBe(0);
    }
  });
});

function wholeBody(body: Blob): TarBody {
  return { sizeBytes: body.size, segments: [{ kind: 'data', source: body, start: 0, end: body.size }] };
}

/** Every document of the layout with one more blank: its digest is no longer its name. */
async function withChangedManifest(layout: Blob): Promise<Blob> {
  const files = await readArchive(layout, createJob());
  const writer = new TarWriter();
  for (const [path, body] of files) {
    const text = await body.text();
    const changed = path.startsWith('blobs/') && text.startsWith('{') ? new Blob([`${text} `]) : body;
    writer.add({ ...FILE, path }, wholeBody(changed));
  }
  return blobOf(writer.finish());
}

describe('an archive that is far too much', () => {
  /** A file of a petabyte, in an archive of two kilobytes. */
  const HUGE: TarBody = { sizeBytes: 2 ** 50, segments: [{ kind: 'hole', length: 2 ** 50 }] };

  it('by what a sparse file of it claims to hold, where an image is told of: it is refused', async () => {
    const { failure, kept } = await drop(await archiveOf((writer) => writer.add(FILE, HUGE)));
    expect(failure).toMatchObject({ code: 'unsupported', message: expect.stringContaining('sparse') as string });
    expect(kept).toBe(0);
  });

  it('by what a sparse file in a layer claims to hold: nothing is stored of it, and it is not read as a whole', async () => {
    const tar = await archiveOf((writer) => writer.add({ ...FILE, path: 'etc/passwd' }, HUGE));
    expect(tar.size).toBeLessThan(10_000);
    const layer = await indexLayer(tar.stream(), createJob());
    expect(layer.tar.size).toBe(tar.size);
    const file = applyLayerEntries(EMPTY_TREE, layer).root.children?.get('etc')?.children?.get('passwd')?.inode;
    if (file?.kind !== 'file') throw new Error('no file');
    expect(file.body.sizeBytes).toBe(2 ** 50);
    await expect(readBody(file.body)).rejects.toMatchObject({ code: 'limit' });
    expect(await readBody(file.body, 2 ** 49, 2 ** 49 + 3)).toEqual(new Uint8Array(3));
  });

  it('when it unpacks: a bomb is stopped at the bound, not at its end', async () => {
    const bomb = new Blob([new Uint8Array(gzipSync(new Uint8Array(128 * MIB), { level: 1 }))]);
    expect(bomb.size).toBeLessThan(MIB);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readArchive(bomb, createJob(), { maxUnpackedBytes: 16 * MIB })).rejects.toMatchObject({
      code: 'limit',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(96 * MIB);
  });

  it('by the number of its entries', async () => {
    const archive = await archiveOf((writer) => {
      for (let entry = 0; entry < 101; entry++) writer.add({ ...FILE, path: `f${entry}` }, bodyOf(''));
    });
    await expect(readArchive(archive, createJob(), { maxEntries: 100 })).rejects.toMatchObject({ code: 'limit' });
  });

  it('as a layer that unpacks to no end', async () => {
    const block = new Uint8Array(MIB);
    const source = new Blob(Array.from({ length: 64 }, () => block));
    const layer = await archiveOf((writer) => writer.add({ ...FILE, path: 'big' }, wholeBody(source)));
    let read = 0;
    const counted = layer.stream().pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          read += chunk.byteLength;
          controller.enqueue(chunk);
        },
      }),
    );
    await expect(indexLayer(counted, createJob(), { maxTarBytes: 16 * MIB })).rejects.toMatchObject({ code: 'limit' });
    expect(read).toBeLessThan(20 * MIB);
  });

  it('as a layer of 1,000,000 files: refused at the bound, before the rest is read', async () => {
    let produced = 0;
    const header = await archiveOf((writer) => writer.add({ ...FILE, path: 'a' }, bodyOf('')));
    const block = new Uint8Array(await header.arrayBuffer()).subarray(0, 512);
    const many = new Uint8Array(512 * 2000);
    for (let at = 0; at < many.length; at += 512) many.set(block, at);
    const layer = new ReadableStream<Uint8Array>({
      pull(controller) {
        produced += 2000;
        controller.enqueue(many.slice());
        if (produced >= 1_000_000) controller.close();
      },
    });
    await expect(indexLayer(layer, createJob(), { maxEntries: 20_000 })).rejects.toMatchObject({ code: 'limit' });
    expect(produced).toBeLessThan(30_000);
  });
});
