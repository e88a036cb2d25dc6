import { beforeEach, expect, it } from 'vitest';
import type { ImageDetail } from '../../worker/api/types.ts';
import { defaultProject } from './default-project.ts';
import { keepLastView, readLastView, type LastView } from './last-view.ts';

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

let kept: Map<string, string>;
let storage: Storage;

beforeEach(() => {
  kept = new Map();
  storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
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
  keepLastView(storage, view());
  expect(readLastView(storage)).toMatchObject(view());
});

it('a project with bytes or with much text is not kept, and what was kept before is forgotten', () => {
  for (const tooMuch of [new Uint8Array(1), 'x'.repeat(500_000)]) {
    keepLastView(storage, view());
    keepLastView(storage, view(tooMuch));
    expect(readLastView(storage)).toBeUndefined();
  }
});

it('what another version of the page wrote, and what is damaged, counts as nothing', () => {
  keepLastView(storage, view());
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
    expect(readLastView(storage)).toBeUndefined();
  }
});

it('a browser that stores nothing has nothing to begin with', () => {
  keepLastView(undefined, view());
  expect(readLastView(undefined)).toBeUndefined();
});
