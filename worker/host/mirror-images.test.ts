import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { configOf } from '../dockerfile/analysis/known-images.ts';
import { diagnose } from '../dockerfile/language/index.ts';
import { findImages } from './mirror-images.ts';
import { directoryTransport } from './node/directory-transport.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');

it('the bundled mirror tells its images, their tags and what they set', async () => {
  const images = await findImages(['http://page.invalid/mirror'], directoryTransport(PUBLIC));
  expect(images.repositories.find(({ name }) => name === 'alpine')?.tags).toContain('latest');
  expect(configOf(images, 'docker.io/library/golang')?.environment.join('\n')).toContain('GOLANG_VERSION=');
  expect(configOf(images, 'alpine')).toMatchObject({ platform: { os: 'linux', architecture: 'amd64' } });
  const found = diagnose('FROM golang\nARG V=$GOLANG_VERSION\nENV W=$GOLANG_VERSIO\n', { contextPaths: [], images });
  expect(found.filter(({ rule }) => rule === 'UndefinedVar').map(({ message }) => message)).toEqual([
    "Usage of undefined variable '$GOLANG_VERSIO' (did you mean $GOLANG_VERSION?)",
  ]);
});

it('a mirror that is not there is an error', async () => {
  await expect(findImages(['http://page.invalid/nothing'], directoryTransport(PUBLIC))).rejects.toThrow();
});
