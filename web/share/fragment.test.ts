import { describe, expect, it } from 'vitest';
import type { ContextFile } from '../../worker/api/types.ts';
import { defaultProject } from '../state/default-project.ts';
import { decodeFragment, encodeFragment, withoutSource } from './fragment.ts';
import { holdsProject } from './project-hash.ts';
import { ShareError, type SharedProject } from './shared-project.ts';

const file = (path: string, content: ContextFile['content']): ContextFile => ({
  path,
  kind: 'file',
  mode: 0o755,
  mtimeMs: 0,
  ...(content === undefined ? {} : { content }),
});

/** A fragment that holds any JSON at all, packed as ours are. */
async function fragmentOf(value: unknown, version = '2'): Promise<string> {
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
  expect(fragment).toMatch(/^p=2\.[\w-]+$/);
  expect(fragment.length).toBeLessThan(1100);
});

it('how it is built and looked at comes along', async () => {
  const shared: SharedProject = {
    name: 'all of it',
    files: [file('Dockerfile', 'FROM scratch\n')],
    build: { target: 'tests', platform: 'linux/arm64', buildArgs: { VERSION: '1', EMPTY: '' } },
    place: 'panel=files&layers=2&path=/etc/motd',
    commands: ['docker images', 'docker run --rm x'],
    imageID: `sha256:${'0'.repeat(64)}`,
  };
  expect(await decodeFragment(`#${await encodeFragment(shared)}`)).toEqual(shared);
});

describe('links of every format open', () => {
  it('1: files alone', async () => {
    const link =
      '#p=1.PY1Ba8JAFIT_ynZ6fXWrRrA5FKTizSpCD8XkkKQvcXHzVna30FD6z3rrHyur4ml438yb-YZUPSNHa3yIqnW-ryIIrbEckO_3iPyVwNI1R_YJg7LJI2G126xVZU9GOLdV5BALedls35X_lFE4KF3I7u1V6ctZCEq6lV0YKHuaEu7vdG1Epww3B6c6__cr6lnpzjNHI931tx4iBxCs69yoNgKazjPCYvuwOPth6K2RY0qcZTYe35aS_2E8N9H5AQTuT3G47qMsf_4B';
    expect(await decodeFragment(link)).toEqual({
      name: 'first format',
      files: [
        { ...file('Dockerfile', 'FROM alpine:latest\nCOPY run.sh /\nRUN /run.sh\n'), mode: 0o644 },
        file('run.sh', '#!/bin/sh\necho grün > /greeting\n'),
        { ...file('logo.bin', Uint8Array.from([0, 255, 128])), mode: 0o600 },
        { path: 'link', kind: 'symlink', target: 'run.sh', mode: 0o777, mtimeMs: 0 },
        { path: 'empty', kind: 'directory', mode: 0o755, mtimeMs: 0 },
      ],
    });
  });

  it('2: build settings, place, commands and digest too', async () => {
    const link =
      '#p=2.hY9Na4NAGIT_yjLnpahRkyzkIPSDHtqAgV4SD6-7r0a6u4puoRD872VD7r0NzzDwzA2eHENhYT16I7pxdhQg0Q2WF6jzGYF_I3ge9TfPEUPmWSLxWh8_BNlp8KwsBV6CqE6CLr6q38TXS316P35ePJpGov0ZrIG6IdDcc4AC4UGruV9i8xhAIX3KsK4SkyUdzSbybA-a9JUhoUfnyJuoBnNXEoOjnhc0EvcUz1wpK0qVJGmaZZtNnhdFWW63u91-T9S2WhvD3HX_9Vj_AA';
    expect(await decodeFragment(link)).toEqual({
      name: 'second format',
      files: [{ ...file('Dockerfile', 'FROM alpine:latest AS a\nARG VERSION\n'), mode: 0o644 }],
      build: { target: 'a', buildArgs: { VERSION: '1.2' } },
      place: 'panel=cache',
      commands: ['docker images'],
      imageID: 'sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    });
  });
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
    ['of a newer format', async () => fragmentOf({ name: 'x', files: [] }, '3'), /newer Strata/],
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
    ['with a digest that is none', async () => fragmentOf({ name: 'x', files: [], image: 'sha256:1' }), /digest/],
    ['with commands that are no lines', async () => fragmentOf({ name: 'x', files: [], commands: [1] }), /command/],
    ['with a NUL in an argument', async () => fragmentOf({ name: 'x', files: [], build: { target: '\0' } }), /target/],
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

it('what an address named is taken from its query, and the rest stays', () => {
  expect(withoutSource('?from=https://example.com')).toBe('');
  expect(withoutSource('?embed=layers&from=x')).toBe('?embed=layers');
  expect(withoutSource('')).toBe('');
});
