import { describe, expect, it } from 'vitest';
import { filesOfTexts } from './project-files.ts';
import { mergeProjects, mergeSettings } from './project-merge.ts';

const BASE = filesOfTexts({ Dockerfile: 'FROM a\n', 'one.txt': '1', 'two.txt': '2' });

/** The base with these texts; `undefined` deletes. */
function edited(texts: Readonly<Record<string, string | undefined>>): typeof BASE {
  const kept = BASE.filter(({ path }) => !(path in texts));
  const written = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [...kept, ...filesOfTexts(Object.fromEntries(written))];
}

const texts = (files: typeof BASE): Readonly<Record<string, unknown>> =>
  Object.fromEntries(files.map(({ path, content }) => [path, content]));

describe('two tabs on one project', () => {
  it.each([
    [
      'edits of different files',
      { 'one.txt': 'mine' },
      { 'two.txt': 'theirs' },
      { 'one.txt': 'mine', 'two.txt': 'theirs' },
    ],
    ['an edit and a new file', { 'one.txt': 'mine' }, { new: 'n' }, { 'one.txt': 'mine', new: 'n' }],
    [
      'a deletion and an edit of another',
      { 'one.txt': undefined },
      { 'two.txt': 'theirs' },
      { 'one.txt': undefined, 'two.txt': 'theirs' },
    ],
    ['the same edit twice', { 'one.txt': 'same' }, { 'one.txt': 'same' }, { 'one.txt': 'same' }],
  ])('%s are both kept', (_, mine, theirs, both) => {
    const merge = mergeProjects(BASE, edited(mine), edited(theirs));
    expect(merge.kind === 'merged' && texts(merge.files)).toEqual(texts(edited(both)));
  });

  it.each([
    ['two edits of one file', { 'one.txt': 'mine' }, { 'one.txt': 'theirs' }],
    ['an edit and a deletion of one file', { 'one.txt': 'mine' }, { 'one.txt': undefined }],
  ])('%s are for a person to decide', (_, mine, theirs) => {
    expect(mergeProjects(BASE, edited(mine), edited(theirs))).toEqual({ kind: 'conflict', paths: ['one.txt'] });
  });
});

describe('two tabs that set something of one project', () => {
  const base = { name: 'demo', build: { target: 'a' }, allowedHosts: ['one.example'] };

  it('keeps a name given here beside arguments given there', () => {
    const theirs = { ...base, build: { target: 'b' } };
    expect(mergeSettings(base, { ...base, name: 'mine' }, theirs)).toEqual({ ...theirs, name: 'mine' });
  });

  it('takes over what was set there alone, and what was unset', () => {
    const theirs = { name: 'theirs', allowedHosts: base.allowedHosts };
    expect(mergeSettings(base, base, theirs)).toEqual(theirs);
  });

  it('allows the hosts that either tab allowed; a project of one’s own may ask any', () => {
    const mine = { ...base, allowedHosts: ['one.example', 'two.example'] };
    const theirs = { ...base, allowedHosts: ['one.example', 'three.example'] };
    expect(mergeSettings(base, mine, theirs).allowedHosts).toEqual(['one.example', 'three.example', 'two.example']);
    expect(mergeSettings(base, mine, { name: 'demo' }).allowedHosts).toBeUndefined();
  });
});
