import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { LESSON_IMAGES } from '../lessons/lesson-images.ts';
import { keepMirror, type MirrorProgress } from './keep-mirror.ts';

const MIRROR = resolve(import.meta.dirname, '../../public/mirror');
const ADDRESS = 'https://strata.example/mirror';

afterEach(() => vi.unstubAllGlobals());

/** Answers with the files of the mirror; gives the addresses that were asked for. */
function serveMirror(): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return new Response(await readFile(join(MIRROR, address.slice(ADDRESS.length))));
  });
  return asked;
}

it('fetches the index, each manifest and each blob once, and tells how far it is', async () => {
  const asked = serveMirror();
  const told: MirrorProgress[] = [];
  await keepMirror(ADDRESS, (progress) => told.push(progress), new AbortController().signal);
  expect(asked.length).toBeGreaterThan(100);
  expect(new Set(asked).size).toBe(asked.length);
  expect(told.at(-1)?.keptBytes).toBe(told.at(-1)?.totalBytes);
});

it('keeps what lessons build on alone, where that is asked for: there is all of it, and it is little', async () => {
  const asked = serveMirror();
  let keptBytes = 0;
  const take = (progress: MirrorProgress): void => void (keptBytes = progress.keptBytes);
  await keepMirror(ADDRESS, take, new AbortController().signal, LESSON_IMAGES);
  expect(asked.length).toBeGreaterThan(LESSON_IMAGES.length * 2);
  expect(keptBytes).toBeGreaterThan(0);
  expect(keptBytes).toBeLessThan(2 << 20);
});

it('says which file cannot be had', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
  await expect(keepMirror(ADDRESS, () => undefined, new AbortController().signal)).rejects.toThrow(
    '404 for index.json',
  );
});

it('keeps every blob that the mirror has', async () => {
  const asked = serveMirror();
  await keepMirror(ADDRESS, () => undefined, new AbortController().signal);
  const blobs = await readdir(join(MIRROR, 'blobs/sha256'));
  expect(new Set(asked)).toEqual(
    new Set([`${ADDRESS}/index.json`, ...blobs.map((name) => `${ADDRESS}/blobs/sha256/${name}`)]),
  );
});
