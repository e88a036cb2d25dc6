/** What one learns of a built image: waste and how to save it, stages, the cache, shared layers. */
import { expect, test } from '@playwright/test';
import { Playground } from './playground.ts';
import { projectAddress } from './starting-project.ts';

const WASTEFUL = [
  'FROM alpine:latest',
  'WORKDIR /data',
  'RUN seq 1 20000 > /data/numbers',
  'LABEL a=b',
  'RUN rm /data/numbers',
  '',
].join('\n');

/** The shape of a compiled program, without the weight of a compiler. */
const TWO_STAGES = [
  'FROM alpine:latest AS compiler',
  'WORKDIR /compiler',
  'COPY ./helloworld.go .',
  'RUN echo module helloworld > go.mod',
  'RUN cp helloworld.go helloworld',
  'FROM alpine:latest',
  'WORKDIR /root',
  'COPY --from=compiler /compiler/helloworld ./',
  'CMD ["./helloworld"]',
  '',
].join('\n');

test('why deleting did not make the image smaller, and the edit that does', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(WASTEFUL);
  await expect(playground.layers.getByText('RUN rm /data/numbers', { exact: false })).toBeVisible();
  await page.getByRole('tab', { name: /^Waste/ }).click();

  const cause = page.getByRole('article', { name: 'RUN rm /data/numbers' });
  await expect(cause).toContainText('deletes 1 file that a lower layer keeps');
  await expect(cause.getByRole('button', { name: '/data/numbers', exact: true })).toBeVisible();
  await expect(cause.getByRole('group', { name: 'The edit' })).toContainText('&& rm /data/numbers');
  await cause.getByRole('button', { name: /RUN/ }).last().click();
  await expect(playground.editor.getByText('&& rm /data/numbers')).toBeVisible();
  await expect(page.getByText('Nothing is wasted')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Waste' })).toContainText('100 %');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(cause).toBeVisible();
});

test('a scan finds the key that a later step deleted, takes advisories of one’s own, and writes a bill of materials', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(
    await projectAddress({
      Dockerfile: 'FROM alpine:latest\nCOPY id_rsa /root/.ssh/\nRUN rm /root/.ssh/id_rsa\n',
      id_rsa: `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'.repeat(8)}\n-----END RSA PRIVATE KEY-----\n`,
    }),
  );
  await page.getByRole('tab', { name: /^Scan/ }).click();
  const scan = page.getByRole('region', { name: 'Scan' });
  await expect(scan.getByRole('article', { name: 'openssl 3.5.0-r0' })).toContainText('CVE-2025-9230');
  await expect(scan).toContainText(/a small set of \d+ advisories that Strata brings, .* as of \d{4}-\d\d-\d\d/);

  const advisory = {
    id: 'MINE-1',
    affected: [
      {
        package: { ecosystem: 'Alpine:v3.22', name: 'musl' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
      },
    ],
  };
  const picker = scan.getByLabel(/^Advisories in OSV’s form/);
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await picker.setInputFiles(file('bad.json', '[{"id": 7}]'));
  await expect(scan.getByRole('alert')).toContainText('bad.json: advisory 1.id must be an ID');
  await picker.setInputFiles(file('mine.json', JSON.stringify(advisory)));
  await expect(scan.getByRole('article', { name: /^musl / })).toContainText('MINE-1');

  await scan.getByRole('button', { name: /^Secrets/ }).click();
  const secret = scan.getByRole('article', { name: 'RSA private key' });
  await expect(secret).toContainText('still recoverable');
  await expect(secret).toContainText(/in\s+COPY id_rsa \/root\/\.ssh\/\s+deleted by\s+RUN rm \/root\/\.ssh\/id_rsa/);
  const download = page.waitForEvent('download');
  await scan.getByRole('button', { name: 'SPDX' }).click();
  expect((await download).suggestedFilename()).toBe('small_latest.spdx.json');

  await page.getByRole('tab', { name: 'Terminal' }).click();
  const terminal = page.getByRole('region', { name: /^Docker terminal/ });
  await expect(terminal.getByRole('list')).toContainText(/~\/project \$/);
  await terminal.getByRole('textbox').focus();
  await page.keyboard.type('docker scout quickview 2>&1 | tail -n 4');
  await page.keyboard.press('Enter');
  await expect(terminal.getByRole('list')).toContainText('1 secret in the image, 1 of them deleted later');
});

test('the map of an image is a table too', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith('FROM alpine:latest\nRUN seq 1 200000 > /root/numbers\n');
  await page.getByRole('tab', { name: /^Waste/ }).click();
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(page.getByRole('button', { name: /^\/root: / })).toBeVisible();
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByRole('table').getByRole('button', { name: 'root/' }).click();
  await expect(page.getByRole('table')).toContainText('numbers');
});

test('the graph shows both stages and what goes from one to the other', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(TWO_STAGES);
  await page.getByRole('tab', { name: 'Stages' }).click();
  const stages = page.getByRole('region', { name: 'Stages' });
  await expect(stages).toContainText('2 stages');
  const copy = stages.getByRole('button', { name: /^Line 8: COPY --from=compiler/ }).first();
  await copy.focus();
  await page.keyboard.press('ArrowUp');
  await expect(stages.getByRole('button', { name: /^Line 7: WORKDIR/ }).first()).toBeFocused();
  await expect(stages.getByRole('region', { name: 'Times of the last build' })).toBeVisible();
});

test('what a change would rebuild is told before it is made, and a move is applied', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith(TWO_STAGES);
  await page.getByRole('tab', { name: 'Cache' }).click();
  const cache = page.getByRole('region', { name: 'Cache' });
  await expect(cache).toContainText(/Last build: \d+ of \d+ from the cache/);

  await cache.getByRole('button', { name: 'What if…' }).click();
  await cache.getByRole('combobox', { name: 'When this file changes' }).selectOption('helloworld.go');
  await expect(cache).toContainText('4 steps run again');
  const moved = cache.getByRole('button', { name: /^RUN echo module/ });
  const copy = cache.getByRole('button', { name: /^COPY .*helloworld\.go/ });
  await moved.dragTo(copy, { targetPosition: { x: 30, y: 3 } });
  await expect(cache).toContainText('3 steps run again instead of 4');
  await moved.dragTo(copy, { targetPosition: { x: 30, y: 24 } });
  await expect(cache).not.toContainText('instead of');
  await moved.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(cache).toContainText('3 steps run again instead of 4');
  await cache.getByRole('button', { name: 'Move it in the Dockerfile' }).click();
  await expect(cache).toContainText('3 steps run again.');
  await expect(playground.editor.getByText('RUN echo module helloworld')).toBeVisible();
});

test('images share layers, open from the list, go, and come back when that is undone; a panel is as it was left', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await page.getByRole('tab', { name: /^Images/ }).click();
  const images = page.getByRole('region', { name: 'Images' });
  await images.getByLabel('Pull an image').fill('alpine:latest');
  await images.getByRole('button', { name: 'Pull', exact: true }).click();
  await expect(images).toContainText(/without sharing: 1 shared layer\s+saves/);

  await images.getByRole('button', { name: 'Open the layers of alpine:latest' }).click();
  await expect(playground.layers.getByRole('button', { name: 'Back to the build' })).toBeVisible();

  await page.getByRole('tab', { name: /^Images/ }).click();
  await images.getByRole('button', { name: 'Remove alpine:latest' }).click();
  const alpine = images.getByRole('button', { name: 'Open the layers of alpine:latest' });
  await expect(alpine).toHaveCount(0);
  await images.getByLabel('Pull an image').fill('busybox');
  await page.getByRole('tab', { name: /^Layers/ }).click();
  await expect(images).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('tab', { name: /^Images/ }).click();
  await expect(alpine).toBeVisible();
  await expect(images.getByLabel('Pull an image')).toHaveValue('busybox');
});
