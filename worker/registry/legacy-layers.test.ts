import { describe, expect, it } from 'vitest';
import { utf8, utf8Text } from '../base/bytes.ts';
import { parseImageConfig } from '../oci/config.ts';
import { legacyLayers } from './legacy-layers.ts';

/** An image of two layers that a Docker Engine 26.1 saved. */
const CONFIG = {
  architecture: 'amd64',
  config: {
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'A=1'],
    Cmd: ['sh'],
    WorkingDir: '/',
    ArgsEscaped: true,
  },
  created: '2026-11-21T22:12:57.761549081Z',
  os: 'linux',
  rootfs: {
    type: 'layers',
    diff_ids: [
      'sha256:58c3d6baf1ffaa546055f03376c849d8ce19b52f887aadf5d1acd3b624e4edc3',
      'sha256:3e830ff27557b6a38b01cf58eea18ffa145602bc91590559663f645b0d1bcc9d',
    ],
  },
};

function parentOf(document: string): unknown {
  const { parent } = JSON.parse(document) as { readonly parent?: unknown };
  return parent;
}

describe("documents of an image's layers for old releases of Docker", () => {
  it('have the IDs and the length that Docker gives them', async () => {
    const documents = await legacyLayers(parseImageConfig(utf8(JSON.stringify(CONFIG))));
    expect(documents.map(({ byteLength }) => byteLength)).toEqual([401, 875]);
    expect(documents.map((document) => utf8Text(document).slice(0, 73))).toEqual([
      '{"id":"365ef14efcd4f0f4da46fee2e95736a9a865aa3538eb57a54a5b31bbdd271cb2",',
      '{"id":"1c2e8ce1fbccb90fda24558afd631a56268f03d33053f7a03a7dbef0a99a635f",',
    ]);
  });

  it('hold the image in the topmost alone, which names the one below', async () => {
    const [bottom = '', top = ''] = (await legacyLayers(parseImageConfig(utf8(JSON.stringify(CONFIG))))).map(utf8Text);
    const below: unknown = JSON.parse(bottom);
    expect(below).not.toHaveProperty('config');
    expect(JSON.parse(top)).toMatchObject({ config: { WorkingDir: '/' } });
    expect(below).toHaveProperty('id', parentOf(top));
  });
});
