import { beforeEach, expect, it } from 'vitest';
import type { ImageDetail } from '../../worker/api/types.ts';
import { defaultProject } from './default-project.ts';
import { keepLastView, viewToGoOn, type LastView } from './last-view.ts';
import { UnsavedStore } from './unsaved-edits.ts';

const IMAGE: ImageDetail = {
  id: 'sha256:1',
  names: ['helloworld:latest'],
  sizeBytes: 8,
  replica: true,
  simulated: false,
  layers: [],
  stack: [],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '/',
  user: '',
};

const WRITER = '/assets/page-this.js';

let kept: Map<string, string>;
let storage: Storage;

beforeEach(() => {
  kept = new Map();
  storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (place: number) => [...kept.keys()][place] ?? null,
    get length() {
      return kept.size;
    },
  } as Storage;
});

const view = (content: string | Uint8Array<ArrayBuffer> = 'FROM alpine\n'): LastView => {
  const project = defaultProject('id', 0);
  const file = { path: 'Dockerfile', kind: 'file' as const, content, mode: 0o644, mtimeMs: 0 };
  return {
    project: { ...project, files: [file] },

    built: { image: IMAGE, steps: [], text: 'FROM alpine\n' },
  };
};

it('what was on screen last is there again, whole', () => {
  keepLastView(storage, WRITER, view());
  expect(viewToGoOn(storage, WRITER, '')).toMatchObject(view());
});

it('a project with bytes or with much text is not kept, and what was kept before is forgotten', () => {
  for (const tooMuch of [new Uint8Array(1), 'x'.repeat(500_000)]) {
    keepLastView(storage, WRITER, view());
    keepLastView(storage, WRITER, view(tooMuch));
    expect(viewToGoOn(storage, WRITER, '')).toBeUndefined();
  }
});

it('what another version of the page wrote, and what is damaged, counts as nothing', () => {
  keepLastView(storage, WRITER, view());
  const [[key, text] = ['', '']] = [...kept];
  const written = JSON.parse(text) as Record<string, unknown>;
  const damages: unknown[] = [
    { ...written, writer: '/assets/page-older.js' },
    { ...written, project: { ...(written['project'] as object), files: 'none' } },
    { ...written, built: { text: '', steps: [], image: {} } },
    null,
  ];
  for (const damaged of [...damages.map((each) => JSON.stringify(each)), text.slice(0, -1)]) {
    kept.set(key, damaged);
    expect(viewToGoOn(storage, WRITER, '')).toBeUndefined();
  }
});

it('a visit that begins with a link, a lesson or unstored edits does not go on with it', () => {
  keepLastView(storage, WRITER, view());
  expect(viewToGoOn(storage, WRITER, '#panel=files')).toMatchObject(view());
  expect(viewToGoOn(storage, WRITER, '#p=2.abc')).toBeUndefined();
  kept.set('strata.settings', JSON.stringify({ lesson: 'layers' }));
  expect(viewToGoOn(storage, WRITER, '')).toBeUndefined();
  kept.delete('strata.settings');
  const { project } = view();
  new UnsavedStore(storage).keep(project, [], project.files);
  expect(viewToGoOn(storage, WRITER, '')).toBeUndefined();
});

it('a browser that stores nothing has nothing to begin with', () => {
  keepLastView(undefined, WRITER, view());
  expect(viewToGoOn(undefined, WRITER, '')).toBeUndefined();
});
