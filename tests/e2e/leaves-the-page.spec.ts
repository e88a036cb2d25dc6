/** Images leave the page: to a real registry, and as an archive that a real engine takes. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { registryMissing, startDockerRegistry, type RunningRegistry } from '../interop/docker-registry.ts';
import { dockerMissing, output, skopeoMissing } from '../interop/peers.ts';
import { Playground } from './playground.ts';

test.describe('push', () => {
  const reason = registryMissing ?? skopeoMissing;
  test.skip(reason !== undefined, reason ?? '');
  let registry: RunningRegistry;
  test.beforeAll(async () => {
    registry = await startDockerRegistry();
  });
  test.afterAll(() => registry.stop());

  test('sends the image to a registry with CORS headers, where skopeo finds it', async ({ page }) => {
    const playground = new Playground(page);
    await playground.openWith('FROM busybox\nLABEL pushed=yes\nRUN echo pushed > /pushed\n');
    await expect(playground.layers.getByText('RUN echo pushed', { exact: false })).toBeVisible();

    await playground.button('Publish').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reference').fill(`${registry.domain}/team/app:1`);
    await dialog.getByRole('button', { name: 'Push', exact: true }).click();
    await expect(dialog.getByLabel('Command to pull it')).toHaveValue(`docker pull ${registry.domain}/team/app:1`, {
      timeout: 60_000,
    });

    const found = JSON.parse(
      await output('skopeo', 'inspect', '--tls-verify=false', `docker://${registry.domain}/team/app:1`),
    ) as { Labels: Record<string, string>; Layers: string[] };
    expect(found.Labels['pushed']).toBe('yes');
    expect(found.Layers).toHaveLength(2);
  });
});

test('Download gives an archive that the real Docker Engine loads and runs', async ({ page }, info) => {
  test.skip(dockerMissing !== undefined, dockerMissing ?? '');
  const playground = new Playground(page);
  await playground.openWith('FROM busybox\nRUN echo from the page > /greeting\nCMD ["cat", "/greeting"]\n');
  await expect(playground.layers.getByText('RUN echo from', { exact: false })).toBeVisible();

  const downloading = page.waitForEvent('download');
  await playground.button('Download').click();
  const archive = info.outputPath('image.tar');
  await (await downloading).saveAs(archive);
  expect((await readFile(archive)).byteLength).toBeGreaterThan(1000);

  const loaded = await output('docker', 'load', '-i', archive);
  const name = /Loaded image: (\S+)/.exec(loaded)?.[1];
  expect(name, loaded).toBeDefined();
  try {
    expect(await output('docker', 'run', '--rm', '--network=none', name!)).toBe('from the page');
  } finally {
    await output('docker', 'rmi', '-f', name!);
  }
});
