import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, symlink, textAt, treeOf, viewOf } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import { bodyOf } from './body.ts';
import { EMPTY_TREE } from './merge.ts';
import type { UnionView, ViewEvent } from './view.ts';

const p = (path: string): AbsolutePath => resolvePath(path);
const ROOT_FILE = { mode: 0o644, uid: 0, gid: 0 };
const ROOT_DIRECTORY = { mode: 0o755, uid: 0, gid: 0 };
const body = (text: string) => bodyOf(utf8(text));

/** Changes as `docker diff` prints them. */
const diff = (view: UnionView): string[] =>
  view.changes().map(({ kind, path }) => `${{ added: 'A', modified: 'C', deleted: 'D' }[kind]} ${path}`);

function errnoOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return (error as { data?: { errno?: unknown } }).data?.errno;
  }
  return 'no error';
}

function listen(view: UnionView): ViewEvent[] {
  const events: ViewEvent[] = [];
  view.onEvent((event) => events.push(event));
  return events;
}

/** Two layers: /etc with two files and a link, /usr/lib below a link /lib. */
const base = () =>
  treeOf(
    [directory('etc'), file('etc/hosts', 'lower'), file('etc/passwd', 'root'), symlink('hosts', 'etc/hosts')],
    [directory('usr/lib'), symlink('lib', 'usr/lib'), file('usr/lib/libc', 'c')],
  );

describe('lookup', () => {
  it('follows links in parents always, in the last segment unless told not to', async () => {
    const view = viewOf(await base());
    expect(view.lookup(p('/lib/libc'))?.kind).toBe('file');
    expect(view.lookup(p('/hosts'))?.kind).toBe('file');
    expect(view.lookup(p('/hosts'), { follow: false })?.kind).toBe('symlink');
    expect(view.realPath(p('/lib/libc'))).toBe('/usr/lib/libc');
    expect(view.realPath(p('/lib'), { follow: false })).toBe('/lib');
    expect(view.realPath(p('/lib/new'))).toBe('/usr/lib/new');
  });

  it('keeps links inside the root', async () => {
    const view = viewOf(await treeOf([file('a/f', 'x'), symlink('a/up', '../../../a/f'), symlink('abs', '/a')]));
    expect(await textAt(view, '/a/up')).toBe('x');
    expect(await textAt(view, '/abs/f')).toBe('x');
  });

  it('is undefined for what is missing, below a file, and behind a dangling link', async () => {
    const view = viewOf(await treeOf([file('f', ''), symlink('dead', 'nowhere/x')]));
    for (const path of ['/no', '/f/x', '/dead', '/dead/x', '/no/x']) expect(view.lookup(p(path)), path).toBeUndefined();
    expect(errnoOf(() => view.realPath(p('/f/x')))).toBe('ENOTDIR');
    expect(errnoOf(() => view.realPath(p('/no/x')))).toBe('ENOENT');
  });

  it('takes forty links and no more', async () => {
    const chain = (length: number) => Array.from({ length }, (_, i) => symlink(`l${i + 1}`, `l${i}`));
    const view = viewOf(await treeOf([file('l0', 'end'), ...chain(41)]));
    expect(view.lookup(p('/l40'))?.kind).toBe('file');
    expect(errnoOf(() => view.lookup(p('/l41')))).toBe('ELOOP');
    expect(view.lookup(p('/l41'), { follow: false })?.kind).toBe('symlink');
  });

  it('lists names in the order of their bytes, with their layers', async () => {
    const view = viewOf(await treeOf([file('\u{ff21}', ''), file('b', ''), file('\u{1f600}', '')], [file('B', '')]));
    expect(view.list(p('/')).map(({ name, layer }) => [name, layer])).toEqual([
      ['B', 1],
      ['b', 0],
      ['\u{ff21}', 0],
      ['\u{1f600}', 0],
    ]);
    expect(errnoOf(() => view.list(p('/b')))).toBe('ENOTDIR');
    expect(errnoOf(() => view.list(p('/no')))).toBe('ENOENT');
  });
});

describe('copy-up', () => {
  it('happens at the first write to a lower file, with the directories above it, and once', async () => {
    const tree = await base();
    const view = viewOf(tree);
    const events = listen(view);
    view.writeFile(p('/etc/hosts'), body('upper'), ROOT_FILE);
    view.writeFile(p('/etc/hosts'), body('again'), ROOT_FILE);
    expect(events).toEqual([
      { kind: 'copy-up', path: '/etc', layer: 0, bytes: 0, reason: 'metadata' },
      { kind: 'copy-up', path: '/etc/hosts', layer: 0, bytes: 5, reason: 'data' },
      { kind: 'write', path: '/etc/hosts', bytes: 5, changedBytes: 5 },
      { kind: 'write', path: '/etc/hosts', bytes: 5, changedBytes: 5 },
    ]);
    expect(view.owner(p('/etc/hosts'))).toBe(2);
    expect(view.owner(p('/etc/passwd'))).toBe(0);
    expect(await textAt(tree, '/etc/hosts')).toBe('lower');
    expect(diff(view)).toEqual(['C /etc', 'C /etc/hosts']);
  });

  it('of a file opened to be emptied copies none of its bytes, and is no write', async () => {
    const view = viewOf(await base());
    const events = listen(view);
    view.writeFile(p('/etc/hosts'), body(''), ROOT_FILE);
    view.writeFile(p('/etc/hosts'), body('x'), ROOT_FILE, 1);
    view.writeFile(p('/etc/hosts'), body(''), ROOT_FILE);
    view.writeFile(p('/etc/hosts'), body(''), ROOT_FILE);
    expect(events.slice(1)).toEqual([
      { kind: 'copy-up', path: '/etc/hosts', layer: 0, bytes: 0, reason: 'truncate' },
      { kind: 'write', path: '/etc/hosts', bytes: 1, changedBytes: 1 },
      { kind: 'write', path: '/etc/hosts', bytes: 0, changedBytes: 0 },
    ]);
  });

  it('happens for metadata alone, and keeps the body and other attributes', async () => {
    const view = viewOf(await base());
    const events = listen(view);
    view.setAttributes(p('/etc/passwd'), { mode: 0o600 });
    expect(events.at(-1)).toMatchObject({ kind: 'copy-up', path: '/etc/passwd', bytes: 4, reason: 'metadata' });
    expect(view.lookup(p('/etc/passwd'))).toMatchObject({ mode: 0o600, mtimeMs: 1_000_000 });
    expect(await textAt(view, '/etc/passwd')).toBe('root');
    expect(diff(view)).toEqual(['C /etc', 'C /etc/passwd']);
  });

  it('writes through a link to its target, and makes the target of a dangling one', async () => {
    const view = viewOf(await treeOf([directory('d'), symlink('l', 'd/new')]));
    view.writeFile(p('/l'), body('x'), ROOT_FILE);
    expect(await textAt(view, '/d/new')).toBe('x');
    expect(view.lookup(p('/l'), { follow: false })?.kind).toBe('symlink');
  });

  it('is not seen by another view on the same tree, nor in a tree frozen before', async () => {
    const tree = await base();
    const [one, other] = [viewOf(tree), viewOf(tree)];
    one.writeFile(p('/etc/hosts'), body('one'), ROOT_FILE);
    const frozen = one.freeze();
    one.writeFile(p('/etc/hosts'), body('two'), ROOT_FILE);
    one.unlink(p('/etc/passwd'));
    expect(await textAt(other, '/etc/hosts')).toBe('lower');
    expect(await textAt(frozen, '/etc/hosts')).toBe('one');
    expect(await textAt(frozen, '/etc/passwd')).toBe('root');
    expect(await textAt(one, '/etc/hosts')).toBe('two');
  });
});

describe('attributes', () => {
  it('a new owner takes set-id bits off a file, not off a directory, and not when a mode is given', async () => {
    const view = viewOf(await treeOf([file('su', '', { mode: 0o6755 }), directory('d', 0o2755)]));
    view.setAttributes(p('/su'), { uid: 1 });
    view.setAttributes(p('/d'), { gid: 1 });
    expect(view.lookup(p('/su'))?.mode).toBe(0o755);
    expect(view.lookup(p('/d'))?.mode).toBe(0o2755);
    view.setAttributes(p('/su'), { uid: 2, mode: 0o4711 });
    expect(view.lookup(p('/su'))?.mode).toBe(0o4711);
  });

  it('of a link are its own when it is not followed', async () => {
    const view = viewOf(await base());
    view.setAttributes(p('/hosts'), { uid: 7 }, { follow: false });
    expect(view.lookup(p('/hosts'), { follow: false })?.uid).toBe(7);
    expect(view.lookup(p('/hosts'))?.uid).toBe(0);
  });

  it('extended ones are replaced as a whole', async () => {
    const view = viewOf(EMPTY_TREE);
    view.writeFile(p('/f'), body(''), { ...ROOT_FILE, xattrs: new Map([['user.a', utf8('1')]]) });
    view.setAttributes(p('/f'), { xattrs: new Map([['user.b', utf8('2')]]) });
    expect([...(view.lookup(p('/f'))?.xattrs?.keys() ?? [])]).toEqual(['user.b']);
    view.setAttributes(p('/f'), { xattrs: new Map() });
    expect(view.lookup(p('/f'))).not.toHaveProperty('xattrs');
  });

  it('a directory gets the time at which an entry came or went', async () => {
    const view = viewOf(await base());
    const before = view.lookup(p('/etc'))?.mtimeMs ?? 0;
    view.writeFile(p('/etc/new'), body(''), ROOT_FILE);
    const made = view.lookup(p('/etc'))?.mtimeMs ?? 0;
    expect(made).toBeGreaterThan(before);
    view.writeFile(p('/etc/new'), body('more'), ROOT_FILE);
    expect(view.lookup(p('/etc'))?.mtimeMs).toBe(made);
    view.unlink(p('/etc/new'));
    expect(view.lookup(p('/etc'))?.mtimeMs).toBeGreaterThan(made);
  });
});

describe('removal', () => {
  it('of a lower path leaves a whiteout, of an upper one nothing', async () => {
    const view = viewOf(await base());
    const events = listen(view);
    view.writeFile(p('/new'), body(''), ROOT_FILE);
    view.unlink(p('/new'));
    view.unlink(p('/etc/hosts'));
    expect(events.filter(({ kind }) => kind === 'remove' || kind === 'whiteout')).toEqual([
      { kind: 'remove', path: '/new' },
      { kind: 'whiteout', path: '/etc/hosts', layer: 0 },
    ]);
    expect(diff(view)).toEqual(['C /etc', 'D /etc/hosts']);
  });

  it('of a lower directory is one deletion', async () => {
    const view = viewOf(await base());
    view.removeAll(p('/etc'));
    view.removeAll(p('/etc'));
    expect(diff(view)).toEqual(['D /etc']);
    expect(view.lookup(p('/hosts'))).toBeUndefined();
  });

  it('of a directory made anew is told with what it hid, and makes it opaque', async () => {
    const view = viewOf(await base());
    const events = listen(view);
    view.removeAll(p('/etc'));
    view.mkdir(p('/etc'), ROOT_DIRECTORY);
    view.writeFile(p('/etc/hosts'), body('new'), ROOT_FILE);
    expect(events).toContainEqual({ kind: 'opaque', path: '/etc', layer: 0 });
    expect(diff(view)).toEqual(['C /etc', 'C /etc/hosts', 'D /etc/passwd']);
    // what the new directory hides leaves no whiteout when it goes a second time
    view.unlink(p('/etc/hosts'));
    expect(events.at(-1)).toEqual({ kind: 'remove', path: '/etc/hosts' });
  });

  it('of what was put back as it was leaves no change', async () => {
    const view = viewOf(await base());
    const inode = view.lookup(p('/etc/hosts'));
    view.rename(p('/etc/hosts'), p('/elsewhere'));
    view.rename(p('/elsewhere'), p('/etc/hosts'));
    expect(inode?.kind).toBe('file');
    expect(diff(view)).toEqual([]);
  });
});

describe('rename', () => {
  it('of a lower directory takes all below along', async () => {
    const view = viewOf(await base());
    const events = listen(view);
    view.rename(p('/etc'), p('/conf'));
    expect(await textAt(view, '/conf/hosts')).toBe('lower');
    expect(view.owner(p('/conf/hosts'))).toBe(2);
    expect(diff(view)).toEqual(['A /conf', 'A /conf/hosts', 'A /conf/passwd', 'D /etc']);
    expect(events).toContainEqual({ kind: 'copy-up', path: '/etc', layer: 0, bytes: 9, reason: 'rename' });
    expect(events).toContainEqual({ kind: 'whiteout', path: '/etc', layer: 0 });
  });

  it('replaces a file, and an empty directory', async () => {
    const view = viewOf(await base());
    view.rename(p('/etc/passwd'), p('/etc/hosts'));
    view.mkdir(p('/empty'), ROOT_DIRECTORY);
    view.rename(p('/usr/lib'), p('/empty'));
    expect(diff(view)).toEqual([
      'A /empty',
      'A /empty/libc',
      'C /etc',
      'C /etc/hosts',
      'D /etc/passwd',
      'C /usr',
      'D /usr/lib',
    ]);
  });

  it('onto a name of the same file does nothing, as POSIX has it', async () => {
    const view = viewOf(await treeOf([file('a', 'x'), hardlink('b', 'a')]));
    view.rename(p('/a'), p('/b'));
    expect(view.list(p('/')).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is refused where POSIX refuses it, and changes nothing then', async () => {
    const view = viewOf(await base());
    expect(errnoOf(() => view.rename(p('/usr'), p('/usr/lib/x')))).toBe('EINVAL');
    expect(errnoOf(() => view.rename(p('/usr'), p('/etc')))).toBe('ENOTEMPTY');
    expect(errnoOf(() => view.rename(p('/etc'), p('/etc/hosts')))).toBe('EINVAL');
    expect(errnoOf(() => view.rename(p('/usr'), p('/etc/hosts')))).toBe('ENOTDIR');
    expect(errnoOf(() => view.rename(p('/etc/hosts'), p('/usr')))).toBe('EISDIR');
    expect(errnoOf(() => view.rename(p('/no'), p('/x')))).toBe('ENOENT');
    expect(errnoOf(() => view.rename(p('/etc'), p('/no/x')))).toBe('ENOENT');
    expect(errnoOf(() => view.rename(p('/'), p('/x')))).toBe('EBUSY');
    expect(diff(view)).toEqual([]);
  });
});

describe('hard links', () => {
  it('share content and attributes both ways, across layers', async () => {
    const view = viewOf(await treeOf([file('a', 'x'), hardlink('b', 'a')], [file('other', '')]));
    view.link(p('/b'), p('/c'));
    expect(view.linkCount(p('/a'))).toBe(3);
    view.writeFile(p('/c'), body('new'), ROOT_FILE);
    view.setAttributes(p('/a'), { mode: 0o600 });
    for (const name of ['/a', '/b', '/c']) {
      expect(await textAt(view, name)).toBe('new');
      expect(view.lookup(p(name))?.mode).toBe(0o600);
      expect(view.owner(p(name))).toBe(2);
    }
    expect(diff(view)).toEqual(['C /a', 'C /b', 'A /c']);
    expect(await textAt(view.freeze(), '/b')).toBe('new');
  });

  it('are counted down by removal, replacement and removal of their directory', async () => {
    const view = viewOf(await treeOf([file('a', 'x'), hardlink('b', 'a'), hardlink('d/c', 'a'), hardlink('e', 'a')]));
    expect(view.linkCount(p('/a'))).toBe(4);
    view.unlink(p('/b'));
    view.removeAll(p('/d'));
    view.writeFile(p('/f'), body('y'), ROOT_FILE);
    view.rename(p('/f'), p('/e'));
    expect(view.linkCount(p('/a'))).toBe(1);
    expect(view.linkCount(p('/e'))).toBe(1);
  });

  it('a name that becomes another file of equal content is a change', async () => {
    const view = viewOf(await treeOf([file('a', 'x'), file('b', 'x')]));
    view.unlink(p('/b'));
    view.link(p('/a'), p('/b'));
    expect(diff(view)).toEqual(['C /b']);
  });

  it('are refused for directories', async () => {
    const view = viewOf(await base());
    expect(errnoOf(() => view.link(p('/etc'), p('/x')))).toBe('EPERM');
  });
});

describe('creation', () => {
  it('fails where something is, where the parent is not, and where the name is too long', async () => {
    const view = viewOf(await base());
    const long = 'ä'.repeat(128);
    expect(errnoOf(() => view.mkdir(p('/etc'), ROOT_DIRECTORY))).toBe('EEXIST');
    expect(errnoOf(() => view.symlink(p('/hosts'), 'x', ROOT_FILE))).toBe('EEXIST');
    expect(errnoOf(() => view.writeFile(p('/etc'), body(''), ROOT_FILE))).toBe('EISDIR');
    expect(errnoOf(() => view.writeFile(p('/no/x'), body(''), ROOT_FILE))).toBe('ENOENT');
    expect(errnoOf(() => view.mkdir(p('/etc/hosts/x'), ROOT_DIRECTORY))).toBe('ENOTDIR');
    expect(errnoOf(() => view.writeFile(p(`/${long}`), body(''), ROOT_FILE))).toBe('ENAMETOOLONG');
    expect(errnoOf(() => view.rmdir(p('/etc')))).toBe('ENOTEMPTY');
    expect(errnoOf(() => view.unlink(p('/etc')))).toBe('EISDIR');
    expect(errnoOf(() => view.rmdir(p('/hosts')))).toBe('ENOTDIR');
    expect(diff(view)).toEqual([]);
  });

  it('makes every kind of file', () => {
    const view = viewOf(EMPTY_TREE);
    view.mknod(p('/null'), 'character', { major: 1, minor: 3 }, ROOT_FILE);
    view.mknod(p('/pipe'), 'fifo', undefined, ROOT_FILE);
    view.mknod(p('/socket'), 'socket', undefined, ROOT_FILE);
    view.symlink(p('/link'), '../x', ROOT_FILE);
    expect(view.list(p('/')).map(({ inode }) => inode.kind)).toEqual(['symlink', 'character', 'fifo', 'socket']);
    expect(errnoOf(() => view.mknod(p('/b'), 'block', undefined, ROOT_FILE))).toBe('EINVAL');
    expect(errnoOf(() => view.writeFile(p('/pipe'), body(''), ROOT_FILE))).toBe('EINVAL');
  });
});

describe('changes', () => {
  it('names parents first, in path order, and leaves the root out', () => {
    const view = viewOf(EMPTY_TREE);
    view.mkdir(p('/b'), ROOT_DIRECTORY);
    view.writeFile(p('/b/x'), body(''), ROOT_FILE);
    view.writeFile(p('/b-1'), body(''), ROOT_FILE);
    view.writeFile(p('/a'), body(''), ROOT_FILE);
    view.setAttributes(p('/'), { mode: 0o700 });
    expect(diff(view)).toEqual(['A /a', 'A /b', 'A /b/x', 'A /b-1']);
  });

  it('leave out what came and went, and a directory of which the time alone changed', async () => {
    const view = viewOf(await base());
    view.writeFile(p('/etc/tmp'), body(''), ROOT_FILE);
    view.unlink(p('/etc/tmp'));
    expect(view.lookup(p('/etc'))?.mtimeMs).not.toBe(1_000_000);
    expect(diff(view)).toEqual([]);
  });

  it('tell a file put in place of a directory as one', async () => {
    const view = viewOf(await base());
    view.removeAll(p('/etc'));
    view.writeFile(p('/etc'), body(''), ROOT_FILE);
    expect(diff(view)).toEqual(['C /etc']);
    view.unlink(p('/hosts'));
    view.mkdir(p('/hosts'), ROOT_DIRECTORY);
    view.writeFile(p('/hosts/x'), body(''), ROOT_FILE);
    expect(diff(view)).toEqual(['C /etc', 'C /hosts', 'A /hosts/x']);
  });

  it('carry what is there and what was', async () => {
    const view = viewOf(await base());
    view.setAttributes(p('/etc'), { uid: 9 });
    expect(view.changes()).toEqual([
      expect.objectContaining({
        kind: 'modified',
        inode: expect.objectContaining({ uid: 9 }) as unknown,
        lower: expect.objectContaining({ uid: 0 }) as unknown,
      }),
    ]);
  });
});

describe('listeners', () => {
  it('hear nothing once they stopped', () => {
    const view = viewOf(EMPTY_TREE);
    const events: ViewEvent[] = [];
    const stop = view.onEvent((event) => events.push(event));
    view.mkdir(p('/a'), ROOT_DIRECTORY);
    stop();
    view.mkdir(p('/b'), ROOT_DIRECTORY);
    expect(events).toEqual([{ kind: 'create', path: '/a', fileKind: 'directory', bytes: 0 }]);
  });
});
