import { strToU8, zipSync } from 'fflate';
import { afterEach, expect, it, vi } from 'vitest';
import { fetchProject, projectIn, rawAddress, sourceOf } from './from-address.ts';
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

it('a name from elsewhere cannot turn or break the line that tells it', async () => {
  const named = async (name: string): Promise<string> =>
    (await projectIn(bytes(JSON.stringify({ name, files: [] })), 'x')).name;
  expect(await named('web\u202egnp.exe\n\nDone')).toBe('web gnp.exe Done');
  expect(await named(' \u2066 ')).toBe('shared');
  expect(await named('日本 é 👩‍🚀')).toBe('日本 é 👩‍🚀');
});

it('what is none of these is refused, and so are names that climb out', async () => {
  await expect(projectIn(Uint8Array.of(1, 0, 2), 'x')).rejects.toThrow('neither');
  await expect(projectIn(bytes('{"files":{"../x":{"content":""}}}'), 'x')).rejects.toThrow('cannot be read');
});

it.each([
  ['nothing', '\n', 'is empty'],
  ['a web page', '\n<!doctype html>\n<title>Dockerfile</title>', 'web page'],
  ['a part of a gist', '{"files":{"a":{"content":"x","truncated":true}}}', 'too large to come whole'],
])('%s is no project', async (_, text, message) => {
  await expect(projectIn(bytes(text), 'x')).rejects.toThrow(message);
});

afterEach(() => vi.unstubAllGlobals());
const url = new URL('https://example.com/Dockerfile');

it('an answer that does not end is read no further than a project may be', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (to) => to.enqueue(new Uint8Array((sent += 8 << 20) && 8 << 20)),
  });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(endless)));
  await expect(fetchProject(url, new AbortController().signal)).rejects.toThrow('larger than a project');
  expect(sent).toBeLessThan(100 << 20);
});

it('a fetch that is given up says so, and not that the host cannot be read', async () => {
  const controller = new AbortController();
  vi.stubGlobal('fetch', () => {
    controller.abort();
    return Promise.reject(new Error('aborted'));
  });
  await expect(fetchProject(url, controller.signal)).rejects.toThrow(DOMException);
});

it('an address that holds a stray percent sign names the project as it stands', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('FROM a\n')));
  const { name } = await fetchProject(new URL('https://example.com/100%.zip'), new AbortController().signal);
  expect(name).toBe('100%');
});
