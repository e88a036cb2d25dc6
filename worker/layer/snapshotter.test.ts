import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/contract/manual-clock.ts';
import { job, textAt } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { createJob } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import { createMemoryDatabase } from '../store/memory.ts';
import { createSnapshotStore } from '../store/snapshots.ts';
import { bodyOf } from '../vfs/body.ts';
import { createSnapshotter } from './snapshotter.ts';

const FILE = { mode: 0o644, uid: 0, gid: 0 };

function world() {
  const clock = createManualClock();
  const snapshots = createSnapshotStore(createMemoryDatabase(), clock);
  return { clock, snapshots, snapshotter: createSnapshotter(snapshots, () => clock.nowMs()) };
}

describe('a snapshotter', () => {
  it('stores what was written as a layer on the parent, and opens it again', async () => {
    const { snapshots, snapshotter } = world();
    const first = await snapshotter.prepare(undefined);
    first.writeFile(resolvePath('/a'), bodyOf(utf8('one')), FILE);
    const one = await snapshotter.commit(first, undefined, job);
    const second = await snapshotter.prepare(one.chainID);
    second.writeFile(resolvePath('/b'), bodyOf(utf8('four')), FILE);
    second.unlink(resolvePath('/a'));
    const two = await snapshotter.commit(second, one.chainID, job);
    expect(one.chainID).toBe(one.diffID);
    expect(two).toMatchObject({ sizeBytes: 4 });
    expect(await snapshots.chain(two.chainID)).toEqual([one.diffID, two.diffID]);
    const view = await snapshotter.prepare(two.chainID);
    expect(view.lookup(resolvePath('/a'))).toBeUndefined();
    expect(await textAt(view, '/b')).toBe('four');
    expect(view.depth).toBe(2);
    expect(await textAt(await snapshotter.tree(one.chainID), '/a')).toBe('one');
  });

  it('gives equal layers on different parents one diffID and two chains', async () => {
    const { snapshots, snapshotter } = world();
    const write = async (parent: Parameters<typeof snapshotter.prepare>[0], name: string) => {
      const view = await snapshotter.prepare(parent);
      view.writeFile(resolvePath(name), bodyOf(utf8('x')), { ...FILE, mtimeMs: 0 });
      return snapshotter.commit(view, parent, job);
    };
    const [a, b] = [await write(undefined, '/a'), await write(undefined, '/b')];
    const [onA, onB] = [await write(a.chainID, '/c'), await write(b.chainID, '/c')];
    expect(onA.diffID).toBe(onB.diffID);
    expect(onA.chainID).not.toBe(onB.chainID);
    expect(await snapshots.listLayers()).toHaveLength(3);
  });

  it('stores nothing when the job is stopped', async () => {
    const { clock, snapshots, snapshotter } = world();
    const stop = new AbortController();
    const view = await snapshotter.prepare(undefined);
    for (let i = 0; i < 100; i++) view.writeFile(resolvePath(`/f${i}`), bodyOf(utf8('x')), FILE);
    stop.abort();
    await expect(snapshotter.commit(view, undefined, createJob('j', stop.signal, clock))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await snapshots.listLayers()).toEqual([]);
    expect(await snapshots.listSnapshots()).toEqual([]);
  });
});
