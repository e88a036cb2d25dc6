import { describe, expect, it } from 'vitest';
import { utf8Text } from '../base/bytes.ts';
import { imageConfigBytes } from './config-bytes.ts';
import type { DiffID } from './digest.ts';

const LAYER = `sha256:${'a'.repeat(64)}` as DiffID;

describe('imageConfigBytes', () => {
  it("writes fields in BuildKit's order, whatever order they were set in", () => {
    const bytes = imageConfigBytes({
      rootfs: { diff_ids: [LAYER], type: 'layers' },
      os: 'linux',
      config: { Shell: ['a'], Labels: { b: '1', a: '2' }, Cmd: ['x'], User: 'u', ArgsEscaped: true },
      architecture: 'amd64',
      history: [{ comment: 'c', empty_layer: true, created_by: 'CMD x' }],
    });
    expect(utf8Text(bytes)).toBe(
      '{"architecture":"amd64","config":{"User":"u","Cmd":["x"],"Labels":{"a":"2","b":"1"},"ArgsEscaped":true,"Shell":["a"]},' +
        '"history":[{"created_by":"CMD x","comment":"c","empty_layer":true}],"os":"linux",' +
        `"rootfs":{"type":"layers","diff_ids":["${LAYER}"]}}`,
    );
  });

  it('escapes text as Go does', () => {
    const bytes = imageConfigBytes({
      os: 'linux',
      architecture: 'amd64',
      author: '<me & \u2028>',
      rootfs: { type: 'layers', diff_ids: [] },
    });
    expect(utf8Text(bytes)).toContain('"author":"\\u003cme \\u0026 \\u2028\\u003e"');
  });

  it('leaves out what is empty', () => {
    const bytes = imageConfigBytes({
      os: 'linux',
      architecture: 'amd64',
      author: '',
      config: { Env: [], WorkingDir: '/' },
      history: [{ created_by: 'COPY a b', empty_layer: false }],
      rootfs: { type: 'layers', diff_ids: [LAYER] },
    });
    expect(utf8Text(bytes)).toBe(
      `{"architecture":"amd64","config":{"WorkingDir":"/"},"history":[{"created_by":"COPY a b"}],"os":"linux","rootfs":{"type":"layers","diff_ids":["${LAYER}"]}}`,
    );
  });
});
