/** The main job: a Dockerfile builds in the browser, and one sees its layers. */
import { expect, test } from '@playwright/test';
import { courseDockerfile, Playground } from './playground.ts';

test('the default project builds, shows its stack, and finds it all again after a reload', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.replaceText(courseDockerfile());
  await expect(playground.line(9)).toBeVisible();
  await playground.built();

  const { layers } = playground;
  await expect(layers.getByText('WORKDIR /root', { exact: true })).toBeVisible();
  await expect(
    layers
      .getByText('COPY --from=compiler', { exact: false })
      .or(layers.getByText(/^COPY \/compiler/))
      .first(),
  ).toBeVisible();
  await expect(layers.getByText(/alpine:latest/).first()).toBeVisible();
  await expect(playground.line(5)).toContainText('simulated');

  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText('# typed just before the page is left');
  await page.reload();
  await expect(playground.editor.getByText('typed just before')).toBeVisible();
  await playground.built();
  for (const line of [2, 3, 4, 5, 7, 8]) await expect(playground.line(line)).toContainText('cached');
  await expect(playground.log.getByText('Downloading')).toHaveCount(0);
});

test('editing the last line leaves everything before it cached; editing the source says what it invalidated', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.replaceText(courseDockerfile('CMD ["./helloworld", "again"]'));
  await expect(playground.line(9)).toBeVisible();
  await playground.built();
  for (const line of [2, 3, 4, 5, 7, 8]) await expect(playground.line(line)).toContainText('cached');

  await playground.openFile('helloworld.go');
  await playground.replaceText('package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Changed")\n}\n');
  await playground.openFile('Dockerfile');
  await expect(playground.line(3)).toContainText('helloworld.go changed');
  await expect(playground.line(4)).toContainText('step before rebuilt');
  await expect(playground.line(2)).toContainText('cached');
});

test('a build error points at its line, in the editor and in the log', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine\nWORKDIR /a\nCOPY missing.txt /\n');
  await expect(playground.line(3)).toContainText('failed');
  await expect(page.getByText(/"\/missing\.txt": not found/).first()).toBeVisible();
  await expect(playground.log.getByRole('button', { name: 'line 3' })).toBeVisible();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(page.getByRole('tabpanel', { name: /^Problems/ })).toContainText('missing.txt');
});

test('Stop stops an endless RUN', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine\nRUN while true; do :; done\n');
  await expect(playground.button('Stop')).toBeEnabled();
  await expect(playground.log.getByText('RUN while true').first()).toBeVisible();
  await playground.button('Stop').click();
  await expect(playground.button('Stop')).toBeDisabled({ timeout: 5_000 });
  await expect(page.getByRole('banner').getByText('stopped')).toBeVisible();
  await playground.replaceText('FROM alpine\nRUN echo fine > /fine\n');
  await expect(playground.layers.getByText('RUN echo fine', { exact: false })).toBeVisible();
});

test('a container writes to a layer of its own, shown on the stack, and is there after a reload', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith('FROM alpine\nRUN echo hello > /root/greeting\nCMD ["echo", "Hello"]\n');
  await playground.button('Run').click();
  const output = page.getByRole('log', { name: 'Output of commands in containers' });
  await expect(output).toContainText('Hello');
  await playground.run('echo changed > /etc/motd; rm /etc/issue; ls /root', 'greeting');
  await expect(playground.layers.getByText(/writable layer/i).first()).toBeVisible();
  await expect(playground.layers.getByText(/copied up|changed/).first()).toBeVisible();
  await page.reload();
  await playground.built();
  await expect(playground.layers.getByText(/writable layer/i).first()).toBeVisible();
});

test('a second tab builds at the same time', async ({ page, context }) => {
  const first = new Playground(page);
  await first.openSmall();
  const second = new Playground(await context.newPage());
  // a project of its own: of one project the tabs would take over each other's edits
  await second.openSmall();
  await Promise.all([
    first.replaceText('FROM alpine\nRUN echo one > /one\n'),
    second.replaceText('FROM alpine\nRUN echo two > /two\n'),
  ]);
  await expect(first.layers.getByText('RUN echo one', { exact: false })).toBeVisible();
  await expect(second.layers.getByText('RUN echo two', { exact: false })).toBeVisible();
});

test('closing the tab in mid-build loses nothing that was committed', async ({ page, context }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine\nRUN echo kept > /kept\nRUN while true; do :; done\n');
  await expect(playground.log.getByText('RUN while true').first()).toBeVisible();
  await expect(playground.log.getByRole('listitem').filter({ hasText: 'RUN echo kept' })).toContainText('DONE');
  await page.close({ runBeforeUnload: false });

  const again = new Playground(await context.newPage());
  await again.page.goto('/');
  await again.replaceText('FROM alpine\nRUN echo kept > /kept\nRUN echo next > /next\n');
  await expect(again.layers.getByText('RUN echo next', { exact: false })).toBeVisible();
  await expect(again.line(2)).toContainText('cached');
});

test.describe('with the worker that stores the page away', () => {
  test.use({ serviceWorkers: 'allow' });

  test('everything works without a network once it was visited', async ({ page, context }) => {
    const playground = new Playground(page);
    await playground.openSmall();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await page.reload();
    await playground.built();
    await playground.replaceText(
      'FROM alpine AS a\nRUN echo offline > /offline\nFROM alpine\nCOPY --from=a /offline /\n',
    );
    await expect(playground.layers.getByText(/COPY .*\/offline/).first()).toBeVisible();
  });
});
