import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';
import { readConfiguration } from './configuration.ts';

/** How long a server may take to listen, on a busy machine. */
const PATIENT = { timeout: 20_000 };

it('registry:2 takes a push on its published port, keeps it in its volume, and gives it back', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  await say('docker run -d -p 5000:5000 --restart=always --name registry -e REGISTRY_LOG_LEVEL=debug registry:2');
  await expect.poll(() => say('docker logs registry 2>&1'), PATIENT).toContain('msg="listening on [::]:5000"');
  expect(await say('curl -s localhost:5000/v2/_catalog')).toBe('{"repositories":[]}\n');

  await say('docker tag busybox localhost:5000/my-busybox');
  const pushed = await say('docker push localhost:5000/my-busybox');
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(pushed)?.[1] ?? '';
  expect(pushed).toContain('The push refers to repository [localhost:5000/my-busybox]');
  expect(await say('curl -s localhost:5000/v2/my-busybox/tags/list')).toBe('{"name":"my-busybox","tags":["latest"]}\n');
  const link = '/var/lib/registry/docker/registry/v2/repositories/my-busybox/_manifests/tags/latest/current/link';
  expect(await say(`docker exec registry cat ${link}`)).toBe(digest);
  const log = await say('docker logs registry 2>&1');
  expect(log).toMatch(/level=info msg="response completed" .* http\.request\.uri=\/v2\/my-busybox\/manifests\/latest/);
  expect(log).toMatch(
    /172\.17\.0\.1 - - \[.*\] "PUT \/v2\/my-busybox\/manifests\/latest HTTP\/1\.1" 201 0 "" "docker\/26\.1\.5 /,
  );

  await say('docker rmi localhost:5000/my-busybox busybox');
  expect(await say('docker pull localhost:5000/my-busybox')).toContain(`Digest: ${digest}`);
  expect(await say('docker manifest inspect localhost:5000/my-busybox')).toContain('"schemaVersion": 2');
  expect(await say('docker images --digests')).toContain(digest);

  expect(await say('docker stop registry')).toBe('registry\n');
  expect(await say("docker inspect -f '{{.State.ExitCode}}' registry")).toBe('2\n');
  expect(await say('curl -s localhost:5000/v2/')).toBe('[7]');
  await say('docker start registry');
  await expect.poll(() => say('curl -s localhost:5000/v2/_catalog'), PATIENT).toBe('{"repositories":["my-busybox"]}\n');
  expect(await say('docker run --rm localhost:5000/my-busybox wget -qO- http://172.17.0.2:5000/v2/_catalog')).toBe(
    '{"repositories":["my-busybox"]}\n',
  );
  const ask = 'localhost:5000/my-busybox wget -qO- http://registry:5000/v2/';
  expect(await say(`docker run --rm --link registry ${ask}`)).toBe('{}');
  expect(await say(`docker run --rm ${ask}`)).toBe("wget: bad address 'registry:5000'\n[1]");
  await say('docker rm -fv registry');
  expect(await say('docker volume ls -q')).toBe('');
});

it('a named volume outlives its registry; deletion and garbage-collect work where they are switched on', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  const run = 'docker run -d -p 5000:5000 --name registry -v registry:/var/lib/registry';
  await say(`${run} -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2`);
  await expect.poll(() => say('curl -s localhost:5000/v2/'), PATIENT).toBe('{}');
  await say('docker tag busybox localhost:5000/app:1 && docker push localhost:5000/app:1');
  const manifest = 'http://localhost:5000/v2/app/manifests';
  const digest = /ocker-[Cc]ontent-[Dd]igest: (\S+)/.exec(await say(`curl -sI ${manifest}/1`))?.[1] ?? '';
  expect(await say(`curl -s -o /dev/null -w '%{http_code}' -X DELETE ${manifest}/${digest}`)).toBe('202');
  const collected = await say('docker exec registry registry garbage-collect /etc/docker/registry/config.yml');
  expect(collected).toMatch(/^app\n\n0 blobs marked, 3 blobs and 0 manifests eligible for deletion\n/);
  expect(await say('docker exec registry find /var/lib/registry -name data')).toBe('');

  await say('docker push localhost:5000/app:1 && docker rm -f registry');
  await say(`${run} registry:2`);
  await expect
    .poll(() => say('curl -s localhost:5000/v2/app/tags/list'), PATIENT)
    .toBe('{"name":"app","tags":["1"]}\n');
  expect(await say(`curl -s -X DELETE ${manifest}/${digest}`)).toContain('"code":"UNSUPPORTED"');
});

it('reads the settings of its file, and those of the environment over them', () => {
  const text = `version: 0.1
log:
  level: debug # told in full
  fields:
    service: registry
storage:
  delete: { enabled: true }
  filesystem:
    rootdirectory: /data/
http:
  addr: 0.0.0.0:5001
  secret: "of all registries"
  headers:
    X-Content-Type-Options: [nosniff]
    Access-Control-Allow-Methods: [HEAD, GET]
`;
  expect(readConfiguration(text, new Map())).toEqual({
    address: '0.0.0.0:5001',
    port: 5001,
    rootDirectory: '/data',
    deleteEnabled: true,
    logLevel: 'debug',
    logFields: { service: 'registry' },
    headers: { 'x-content-type-options': 'nosniff', 'access-control-allow-methods': 'HEAD, GET' },
    secretMissing: false,
  });
  const environment = new Map([
    ['REGISTRY_STORAGE_DELETE_ENABLED', 'false'],
    ['REGISTRY_HTTP_ADDR', ':80'],
    ['REGISTRY_LOG_LEVEL', 'warn'],
  ]);
  expect(readConfiguration(text, environment)).toMatchObject({ deleteEnabled: false, port: 80, logLevel: 'warning' });
  expect(readConfiguration('no settings', environment)).toBeUndefined();
});
