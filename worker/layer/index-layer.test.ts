import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, job, symlink, tarOf } from '../../tests/fuzz/layer-fixtures.ts';
import { readAll, streamOf, utf8 } from '../base/bytes.ts';
import { createJob } from '../base/job.ts';
import { digestOf } from '../codec/sha256.ts';
import { indexLayer } from './index-layer.ts';

describe('indexLayer', () => {
  it('gives digest, bytes and entries of a tar, whatever chunks it comes in', async () => {
    const tar = tarOf([directory('d'), file('d/f', 'text', { uid: 3 }), hardlink('d/g', 'd/f'), symlink('l', 'd/f')]);
    const bytes = await readAll(tar);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 333) }, (_, i) =>
      bytes.subarray(i * 333, i * 333 + 333),
    );
    const layer = await indexLayer(streamOf(...chunks), job);
    expect(layer.diffID).toBe(await digestOf(bytes));
    expect(new Uint8Array(await layer.tar.arrayBuffer())).toEqual(bytes);
    expect(layer.index.sizeBytes).toBe(4);
    expect(layer.index.entries.map(({ path, kind, target }) => [path, kind, target])).toEqual([
      ['/d', 'directory', undefined],
      ['/d/f', 'file', undefined],
      ['/d/g', 'hardlink', '/d/f'],
      ['/l', 'symlink', 'd/f'],
    ]);
    const [extent] = layer.index.entries[1]?.extents ?? [];
    const start = extent?.tarOffset ?? 0;
    expect(await layer.tar.slice(start, start + 4).text()).toBe('text');
  });

  it('tells whiteouts and opaque markers from files', async () => {
    const names = ['.wh.a', 'd/.wh..hidden', 'd/.wh..wh..opq', '.wh..wh..opq', '.wh.dir/file', '.wha'];
    const { index } = await indexLayer(tarOf(names.map((name) => file(name))), job);
    expect(index.entries.map(({ path, kind }) => [path, kind])).toEqual([
      ['/a', 'whiteout'],
      ['/d/.hidden', 'whiteout'],
      ['/d', 'opaque'],
      ['/', 'opaque'],
      ['/.wh.dir/file', 'file'],
      ['/.wha', 'file'],
    ]);
  });

  it.each(['.wh.', 'a/.wh.', '.wh..', 'etc/.wh..', '.wh...', 'etc/.wh...'])('refuses the whiteout %s', async (name) => {
    await expect(indexLayer(tarOf([file(name)]), job)).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringContaining('invalid whiteout') as unknown,
    });
  });

  it('passes over the bookkeeping of AUFS and names that end at the root', async () => {
    const entries = [
      directory('.wh..wh.plnk'),
      file('.wh..wh.plnk/1.2'),
      file('.wh..wh.aufs'),
      symlink('..', '/etc'),
      file('a/..'),
    ];
    expect((await indexLayer(tarOf(entries), job)).index.entries).toEqual([]);
  });

  it('reads a tar of nothing as the empty layer', async () => {
    const { diffID, index } = await indexLayer(streamOf(new Uint8Array(1024)), job);
    expect(diffID).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
    expect(index.entries).toEqual([]);
  });

  it('refuses a tar that stops short, and what is no tar', async () => {
    const bytes = await readAll(tarOf([file('f', 'x'.repeat(600))]));
    await expect(indexLayer(streamOf(bytes.subarray(0, 900)), job)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(indexLayer(streamOf(utf8('no tar '.repeat(100))), job)).rejects.toMatchObject({
      code: 'invalid-document',
    });
  });

  it('stops reading when the job is stopped, and cancels the stream', async () => {
    const stop = new AbortController();
    let cancelled = false;
    const chunk = (await readAll(tarOf([file('f', 'x')]))).subarray(0, 1024);
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(chunk);
        stop.abort();
      },
      cancel() {
        cancelled = true;
      },
    });
    const clock = {
      nowMs: () => 0,
      monotonicMs: () => 0,
      sleep: () => Promise.resolve(),
      yieldTask: () => Promise.resolve(),
    };
    await expect(indexLayer(endless, createJob('stopped', stop.signal, clock))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(cancelled).toBe(true);
  });
});
