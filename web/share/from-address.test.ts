import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { projectIn, rawAddress, sourceOf } from './from-address.ts';
import { toWire } from './shared-project.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

it('the address is taken from the query, and only of the web', () => {
  expect(sourceOf('')).toBeUndefined();
  expect(sourceOf('?from=https%3A%2F%2Fexample.com%2Fa.zip')?.href).toBe('https://example.com/a.zip');
  for (const bad of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:,x',
    'nowhere',
    'https://me:pass@example.com/',
  ]) {
    expect(() => sourceOf(`?from=${encodeURIComponent(bad)}`)).toThrow('not an address');
  }
});

it('pages that people copy addresses of stand for what they show', () => {
  const raw = (address: string): string => rawAddress(new URL(address)).href;
  expect(raw('https://gist.github.com/some-one/0123456789abcdef01234')).toBe(
    'https://api.github.com/gists/0123456789abcdef01234',
  );
  expect(raw('https://github.com/some/repo/blob/main/docker/Dockerfile')).toBe(
    'https://raw.githubusercontent.com/some/repo/main/docker/Dockerfile',
  );
  expect(raw('https://example.com/x')).toBe('https://example.com/x');
});

it('a project file, a zip, a gist and a Dockerfile are told apart by what they hold', async () => {
  const project = {
    name: 'told',
    files: [{ path: 'a', kind: 'file', content: 'x', mode: 0o644, mtimeMs: 0 }],
  } as const;
  expect(await projectIn(bytes(JSON.stringify(await toWire(project))), 'n')).toEqual(project);
  const zip = Uint8Array.from(zipSync({ Dockerfile: strToU8('FROM a\n') }));
  expect((await projectIn(zip, 'zip')).files[0]).toMatchObject({ path: 'Dockerfile', content: 'FROM a\n' });
  const gist = { id: '1', files: { Dockerfile: { content: 'FROM b\n' }, 'run.sh': { content: 'echo\n' } } };
  expect((await projectIn(bytes(JSON.stringify(gist)), 'g')).files.map(({ path }) => path)).toEqual([
    'Dockerfile',
    'run.sh',
  ]);
  expect(await projectIn(bytes('FROM c\n'), 'plain')).toMatchObject({
    name: 'plain',
    files: [{ content: 'FROM c\n' }],
  });
});

it('what is none of these is refused, and so are names that climb out', async () => {
  await expect(projectIn(Uint8Array.of(1, 0, 2), 'x')).rejects.toThrow('neither');
  await expect(projectIn(bytes('{"files":{"../x":{"content":""}}}'), 'x')).rejects.toThrow('cannot be read');
});
