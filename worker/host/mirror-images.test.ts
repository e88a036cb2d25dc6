import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { serveLanguage } from '../api/language-service.ts';
import { findImages } from './mirror-images.ts';
import { directoryTransport } from './node/directory-transport.ts';

const files = directoryTransport(resolve(import.meta.dirname, '../../public'));
const MIRROR = 'http://page.invalid/mirror';

it('the bundled mirror tells its images and their tags, and what one sets when it is asked for', async () => {
  const images = await findImages([MIRROR], files);
  expect(images.repositories.find(({ name }) => name === 'alpine')?.tags).toContain('latest');
  expect((await images.config('golang:latest'))?.environment.join('\n')).toContain('GOLANG_VERSION=');
  expect(await images.config('alpine:latest')).toMatchObject({ platform: { os: 'linux', architecture: 'amd64' } });
  expect(await images.config('nosuch:latest')).toBeUndefined();
});

it('a mirror that is not there is an error', async () => {
  await expect(findImages(['http://page.invalid/nothing'], files)).rejects.toThrow();
});

it('the language service learns of the images a Dockerfile stands on, and no others', async () => {
  const asked: string[] = [];
  const service = serveLanguage((mirrors) =>
    findImages(mirrors, (request) => {
      asked.push(request.url);
      return files(request);
    }),
  );
  service.start([MIRROR]);
  const text = 'FROM golang AS a\nARG V=$GOLANG_VERSION\nENV W=$GOLANG_VERSIO\nFROM a\nFROM nosuch/image\n';
  const undefinedIn = async (): Promise<string[]> =>
    (await service.diagnose(text)).filter(({ rule }) => rule === 'UndefinedVar').map(({ message }) => message);
  const message = "Usage of undefined variable '$GOLANG_VERSIO' (did you mean $GOLANG_VERSION?)";
  expect(await undefinedIn()).toEqual([message]);
  expect(asked).toHaveLength(3);
  expect(await undefinedIn()).toEqual([message]);
  expect(asked).toHaveLength(3);
  expect(await service.complete('FROM alp', { line: 1, column: 9 })).not.toEqual([]);
});

it('the language works without images', async () => {
  const service = serveLanguage(() => Promise.reject(new Error('offline')));
  service.start([MIRROR]);
  expect(await service.diagnose('FROM x:1\nRUN y\n')).toEqual([]);
});
