/** The contract of projects. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import type { ProjectFile, ProjectRecord } from '../../worker/store/projects.ts';
import { countingDatabase } from './fault-database.ts';
import { createWorld, type StorageFactory, type World } from './store-world.ts';

const file = (path: string, text: string): ProjectFile => ({
  path,
  kind: 'file',
  body: utf8(text),
  mode: 0o644,
  mtimeMs: 1,
});

const project = (revision: number, ...files: ProjectFile[]): ProjectRecord => ({
  id: 'p1',
  name: 'hello',
  files,
  revision,
  updatedMs: 0,
});

export function describeProjects(factory: StorageFactory): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(factory);
  });
  afterEach(() => world.close());

  it('come back with every file', async () => {
    const large = new Blob([new Uint8Array(400_000).fill(3)]);
    const files: ProjectFile[] = [
      file('Dockerfile', 'FROM scratch'),
      file('empty', ''),
      { path: 'big.bin', kind: 'file', body: large, mode: 0o600, mtimeMs: 2 },
      { path: 'src', kind: 'directory', mode: 0o755, mtimeMs: 3 },
      { path: 'link', kind: 'symlink', target: 'src', mode: 0o777, mtimeMs: 4 },
    ];
    expect(await world.store.projects.save(project(0, ...files))).toBe(1);
    const read = await world.other.projects.get('p1');
    expect(read).toMatchObject({ id: 'p1', name: 'hello', revision: 1, updatedMs: world.clock.nowMs() });
    const namesAndModes = (list: readonly ProjectFile[]) =>
      list.map(({ path, kind, target, mode, mtimeMs }) => ({ path, kind, target, mode, mtimeMs }));
    expect(namesAndModes(read?.files ?? [])).toEqual(namesAndModes(files));
    expect(read?.files[0]?.body).toEqual(utf8('FROM scratch'));
    expect(read?.files[1]?.body).toEqual(new Uint8Array(0));
    const big = read?.files[2]?.body;
    expect(big instanceof Blob && big.size).toBe(400_000);
  });

  it('are listed without their files', async () => {
    await world.store.projects.save(project(0, file('a', 'x')));
    await world.store.projects.save({ ...project(0), id: 'p2', name: 'second' });
    expect(await world.other.projects.list()).toEqual([
      { id: 'p1', name: 'hello', revision: 1, updatedMs: world.clock.nowMs() },
      { id: 'p2', name: 'second', revision: 1, updatedMs: world.clock.nowMs() },
    ]);
    expect(await world.store.projects.get('p3')).toBeUndefined();
  });

  it('saved on top of what another tab saved conflict, and nothing of them is stored', async () => {
    await world.store.projects.save(project(0, file('a', 'one')));
    await world.other.projects.save(project(1, file('a', 'two')));
    await expect(world.store.projects.save(project(1, file('a', 'mine')))).rejects.toMatchObject({
      code: 'conflict',
      data: { id: 'p1' },
    });
    expect((await world.store.projects.get('p1'))?.files[0]?.body).toEqual(utf8('two'));
    expect(await world.database.keys('bodies')).toHaveLength(1);
    expect(await world.store.projects.save(project(2, file('a', 'mine')))).toBe(3);
  });

  it('saved by two tabs at once are saved by one of them', async () => {
    const tabs = [world.store, world.other, world.store, world.other];
    const saves = await Promise.allSettled(tabs.map((tab, i) => tab.projects.save(project(0, file('a', `by ${i}`)))));
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
    expect((await world.store.projects.get('p1'))?.revision).toBe(1);
    expect(await world.database.keys('bodies')).toHaveLength(1);
  });

  it('write only the files that changed', async () => {
    const files = Array.from({ length: 20 }, (_, i) => file(`f${i}`, `text ${i}`));
    await world.store.projects.save(project(0, ...files));
    const { database, written } = countingDatabase(world.database);
    await world.storeOn(database).projects.save(project(1, ...files.slice(1), file('f0', 'changed')));
    expect(written().filter((operation) => operation.table === 'bodies')).toHaveLength(2);
    expect(await world.database.keys('bodies')).toHaveLength(20);
  });

  it('store two files of the same content once, and lose neither when one goes', async () => {
    await world.store.projects.save(project(0, file('a', 'same'), file('b', 'same')));
    expect(await world.database.keys('bodies')).toHaveLength(1);
    await world.store.projects.save(project(1, file('b', 'same')));
    expect((await world.store.projects.get('p1'))?.files[0]?.body).toEqual(utf8('same'));
  });

  it('go with their bytes, and leave those of others', async () => {
    await world.store.projects.save(project(0, file('a', 'x')));
    await world.store.projects.save({ ...project(0, file('a', 'x')), id: 'p10' });
    await world.store.projects.remove('p1');
    expect(await world.store.projects.get('p1')).toBeUndefined();
    expect((await world.store.projects.get('p10'))?.files).toHaveLength(1);
  });

  it('that lost a file are `corrupt`, naming it', async () => {
    await world.store.projects.save(project(0, file('lost.txt', 'x')));
    const [key] = await world.database.keys('bodies');
    await world.database.write([{ table: 'bodies', key: key!, record: undefined }]);
    await expect(world.store.projects.get('p1')).rejects.toMatchObject({
      code: 'corrupt',
      data: { field: 'lost.txt' },
    });
  });
}
