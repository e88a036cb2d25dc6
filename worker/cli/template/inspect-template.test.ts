import { describe, expect, it } from 'vitest';
import { CONTAINER_INSPECT } from './docker-types/container.ts';
import { IMAGE_INSPECT } from './docker-types/image.ts';
import { VOLUME_INSPECT } from './docker-types/volume.ts';
import { executeOnObject } from './inspect-template.ts';
import { parseTemplate } from './template.ts';

const IMAGE = {
  Id: 'sha256:ab',
  RepoTags: ['app:1'],
  Os: 'linux',
  Size: 4,
  Config: {
    Env: ['A=1'],
    Cmd: ['a', 'b'],
    Volumes: null,
    ExposedPorts: { '80/tcp': {} },
    Healthcheck: { Test: ['CMD', 'x'], Interval: 5_000_000_000 },
  },
  Metadata: { LastTagTime: '2026-11-21T15:51:27.5Z' },
  Extra: { Deep: 12345678901 },
};

const ofImage = (text: string): string => executeOnObject(parseTemplate(text), IMAGE_INSPECT, IMAGE);

describe('image inspect --format', () => {
  it.each([
    ['{{.Config.Volumes}} {{.Config.Entrypoint}} {{.RepoDigests}} {{.Config.User}}|', 'map[] [] [] |'],
    ['{{.ID}} {{.Size}}', 'sha256:ab 4'],
    ['{{.Config.Healthcheck.Interval}} {{.Metadata.LastTagTime}}', '5s 2026-11-21 15:51:27.5 +0000 UTC'],
    ['{{index .Config.ExposedPorts "80/tcp"}} {{join .Config.Cmd " "}}', '{} a b'],
    // only the bare JSON has these
    ['{{.Id}} {{.Extra.Deep}}', 'sha256:ab 12345678901'],
    ['{{json .Config.Healthcheck}}', '{"Test":["CMD","x"],"Interval":5000000000}'],
  ])('%s', (text, output) => {
    expect(ofImage(text)).toBe(output);
  });

  it.each([
    ['{{.Nothing}}', 'template: :1:2: executing "" at <.Nothing>: map has no entry for key "Nothing"'],
    [
      '{{.Os.Deeper}}',
      'template: :1:5: executing "" at <.Os.Deeper>: can\'t evaluate field Deeper in type interface {}',
    ],
    [
      '{{index .Config.Cmd 5}}',
      'template: :1:2: executing "" at <index .Config.Cmd 5>: error calling index: index out of range: 5',
    ],
  ])('%s tells what the bare JSON lacks', (text, message) => {
    expect(() => ofImage(text)).toThrow(message);
  });
});

describe('container inspect --format', () => {
  const CONTAINER = {
    Id: 'cd',
    Name: '/box',
    State: { Status: 'exited', ExitCode: 3 },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] }, Memory: 67108864 },
    Mounts: [{ Type: 'bind', Source: '/a', Destination: '/b', Mode: '', RW: true, Propagation: 'rprivate' }],
    NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  };
  const ofContainer = (text: string): string => executeOnObject(parseTemplate(text), CONTAINER_INSPECT, CONTAINER);

  it('finds the fields of embedded structs', () => {
    expect(ofContainer('{{.Name}} {{.State.ExitCode}} {{.HostConfig.Memory}} {{.ContainerJSONBase.ID}}')).toBe(
      '/box 3 67108864 cd',
    );
  });

  it('indexes ports, which are no plain strings, in the bare JSON', () => {
    expect(ofContainer('{{(index (index .HostConfig.PortBindings "80/tcp") 0).HostPort}}')).toBe('8080');
    expect(ofContainer('{{range $port, $to := .HostConfig.PortBindings}}{{$port}}{{$to}}{{end}}')).toBe(
      '80/tcp[{ 8080}]',
    );
  });

  it('ranges over mounts and networks', () => {
    const text =
      '{{range .Mounts}}{{.Source}}:{{.Destination}}{{end}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    expect(ofContainer(text)).toBe('/a:/b 172.17.0.2');
  });
});

describe('volume inspect --format', () => {
  const ofVolume = (text: string): string =>
    executeOnObject(parseTemplate(text), VOLUME_INSPECT, { Name: 'v', Labels: { a: 'b' } }, false);

  it('writes what the type has', () => {
    expect(ofVolume('{{.Name}} {{.Labels}} {{.UsageData}}')).toBe('v map[a:b] <nil>');
  });

  it('has no second try', () => {
    expect(() => ofVolume('{{.Nope}}')).toThrow("can't evaluate field Nope in type volume.Volume");
    expect(() => ofVolume('{{.UsageData.Size}}')).toThrow('nil pointer evaluating *volume.UsageData.Size');
  });
});
