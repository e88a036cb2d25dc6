/** What the in-page registry has of distribution's own: its words, its files, its log. The specification's rules are in tests/contract. */
import { describe, expect, it } from 'vitest';
import { memoryRegistryFiles } from '../../../tests/contract/memory-registry-files.ts';
import { createCountingRandom, createEagerClock, createRegistry } from '../../../tests/interop/registry-world.ts';
import { describeRegistry } from '../../../tests/interop/registry-contract.ts';
import { utf8 } from '../../base/bytes.ts';
import { digestOf } from '../../codec/sha256.ts';
import { collectGarbage } from './garbage-collect.ts';
import { RegistryLog, type LogLevel } from './log.ts';
import { createRegistryServer } from './server.ts';
import { RegistryStorage } from './storage.ts';

const BASE = 'http://localhost:5000';
const CONFIG = utf8('{}');

describeRegistry('the in-page registry', () =>
  Promise.resolve({ domain: 'localhost:5000', transport: createRegistry() }),
);

function openRegistry(options: { readonly deleteEnabled?: boolean; readonly level?: LogLevel } = {}) {
  const { deleteEnabled = true, level = 'info' } = options;
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const clock = createEagerClock();
  const files = memoryRegistryFiles();
  const serve = createRegistryServer({
    files,
    clock,
    random: createCountingRandom(),
    log: new RegistryLog({ access: note, entry: note }, clock, level, { service: 'registry' }),
    deleteEnabled,
    headers: { 'x-content-type-options': 'nosniff' },
    goVersion: 'go1.20.8',
  });
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    serve(new Request(BASE + path, init), { address: '172.17.0.1', port: 40_000 });
  const pushImage = async (name: string, tag: string): Promise<string> => {
    const digest = await digestOf(CONFIG);
    await send(`/v2/${name}/blobs/uploads/?digest=${digest}`, { method: 'POST', body: CONFIG });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: 2 }],
    });
    await send(`/v2/${name}/manifests/${tag}`, { method: 'PUT', body: manifest });
    return digestOf(utf8(manifest));
  };
  return { send, pushImage, lines, files };
}

describe('the in-page registry', () => {
  it('words its refusals as distribution does', async () => {
    const { send } = openRegistry();
    const words = async (path: string, init?: RequestInit) => {
      const response = await send(path, init);
      return [response.status, await response.text()];
    };
    const zeros = `sha256:${'0'.repeat(64)}`;
    expect(await words('/v2/')).toEqual([200, '{}']);
    expect(await words('/')).toEqual([200, '']);
    expect(await words('/v2')).toEqual([301, '<a href="/v2/">Moved Permanently</a>.\n\n']);
    expect(await words('/v2/Upper/tags/list')).toEqual([404, '404 page not found\n']);
    expect(await words('/v2/_catalog', { method: 'POST' })).toEqual([405, 'Method not allowed\n']);
    expect(await words('/v2/nope/tags/list')).toEqual([
      404,
      '{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"nope"}}]}\n',
    ]);
    expect(await words('/v2/nope/manifests/latest')).toEqual([
      404,
      '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"latest"}}]}\n',
    ]);
    expect(await words(`/v2/nope/blobs/${zeros}`)).toEqual([
      404,
      `{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown to registry","detail":"${zeros}"}]}\n`,
    ]);
    expect((await words('/v2/nope/blobs/sha256:abc'))[0]).toBe(400);
  });

  it('deletes nothing unless it may', async () => {
    const { send, pushImage } = openRegistry({ deleteEnabled: false });
    const digest = await pushImage('app', 'v1');
    const refused = await send(`/v2/app/manifests/${digest}`, { method: 'DELETE' });
    expect([refused.status, await refused.text()]).toEqual([
      405,
      '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}\n',
    ]);
    expect((await send(`/v2/app/manifests/${digest}`)).status).toBe(200);
  });

  it('keeps its data as distribution does, and takes away with garbage-collect what no manifest needs', async () => {
    const { send, pushImage, files } = openRegistry();
    const manifest = await pushImage('team/app', 'v1');
    const config = await digestOf(CONFIG);
    const [blob, revision] = [config, manifest].map((digest) => digest.slice('sha256:'.length));
    const link = (path: string) => files.blob(`/docker/registry/v2/repositories/team/app/${path}/link`)?.text();
    expect(await link('_manifests/tags/v1/current')).toBe(manifest);
    expect(await link(`_manifests/tags/v1/index/sha256/${revision}`)).toBe(manifest);
    expect(await link(`_manifests/revisions/sha256/${revision}`)).toBe(manifest);
    expect(await link(`_layers/sha256/${blob}`)).toBe(config);
    const data = `/docker/registry/v2/blobs/sha256/${blob?.slice(0, 2)}/${blob}`;
    expect(await files.blob(`${data}/data`)?.text()).toBe('{}');

    const storage = new RegistryStorage(files);
    const collect = async (options: { dryRun?: boolean; deleteUntagged?: boolean } = {}): Promise<string[]> => {
      const lines: string[] = [];
      const note = (line: string): void => void lines.push(line);
      await collectGarbage(storage, { dryRun: false, deleteUntagged: false, ...options, print: note, note });
      return lines;
    };
    expect(await collect()).toEqual([
      'team/app',
      `team/app: marking manifest ${manifest} `,
      `team/app: marking blob ${config}`,
      `team/app: marking blob ${config}`,
      '\n2 blobs marked, 0 blobs and 0 manifests eligible for deletion',
    ]);
    await send('/v2/team/app/manifests/v1', { method: 'DELETE' });
    const untagged = await collect({ dryRun: true, deleteUntagged: true });
    expect(untagged).toContain(`manifest eligible for deletion: ${manifest}`);
    expect(await files.blob(`${data}/data`)?.text()).toBe('{}');
    expect(await collect({ deleteUntagged: true })).toContain(`Deleting blob: ${data}`);
    expect(files.blob(`${data}/data`)).toBeUndefined();
  });

  it('logs each request as distribution does: an entry of logrus, and a line of Apache', async () => {
    const { send, lines } = openRegistry();
    await send('/v2/nope/tags/list?n=1', { headers: { 'user-agent': 'curl/8.5.0' } });
    const [entry = '', access = ''] = lines;
    expect(entry.replace(/time="[^"]*Z"/, 'time=T').replace(/\d+(?:\.\d+)?(?:µs|ms)/, 'D')).toBe(
      'time=T level=error msg="response completed with error" err.code="name unknown" err.detail="map[name:nope]" ' +
        'err.message="repository name not known to registry" go.version=go1.20.8 http.request.host="localhost:5000" ' +
        'http.request.id=00000001-0000-4000-8000-000000000000 http.request.method=GET ' +
        'http.request.remoteaddr="172.17.0.1:40000" http.request.uri="/v2/nope/tags/list?n=1" ' +
        'http.request.useragent=curl/8.5.0 http.response.contenttype="application/json; charset=utf-8" ' +
        'http.response.duration="D" http.response.status=404 http.response.written=112 vars.name=nope',
    );
    expect(access).toBe(
      '172.17.0.1 - - [14/Nov/2023:22:13:20 +0000] "GET /v2/nope/tags/list?n=1 HTTP/1.1" 404 112 "" "curl/8.5.0"',
    );
  });

  it('tells at level debug what it does, and which files it reads', async () => {
    const { send, lines } = openRegistry({ level: 'debug' });
    await send('/v2/nope/manifests/latest');
    const messages = lines.flatMap((line) => /msg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1] ?? []);
    expect(messages).toEqual([
      '"authorizing request"',
      'GetImageManifest',
      String.raw`"filesystem.GetContent(\"/docker/registry/v2/repositories/nope/_manifests/tags/latest/current/link\")"`,
      '"response completed with error"',
    ]);
  });
});
