import { expect, it } from 'vitest';
import { filesOfTexts } from '../state/project-files.ts';
import { contextAmong, filesOfContext, withDockerfile } from './dropped-context.ts';
import { zipOf } from './project-zip.ts';

const found = (path: string, text: BlobPart = '') => ({ path, file: new File([text], path.split('/').at(-1) ?? '') });

it('a zip alone, or one folder with a Dockerfile, may be a whole build context', () => {
  expect(contextAmong([found('app.zip')])).toMatchObject({ kind: 'zip', name: 'app' });
  expect(contextAmong([found('app/Dockerfile'), found('app/src/main.go')])).toMatchObject({
    kind: 'folder',
    name: 'app',
  });
  expect(contextAmong([found('assets/logo.png')])).toBeUndefined();
  expect(contextAmong([found('app/Dockerfile'), found('other.txt')])).toBeUndefined();
  expect(contextAmong([found('a.zip'), found('b.zip')])).toBeUndefined();
  expect(contextAmong([])).toBeUndefined();
});

it('its files lie in the context without the folder or the zip around them', async () => {
  const folder = contextAmong([found('app/Dockerfile', 'FROM a\n'), found('app/src/main.go', 'x')]);
  const files = filesOfTexts({ Dockerfile: 'FROM a\n', 'src/main.go': 'x' });
  const zip = contextAmong([found('app.zip', await zipOf(files))]);
  for (const context of [folder, zip]) {
    const read = context === undefined ? undefined : await filesOfContext(context);
    expect(read?.files.map(({ path, content }) => [path, content])).toEqual([
      ['Dockerfile', 'FROM a\n'],
      ['src/main.go', 'x'],
    ]);
  }
});

it('without a Dockerfile of its own it is built by the one there was', () => {
  const before = filesOfTexts({ Dockerfile: 'FROM old\n', other: '' });
  expect(withDockerfile(filesOfTexts({ a: '' }), before).map(({ path }) => path)).toEqual(['a', 'Dockerfile']);
  const own = filesOfTexts({ Dockerfile: 'FROM new\n' });
  expect(withDockerfile(own, before)).toBe(own);
});
