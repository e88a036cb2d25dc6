import { describe, expect, it } from 'vitest';
import type { ContextFile } from '../../worker/api/types.ts';
import { defaultProject } from '../state/default-project.ts';
import { decodeFragment, encodeFragment, holdsProject, MAX_FRAGMENT, ShareError } from './fragment.ts';

const file = (path: string, content: ContextFile['content']): ContextFile => ({
  path,
  kind: 'file',
  mode: 0o755,
  mtimeMs: 0,
  ...(content === undefined ? {} : { content }),
});

/** A fragment that holds any JSON at all, packed as ours are. */
async function fragmentOf(value: unknown, version = '1'): Promise<string> {
  const packed = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `p=${version}.${Buffer.from(await new Response(packed).arrayBuffer()).toString('base64url')}`;
}

it('a project comes back as it went: names, modes, bytes, links, folders, letters of any script', async () => {
  const files: ContextFile[] = [
    file('Dockerfile', 'FROM scratch\n# grün, 緑 🙂\n'),
    file('logo.bin', Uint8Array.from([0, 255, 128])),
    file('ends-with@', 'x'),
    { path: 'empty', kind: 'directory', mode: 0o700, mtimeMs: 0 },
    { path: 'link', kind: 'symlink', target: '../a', mode: 0o777, mtimeMs: 0 },
  ];
  const fragment = await encodeFragment({ name: 'sübject', files });
  expect(holdsProject(`#${fragment}`)).toBe(true);
  expect(await decodeFragment(`#${fragment}`)).toEqual({ name: 'sübject', files });
});

it('the first example is a short link, of characters that no program escapes', async () => {
  const fragment = await encodeFragment(defaultProject('id', 0));
  expect(fragment).toMatch(/^p=1\.[\w-]+$/);
  expect(fragment.length).toBeLessThan(1100);
});

it('a project that is too large for a link says so', async () => {
  // A xorshift generator: bytes that do not pack.
  let state = 1;
  const noise = Uint8Array.from({ length: MAX_FRAGMENT }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
  await expect(encodeFragment({ name: 'big', files: [file('noise', noise)] })).rejects.toThrow(/too large for a link/);
});

it('other fragments are not taken for a project', () => {
  expect(holdsProject('#layers')).toBe(false);
  expect(holdsProject('')).toBe(false);
});

describe('a link that cannot be opened', () => {
  it.each([
    ['cut off in the middle', async () => (await encodeFragment(defaultProject('id', 0))).slice(0, 300), /damaged/],
    ['with a foreign character', async () => `${await encodeFragment(defaultProject('id', 0))}%`, /damaged/],
    ['of another kind', async () => 'p=hello', /does not begin as a Strata link/],
    ['of a newer format', async () => fragmentOf({ name: 'x', files: [] }, '2'), /newer Strata/],
    ['that holds a list', async () => fragmentOf([]), /does not hold a project/],
    ['without a name', async () => fragmentOf({ files: [] }), /no name/],
    ['without files', async () => fragmentOf({ name: 'x' }), /list of files/],
    ['with a file that is a number', async () => fragmentOf({ name: 'x', files: [1] }), /cannot be read/],
    [
      'with a file of an unknown kind',
      async () => fragmentOf({ name: 'x', files: [['socket', 'a', 0, '']] }),
      /no known kind/,
    ],
    [
      'with a path that climbs out',
      async () => fragmentOf({ name: 'x', files: [['text', '../a', 420, '']] }),
      /path that cannot be/,
    ],
    [
      'with the same path twice',
      async () =>
        fragmentOf({
          name: 'x',
          files: [
            ['text', 'a', 420, ''],
            ['text', './a', 420, ''],
          ],
        }),
      /path that cannot be/,
    ],
    [
      'that unpacks to far too much',
      async () => fragmentOf({ name: 'x', files: [['text', 'a', 420, 'a'.repeat(9 << 20)]] }),
      /more than a project may hold/,
    ],
  ])('%s says why', async (_, make, message) => {
    const hash = `#${await make()}`;
    await expect(decodeFragment(hash)).rejects.toThrow(message);
    await expect(decodeFragment(hash)).rejects.toBeInstanceOf(ShareError);
  });

  it('never has a mode beyond the permission bits', async () => {
    const { files } = await decodeFragment(`#${await fragmentOf({ name: 'x', files: [['text', 'a', 0o100755, '']] })}`);
    expect(files[0]?.mode).toBe(0o755);
  });
});
