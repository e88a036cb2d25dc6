/** What is written is kept: by two tabs at once, on a full disk, and out of and into files. */
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './playground.ts';

const TOO_MUCH = 'FROM alpine:latest\nRUN head -c 12000000 /dev/urandom > /big\n';

/**
 * Gives how to let the site keep so many bytes, or as many as the browser likes. A browser remembers for half a minute that there
 * was room: less is to be allowed before the page is opened.
 */
async function quotaOf(page: Page, origin = ''): Promise<(quotaSize?: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async (quotaSize) => {
    const size = quotaSize === undefined ? {} : { quotaSize };
    await session.send('Storage.overrideQuotaForOrigin', { origin, ...size });
  };
}

test('a second tab takes over what the first one writes; of two that write at once one is told, and nothing is lost', async ({
  page,
  context,
}) => {
  const first = new Playground(page);
  await first.openSmall();
  const second = new Playground(await context.newPage());
  await second.open();
  await first.replaceText('FROM alpine:latest\nRUN echo first > /said\n');
  await expect(second.editor.getByText('echo first', { exact: false })).toBeVisible();
  await expect(second.page.getByRole('contentinfo').getByRole('status')).toContainText('another tab changed');

  const tabs = [first, second] as const;
  for (const { page: tab, editor } of tabs) {
    await editor.locator('.monaco-editor').first().waitFor();
    await editor.getByRole('textbox').first().focus();
    await tab.keyboard.press('ControlOrMeta+End');
  }
  await Promise.all(tabs.map(({ page: tab }, place) => tab.keyboard.insertText(`# by tab ${place}`)));
  const told = ({ page: tab }: Playground) => tab.getByRole('button', { name: 'Keep mine as a copy' });
  await expect.poll(async () => (await told(first).count()) + (await told(second).count())).toBe(1);
  const loser = (await told(first).count()) === 1 ? first : second;
  const mine = `by tab ${tabs.indexOf(loser)}`;
  await expect(loser.editor.getByText(mine, { exact: false })).toBeVisible();
  await told(loser).click();
  await expect(loser.page.getByRole('banner').getByText('small (copy)')).toBeVisible();
  await expect(loser.editor.getByText(mine, { exact: false })).toBeVisible();
});

/** Holds back the files of these names; gives how to let them come. */
async function hold(page: Page, name: RegExp): Promise<() => void> {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  await page.route(name, async (route) => {
    await given;
    await route.continue();
  });
  return give;
}

test('a later visit takes what is typed before its code has come, shows the last stack before the engine answers, and what was stored since wins', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.openSmall();
  const stack = playground.layers.getByText('COPY helloworld.go');
  await expect(stack).toBeVisible();
  const older = await page.evaluate(() => localStorage.getItem('strata.last-view'));

  const giveEngine = await hold(page, /engine\.worker-/);
  const givePage = await hold(page, /\/page-.*\.js/);
  await page.goto('/', { waitUntil: 'commit' });
  await playground.textbox().focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('LABEL typed');
  givePage();
  await page.keyboard.type('=early.');
  await expect(stack).toBeVisible();
  await expect(playground.layers.getByText('building…')).toBeVisible();
  await expect(playground.button('Stop')).toBeEnabled();
  giveEngine();
  // on and on, with the pauses that the large editor waits for
  const monaco = playground.editor.locator('.monaco-editor').first();
  let typed = 'LABEL typed=early.';
  for (let digit = 0; digit < 100 && !(await monaco.isVisible()); digit++) {
    typed += String(digit % 10);
    await page.keyboard.type(String(digit % 10));
    await page.waitForTimeout(digit % 3 === 0 ? 400 : 60);
  }
  typed += '.end';
  await page.keyboard.type('.end');
  await expect(playground.layers.getByText(typed)).toBeVisible();
  await playground.built();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('strata.last-view'))).toContain(typed);

  await page.addInitScript((view) => localStorage.setItem('strata.last-view', view), older ?? '');
  await page.goto('/?');
  await expect(playground.editor.getByText('typed=early', { exact: false })).toBeVisible();
  await expect(playground.layers.getByText(typed)).toBeVisible();
});

test('on a full disk the page says so, what is there stays, and it is kept once there is room', async ({
  page,
  baseURL,
}) => {
  const allowBytes = await quotaOf(page, baseURL);
  await allowBytes(8_000_000);
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText(TOO_MUCH);
  await page.getByRole('tab', { name: 'Build log' }).click();
  await expect(playground.log).toContainText(/quota|no room/i, { timeout: 60_000 });
  const big = { name: 'big.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10_000_000, 'x') };
  await page.getByLabel('Files to upload').setInputFiles(big);
  const retry = page.getByRole('contentinfo').getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText(/could not be saved/);

  await allowBytes();
  await retry.click();
  // the list of projects comes when all is written
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Project/ })
    .click();
  await page.getByRole('menuitem', { name: /^All projects/ }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await playground.built();
  await expect(page.getByRole('navigation', { name: 'Build context' }).getByText('big.bin')).toBeVisible();
  await expect(playground.layers.getByText('RUN head -c 12000000', { exact: false })).toBeVisible();
});
