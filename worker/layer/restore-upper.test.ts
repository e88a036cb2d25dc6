import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, job, symlink, textAt, treeOf, viewOf } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import { bodyOf } from '../vfs/body.ts';
import type { UnionView } from '../vfs/view.ts';
import { restoreUpper } from './restore-upper.ts';
import { commitLayer } from './write-layer.ts';

const p = (path: string): AbsolutePath => resolvePath(path);
const FILE = { mode: 0o644, uid: 0, gid: 0 };

const BASE = [
  directory('etc'),
  file('etc/hosts', 'old'),
  file('a', 'shared'),
  hardlink('b', 'a'),
  symlink('l', 'etc'),
  file('gone/x', ''),
];

/** Commits changes to the base, puts them back on a new view of it, and gives both. */
async function restored(change: (view: UnionView) => void) {
  const tree = await treeOf(BASE);
  const view = viewOf(tree);
  change(view);
  const saved = await commitLayer(view, {}, job);
  const again = viewOf(tree);
  restoreUpper(again, saved);
  return { saved, again, view };
}

describe('a saved upper', () => {
  it('comes back as the upper of a view, with the same changes and the same layer', async () => {
    const { saved, again, view } = await restored((view) => {
      view.writeFile(p('/etc/hosts'), bodyOf(utf8('new')), FILE);
      view.setAttributes(p('/etc'), { mode: 0o750, uid: 3 });
      view.removeAll(p('/gone'));
      view.unlink(p('/l'));
      view.mkdir(p('/l'), { ...FILE, mode: 0o755 });
      view.symlink(p('/l/s'), '../a', FILE);
      view.mknod(p('/null'), 'character', { major: 1, minor: 3 }, FILE);
      view.mknod(p('/pipe'), 'fifo', undefined, FILE);
      view.writeFile(p('/n1'), bodyOf(utf8('n')), FILE);
      view.link(p('/n1'), p('/n2'));
    });
    expect(again.changes().map(({ kind, path }) => `${kind} ${path}`)).toEqual(
      view.changes().map(({ kind, path }) => `${kind} ${path}`),
    );
    expect((await commitLayer(again, {}, job)).diffID).toBe(saved.diffID);
    expect(again.owner(p('/etc/hosts'))).toBe(1);
    expect(again.lookup(p('/gone'))).toBeUndefined();
  });

  it('does not write through a lower hard link that it had broken', async () => {
    const { again } = await restored((view) => {
      view.unlink(p('/b'));
      view.writeFile(p('/b'), bodyOf(utf8('own')), FILE);
    });
    expect(await textAt(again, '/a')).toBe('shared');
    expect(await textAt(again, '/b')).toBe('own');
  });

  it('does not write through a lower link that it had replaced', async () => {
    const { again } = await restored((view) => {
      view.unlink(p('/l'));
      view.writeFile(p('/l'), bodyOf(utf8('file')), FILE);
    });
    expect(again.lookup(p('/l'), { follow: false })?.kind).toBe('file');
    expect(again.lookup(p('/etc'))?.kind).toBe('directory');
  });
});
