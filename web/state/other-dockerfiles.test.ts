import { expect, it } from 'vitest';
import { filesOfTexts } from './project-files.ts';
import { otherDockerfiles, tagOfDockerfile } from './other-dockerfiles.ts';

it('knows the Dockerfiles of a project beside its own', () => {
  const files = filesOfTexts({
    Dockerfile: '',
    'Dockerfile.bad': '',
    'Dockerfile.bad.dockerignore': '',
    'docker/web.Dockerfile': '',
    'Dockerfile/readme': '',
  });
  expect(otherDockerfiles(files)).toEqual(['Dockerfile.bad', 'docker/web.Dockerfile']);
});

it.each([
  ['Dockerfile.bad', 'app:bad'],
  ['docker/web.Dockerfile', 'app:web'],
  ['Dockerfile.a b+c', 'app:a-b-c'],
  ['Dockerfile.-', 'app:other'],
])('names the image of %s %s', (path, tag) => {
  expect(tagOfDockerfile(path, 'app:latest')).toBe(tag);
});
