import { describe, expect, it } from 'vitest';
import type { ContextFile } from '../../worker/api/types.ts';
import {
  freePath,
  isTaken,
  projectPath,
  sizeOf,
  textOf,
  withFiles,
  withoutPath,
  withRenamed,
  withText,
} from './project-files.ts';

const file = (path: string, content = ''): ContextFile => ({ path, kind: 'file', content, mode: 0o644, mtimeMs: 1 });
const paths = (files: readonly ContextFile[]): string[] => files.map((each) => each.path);

describe('a typed path', () => {
  it.each([
    ['main.go', 'main.go'],
    [' ./site//index.html ', 'site/index.html'],
    ['site\\logo.svg', 'site/logo.svg'],
    ['/etc/hosts', 'etc/hosts'],
  ])('%j becomes %j', (typed, path) => expect(projectPath(typed)).toEqual({ ok: true, path }));

  it.each(['', '  ', '/', './.', 'a/../../b', 'a\0b', 'x'.repeat(256), 'ä'.repeat(128), 'a/'.repeat(2048) + 'b'])(
    '%j is refused with a reason',
    (typed) => {
      const verdict = projectPath(typed);
      expect(verdict.ok ? verdict.path : verdict.message).toMatch(/^(Give|A (path|name) can)/);
    },
  );
});

it('an edit keeps the mode and the place of a file, and an unchanged text changes nothing', () => {
  const before = [file('a', 'old'), { ...file('run.sh', 'x'), mode: 0o755 }];
  const after = withText(before, 'run.sh', 'y', 9);
  expect(after[1]).toEqual({ path: 'run.sh', kind: 'file', content: 'y', mode: 0o755, mtimeMs: 9 });
  expect(withText(after, 'run.sh', 'y', 10)).toBe(after);
});

it('incoming files replace those of the same path, and a file gives way to a folder of its name', () => {
  const after = withFiles([file('a', '1'), file('b', '2'), file('c', '3')], [file('b', 'new'), file('c/d', '4')]);
  expect(paths(after)).toEqual(['a', 'b', 'c/d']);
  expect(textOf(after, 'b')).toBe('new');
});

it('a folder is renamed with all below it, and nothing that only begins like it', () => {
  const after = withRenamed([file('site/a'), file('site/b/c'), file('site-map')], 'site', 'web', 2);
  expect(paths(after)).toEqual(['web/a', 'web/b/c', 'site-map']);
});

it('what a deletion took away brings the project back', () => {
  const before = [file('a'), file('site/a'), file('site/b')];
  const { kept, removed } = withoutPath(before, 'site');
  expect(paths(kept)).toEqual(['a']);
  expect(paths(withFiles(kept, removed))).toEqual(paths(before));
});

it('a path is taken by a folder too', () => {
  expect(isTaken([file('site/a')], 'site')).toBe(true);
  expect(isTaken([file('site/a')], 'sit')).toBe(false);
});

it('a free path is numbered before its ending, dots at the start aside', () => {
  expect(freePath([file('main.go')], 'main.go')).toBe('main-2.go');
  expect(freePath([file('.env'), file('.env-2')], '.env')).toBe('.env-3');
  expect(freePath([], 'a')).toBe('a');
});

it('a size is in bytes, not characters', () => {
  expect(sizeOf(file('a', 'ä'))).toBe(2);
  expect(sizeOf({ ...file('b'), content: new Uint8Array(5) })).toBe(5);
  expect(sizeOf({ ...file('c'), content: new Blob(['1234']) })).toBe(4);
});
