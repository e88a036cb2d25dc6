import { expect, it } from 'vitest';
import { filesOfTexts } from './project-files.ts';
import { sidesOf, UnsavedStore } from './unsaved-edits.ts';

const project = { id: 'a', name: 'demo', revision: 3 };

/** As localStorage is, in memory. */
function storageOf(entries: Readonly<Record<string, string>> = {}): Storage {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (place) => [...map.keys()][place] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
  };
}

it('what was changed, added and deleted comes back over the rest', () => {
  const store = new UnsavedStore(storageOf());
  const stored = filesOfTexts({ Dockerfile: 'FROM a\n', gone: '', same: 'x' });
  const [dockerfile, , same] = stored;
  store.keep(project, stored, [{ ...dockerfile!, content: 'FROM b\n' }, same!, ...filesOfTexts({ more: 'y' })]);

  const { base, mine } = sidesOf(store.latest()!, stored);
  const textsOf = (files: typeof base) => Object.fromEntries(files.map((file) => [file.path, file.content]));
  expect(textsOf(base)).toEqual({ Dockerfile: 'FROM a\n', gone: '', same: 'x' });
  expect(textsOf(mine)).toEqual({ Dockerfile: 'FROM b\n', same: 'x', more: 'y' });
  store.forget('a');
  expect(store.of('a')).toBeUndefined();
});

it('a project that was never stored is kept whole', () => {
  const store = new UnsavedStore(storageOf());
  const files = filesOfTexts({ Dockerfile: 'FROM a\n', other: 'x' });
  store.keep({ ...project, revision: 0 }, files, files);
  expect(store.latest()?.changes.map(({ path, was }) => [path, was])).toEqual([
    ['Dockerfile', null],
    ['other', null],
  ]);
});

it('bytes, and what is too long for the place, are left out; nothing is kept of a project without edits', () => {
  const store = new UnsavedStore(storageOf());
  const [text] = filesOfTexts({ text: 'x' });
  store.keep(project, [], [{ ...text!, content: new Uint8Array(3) }]);
  store.keep(project, [text!], [text!]);
  store.keep(project, [], [{ ...text!, content: 'x'.repeat(3_000_000) }]);
  expect(store.latest()).toBeUndefined();
});

it.each([
  '{',
  '[]',
  '{"id":"a"}',
  '{"id":"a","name":"n","revision":1,"leftMs":1,"changes":[{"path":"p","was":null,"is":{"path":"../q"}}]}',
  '{"id":"a","name":"n","revision":1,"leftMs":1,"changes":[{"path":"p","was":null,"is":7}]}',
])('damaged edits %j are none', (written) => {
  expect(new UnsavedStore(storageOf({ 'strata.unsaved.a': written })).latest()).toBeUndefined();
});
