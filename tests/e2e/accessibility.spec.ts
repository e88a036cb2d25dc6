/** What axe finds: nothing, in any panel or dialog, in both themes and on a phone. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './playground.ts';
import { projectAddress } from './starting-project.ts';

test.slow();

const DOCKERFILE = [
  'FROM busybox AS made',
  'RUN seq 1 9000 > /numbers',
  'FROM busybox AS unused',
  'RUN true',
  'FROM busybox',
  'COPY --from=made /numbers /',
  'RUN rm /numbers',
  '',
].join('\n');

/** The panels on screen. */
const PANEL = '[role="tabpanel"][data-state="active"]';

/** One theme with all rules, the other with what depends on colours: the rest is the same in both. */
const THEMES = [
  { colorScheme: 'dark', rules: undefined },
  { colorScheme: 'light', rules: ['color-contrast', 'link-in-text-block'] },
] as const;

for (const { colorScheme, rules } of THEMES) {
  test(`axe finds nothing in the ${colorScheme} page, its panels and its dialogs`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = new Playground(page);
    await playground.openWith(DOCKERFILE);
    await playground.run('echo hello > /motd; ls /motd', '/motd');
    await expect(page.getByRole('region', { name: /^Writes of/ })).toContainText('/motd');
    /** Looks at one part of the page: the whole of it is much to look at again for each. */
    const axe = async (what: string, part = 'body'): Promise<void> => {
      const builder = new AxeBuilder({ page }).include(part);
      const { violations } = await (rules === undefined ? builder : builder.withRules([...rules])).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        what,
      ).toEqual([]);
    };
    await axe('copy-on-write');
    await showFile(page);
    await axe('a file', PANEL);
    for (const name of ['Files', 'Stages', 'Cache', 'Waste', 'History', 'Images']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      await expect(
        page
          .getByRole('tabpanel', { name: new RegExp(`^${name}`) })
          .locator('button, tr')
          .first(),
      ).toBeVisible();
      await axe(name, PANEL);
      const views = { Cache: ['What if…'], Waste: ['Map', 'Table'] }[name] ?? [];
      for (const view of views) {
        await page.getByRole('button', { name: view, exact: true }).click();
        await axe(`${name}, ${view}`, PANEL);
      }
    }
    for (const name of ['Terminal', 'Build log', 'Problems']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      await expect(page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })).not.toContainText('Opening');
      await axe(name, PANEL);
    }
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await axe('the palette', '[role="dialog"]');
    await page.keyboard.press('Escape');
    for (const command of ['Compare with another', 'Keys', 'Share']) {
      await page.keyboard.press('ControlOrMeta+k');
      const field = page.getByRole('combobox', { name: 'Command or path' });
      await field.fill(command);
      await page.keyboard.press('Enter');
      await expect(field).toBeHidden();
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe(command, '[role="dialog"]');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}

async function showFile(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('passwd');
  await page.getByRole('treeitem', { name: /^\/etc\/passwd,/ }).click();
  await expect(page.getByRole('region', { name: 'File /etc/passwd' }).getByRole('listitem').first()).toBeVisible();
}

for (const width of [390, 360]) {
  test(`a page ${width} pixels wide: axe finds nothing, and nothing is wider than the page`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await page.goto(await projectAddress());
    await expect(page.getByRole('banner')).toBeVisible();
    await expect(page.getByRole('banner').getByText('building')).toHaveCount(0, { timeout: 60_000 });
    const views = page.getByRole('navigation', { name: 'Views' });
    for (const view of ['Files', 'Code', 'Image', 'Log, run']) {
      await views.getByRole('button', { name: view }).click();
      expect((await new AxeBuilder({ page }).analyze()).violations, view).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });
}

test('a page at twice its size has all of it within reach', async ({ page }) => {
  // what a browser of 1280 pixels shows at 200 %
  await page.setViewportSize({ width: 640, height: 400 });
  await page.goto(await projectAddress());
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Image' }).click();
  const slab = page.getByRole('button', { name: /^COPY helloworld/ });
  await slab.scrollIntoViewIfNeeded();
  await expect(slab).toBeInViewport({ ratio: 0.9 });
  await expect(page.getByRole('group', { name: 'Step through the build' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
});
