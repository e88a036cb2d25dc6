import { expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';
import { ProjectSync } from './project-sync.ts';
import { PROJECT_PATH } from './terminal.ts';

const file = (path: string, content: string) => ({ path, kind: 'file' as const, content, mode: 0o644, mtimeMs: 1000 });
const written = (...files: ReturnType<typeof file>[]) => ({ written: files, removed: [] });

async function openProject() {
  const { terminal, say } = await openTestTerminal();
  return { say, sync: new ProjectSync(terminal.files, PROJECT_PATH) };
}

it('brings files, folders and links to the machine, and takes back nothing that the machine left alone', async () => {
  const { say, sync } = await openProject();
  sync.apply({
    written: [
      file('src/main.go', 'package main\n'),
      { path: 'empty', kind: 'directory', mode: 0o755, mtimeMs: 0 },
      { path: 'link', kind: 'symlink', target: 'src/main.go', mode: 0o777, mtimeMs: 0 },
    ],
    removed: [],
  });
  expect(await say('cat link; ls')).toBe('package main\nempty\nlink\nsrc\n');
  await say('touch link');
  expect(await sync.changes()).toEqual({ written: [], removed: [] });
});

it('tells what lines made, changed and deleted, once', async () => {
  const { say, sync } = await openProject();
  sync.apply(written(file('a', '1'), file('b', '2'), file('d/c', '3')));
  await say('echo new > a; rm b d/c; mkdir -p x/y; printf "\\0" > x/bytes; chmod +x a; mkfifo p');
  const { written: made, removed } = await sync.changes();
  expect([...removed].sort()).toEqual(['b', 'd/c']);
  expect(made.map(({ path, kind, mode }) => [path, kind, mode])).toEqual([
    ['a', 'file', 0o755],
    ['d', 'directory', 0o755],
    ['x/bytes', 'file', 0o644],
    ['x/y', 'directory', 0o755],
  ]);
  expect(made[0]?.content).toBe('new\n');
  expect(made[2]?.content).toBeInstanceOf(Blob);
  expect(await sync.changes()).toEqual({ written: [], removed: [] });
});

it('takes away what the page deleted, with folders that held nothing else', async () => {
  const { say, sync } = await openProject();
  sync.apply(written(file('a/b/c', '1'), file('a/d', '2')));
  sync.apply({ written: [file('a/d', '3')], removed: ['a/b/c'] });
  expect(await say('find . -mindepth 1 | sort; cat a/d')).toBe('./a\n./a/d\n3');
  expect(await sync.changes()).toEqual({ written: [], removed: [] });
});

it('a file that became a folder, and a folder that became a file', async () => {
  const { say, sync } = await openProject();
  sync.apply(written(file('x', '1')));
  sync.apply({ written: [file('x/y', '2')], removed: ['x'] });
  expect(await say('cat x/y')).toBe('2');
  await say('rm -r x; echo 3 > x');
  expect(await sync.changes()).toMatchObject({ written: [{ path: 'x', content: '3\n' }], removed: ['x/y'] });
});
