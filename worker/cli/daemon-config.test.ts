import { expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';
import { createUnstoppableJob } from '../base/job.ts';
import { createNodeClock } from '../host/node/clock.ts';

const job = createUnstoppableJob('settings', createNodeClock());
const MIRROR = 'https://mirror.example';

it('mirrors written into daemon.json are asked from the next command on, and told by docker info', async () => {
  const { engine, say } = await openTestTerminal();
  await say(
    `echo '{"registry-mirrors": ["${MIRROR}/"], "insecure-registries": ["registry.lan:5000"]}' > /etc/docker/daemon.json`,
  );
  expect(await say('docker info')).toContain(` Registry Mirrors:\n  ${MIRROR}/\n`);
  const settings = { mirrors: [MIRROR], mirrorsOf: {}, insecureRegistries: ['registry.lan:5000'] };
  expect(await engine.registries.settings(job)).toEqual(settings);
});

it('mirrors set in the page stand in daemon.json, beside what else it says', async () => {
  const { engine, say } = await openTestTerminal();
  await engine.registries.setSettings({ mirrors: [MIRROR], mirrorsOf: {}, insecureRegistries: [] }, job);
  expect(await say('docker info -f "{{.RegistryConfig.Mirrors}}"')).toBe(`[${MIRROR}/]\n`);
  expect(JSON.parse(await say('cat /etc/docker/daemon.json'))).toEqual({
    'storage-driver': 'overlay2',
    'registry-mirrors': [MIRROR],
    'insecure-registries': [],
  });
});

it('a mirror that is none is refused in the words of the daemon, and the one before stays', async () => {
  const { engine, say } = await openTestTerminal();
  await engine.registries.setSettings({ mirrors: [MIRROR], mirrorsOf: {}, insecureRegistries: [] }, job);
  await say('docker version');
  await say(`echo '{"registry-mirrors": ["ftp://mirror.example"]}' > /etc/docker/daemon.json`);
  expect(await say('docker images -q')).toBe(
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid mirror: unsupported scheme "ftp" in "ftp://mirror.example"\n',
  );
  expect((await engine.registries.settings(job)).mirrors).toEqual([MIRROR]);
});
