import { describe, expect, it } from 'vitest';
import { utf8, utf8Text } from '../base/bytes.ts';
import { parseImageConfig } from './config.ts';
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

  it('sorts labels as Go sorts strings, also those that look like numbers', () => {
    const bytes = imageConfigBytes({
      os: 'linux',
      architecture: 'amd64',
      config: { Labels: { 9: 'nine', 10: 'ten', é: 'e', z: 'z' } },
      rootfs: { type: 'layers', diff_ids: [LAYER] },
    });
    expect(utf8Text(bytes)).toContain('"Labels":{"10":"ten","9":"nine","z":"z","é":"e"}');
  });

  it('gives back the very bytes of a config that BuildKit wrote', () => {
    const written =
      '{"architecture":"amd64","author":"Me \\u003cme@x\\u003e","config":{"User":"1000:1000","ExposedPorts":{"53/udp":{},"8080/tcp":{}},' +
      '"Env":["PATH=/bin","FOO=bar"],"Entrypoint":["/bin/echo"],"Cmd":["hi"],"Volumes":{"/a":{},"/data":{}},"WorkingDir":"/work",' +
      '"Labels":{"a":"\\u003cx\\u003e\\u0026y","b":"2"},"StopSignal":"SIGTERM","ArgsEscaped":true,"Healthcheck":{"Test":["CMD-SHELL","true"],' +
      '"Interval":5000000000,"Timeout":3000000000,"StartPeriod":1000000000,"StartInterval":2000000000,"Retries":3},' +
      '"OnBuild":["RUN echo hi"],"Shell":["/bin/sh","-ec"]},"created":"2024-05-01T13:24:54.117338107Z","history":[' +
      '{"created":"2024-05-01T11:43:49.782991991Z","created_by":"COPY root/ / # buildkit","comment":"buildkit.dockerfile.v0"},' +
      '{"created":"2024-05-01T11:43:49.782991991Z","created_by":"CMD [\\"sh\\"]","comment":"buildkit.dockerfile.v0","empty_layer":true}],' +
      `"os":"linux","rootfs":{"type":"layers","diff_ids":["${LAYER}"]}}`;
    expect(utf8Text(imageConfigBytes(parseImageConfig(utf8(written))))).toBe(written);
  });
});
