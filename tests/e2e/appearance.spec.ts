/**
 * How the main panels look: pictures of the built page, with every letter a box (`block-font.ts`), so that they are the same on
 * every machine. What tells a time is left out. `npx playwright test appearance --update-snapshots` takes them anew.
 */
import { expect, test } from '@playwright/test';
import { blockFontAddress } from './block-font.ts';
import { Playground } from './playground.ts';

// Controls of forms and the edges of boxes differ between systems.
test.skip(process.platform !== 'linux', 'pictures are compared on Linux only');

const DOCKERFILE = `FROM busybox AS made
RUN seq 1 200000 > /numbers && seq 1 30000 > /some
FROM busybox AS unused
RUN true
FROM busybox
LABEL maintainer="web team"
COPY --from=made /numbers /some /data/
RUN echo changed >> /etc/passwd
RUN rm /data/numbers
COPY helloworld.go /src/
CMD ["sh"]
`;

const STYLE = `
  @font-face { font-family: Blocks; src: url(${blockFontAddress()}); }
  :root { --font: Blocks !important; --mono: Blocks !important; }
  .layers .aside, .step .state, [aria-label='Times of the last build'], .stages .summary { visibility: hidden; }
  .stages .critical { border-color: var(--line) !important; stroke: var(--line-strong) !important; stroke-width: 1.2 !important; }
`;

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the main panels in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await playground.openWith(DOCKERFILE);
    await page.addStyleTag({ content: STYLE });
    await page.evaluate(() => document.fonts.load('13px Blocks'));
    const looks = async (panel: string, name = panel): Promise<void> => {
      const there = page.getByRole('tabpanel', { name: new RegExp(`^${panel}`) });
      await page.mouse.move(0, 0);
      await expect(there).toHaveScreenshot(`${name.toLowerCase()}-${colorScheme}.png`, {
        animations: 'disabled',
        caret: 'hide',
        maxDiffPixelRatio: 0.004,
      });
    };
    await expect(page.getByRole('treeitem', { name: '/data/numbers, deleted by RUN rm' })).toBeVisible();
    await page.getByRole('treeitem', { name: '/etc/passwd, from RUN echo' }).click();
    await expect(page.getByRole('region', { name: 'File /etc/passwd' }).locator('pre')).toBeVisible();
    await looks('Layers');
    if (colorScheme === 'light') return;
    for (const panel of ['Stages', 'Cache', 'Waste']) {
      await page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click();
      await expect(page.getByRole('region', { name: panel })).toBeVisible();
      if (panel === 'Cache') await page.getByRole('button', { name: 'What if…' }).click();
      if (panel === 'Waste') await expect(page.getByRole('article').first()).toContainText('/data/numbers');
      await looks(panel);
    }
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await expect(page.getByRole('button', { name: /^\/data: / })).toBeVisible();
    await looks('Waste', 'Map');
  });
}
