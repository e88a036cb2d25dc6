/** What axe finds: nothing, in any panel or dialog, in both themes and on a phone; and what is asked of motion and size. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
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

/** One theme with all rules, the other with what depends on colours: the rest is the same in both. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What a panel offers beyond its first view. */
const VIEWS: Readonly<Record<string, readonly string[]>> = {
  Cache: ['What if…'],
  Waste: ['Map', 'Table'],
  Scan: ['Packages', 'Secrets', 'Weak spots'],
};
const PANELS = ['Files', 'Stages', 'Cache', 'Waste', 'Scan', 'History', 'Classic', 'Images', 'Registry', 'Preview'];
const BOTTOM_PANELS = ['Terminal', 'Build log', 'Problems'];
/** Commands of the palette that open a dialog, and what of it has the focus at first: its title, or the field it is there for. */
const DIALOGS: Readonly<Record<string, string | RegExp>> = {
  'Compare with another': 'From',
  Keys: 'Keys',
  Share: 'Share this project',
  Storage: 'Storage',
  'Settings: target': /^Target stage/,
  'All projects': 'Projects',
  'Lessons and examples': 'Lessons and examples',
  Publish: 'Reference',
  Help: 'Search the Help',
};

type Violations = readonly string[];

/** Brings axe into the page. Its own runner does so each time, and opens another page for what it found. */
async function bringAxe(page: Page): Promise<void> {
  await new AxeBuilder({ page }).setLegacyMode().include('title').withRules(['document-title']).analyze();
}

/** What axe finds in one part of the page: the whole of it is much to look at again for each. */
function violationsIn(part: Locator, rules: readonly string[] = []): Promise<Violations> {
  return part.evaluate(async (element, only): Promise<Violations> => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(part: unknown, options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
      };
    };
    const { violations } = await axe.run(element, {
      resultTypes: ['violations'],
      ...(only.length === 0 ? {} : { runOnly: { type: 'rule', values: only } }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }, rules);
}

test('axe finds nothing in the page, its panels and its dialogs, in both themes; nothing moves when motion is unwanted', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const playground = new Playground(page);
  await playground.openWith(DOCKERFILE);
  await bringAxe(page);
  const axe = async (what: string, part: Locator): Promise<void> => {
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsIn(part), what).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violationsIn(part, COLOUR_RULES), `${what}, light`).toEqual([]);
  };
  const panel = (name: string): Locator => page.getByRole('tabpanel', { name: new RegExp(`^${name}`) });

  await page.evaluate(countMotion);
  await playground.run('echo hello > /motd; ls /motd', '/motd');
  await expect(page.getByRole('region', { name: /^Writes of/ })).toContainText('/motd');
  await axe('copy-on-write', page.locator('body'));
  expect(await page.evaluate(() => (globalThis as unknown as { moved: number }).moved)).toBe(0);
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('passwd');
  await page.getByRole('treeitem', { name: /^\/etc\/passwd,/ }).click();
  const file = page.getByRole('region', { name: 'File /etc/passwd' });
  await expect(file.getByRole('listitem').first()).toBeVisible();
  await axe('a file', file);
  for (const name of PANELS) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await expect(panel(name).locator('button, tr, p').first()).toBeVisible();
    await axe(name, panel(name));
    for (const view of VIEWS[name] ?? []) {
      await panel(name)
        .getByRole('button', { name: new RegExp(`^${view}`) })
        .click();
      await axe(`${name}, ${view}`, panel(name));
    }
  }
  for (const name of BOTTOM_PANELS) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await expect(panel(name)).not.toContainText('Opening');
    await axe(name, panel(name));
  }
  const opener = page.getByRole('tab', { name: 'Build log' });
  await opener.click();
  const dialog = page.getByRole('dialog');
  const field = page.getByRole('combobox', { name: 'Command or path' });
  for (const [command, first] of [['', 'Command or path'] as const, ...Object.entries(DIALOGS)]) {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    if (command !== '') {
      await field.fill(command);
      await page.keyboard.press('Enter');
      await expect(field).toBeHidden();
      await expect(dialog).toBeVisible();
    }
    await expect(dialog.locator(':focus'), command).toHaveAccessibleName(first);
    await axe(command || 'the palette', dialog);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener, command).toBeFocused();
  }
});

/** Runs in the page: from now on counts the frames in which something of the image's panels moves. */
function countMotion(): void {
  const counted = globalThis as unknown as { moved: number };
  counted.moved = 0;
  const look = (): void => {
    const panels = [...document.querySelectorAll('[role="tabpanel"]')];
    if (panels.some((each) => each.getAnimations({ subtree: true }).length > 0)) counted.moved += 1;
    requestAnimationFrame(look);
  };
  look();
}

test('a phone and a page at twice its size: axe finds nothing, nothing is wider than the page, all is within reach', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(await projectAddress());
  await expect(page.getByRole('banner')).toBeVisible();
  await expect(page.getByRole('banner').getByText('building')).toHaveCount(0, { timeout: 60_000 });
  await bringAxe(page);
  const views = page.getByRole('navigation', { name: 'Views' });
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 780 });
    for (const view of ['Files', 'Code', 'Image', 'Log, run']) {
      await views.getByRole('button', { name: view }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(width);
      if (width === 360) expect(await violationsIn(page.locator('body')), view).toEqual([]);
    }
  }
  // what a browser of 1280 pixels shows at 200 %
  await page.setViewportSize({ width: 640, height: 400 });
  await views.getByRole('button', { name: 'Image' }).click();
  const slab = page.getByRole('button', { name: /^COPY helloworld/ });
  await expect(slab).toBeInViewport({ ratio: 0.9 });
  await expect(page.getByRole('button', { name: /^WORKDIR/ })).toBeInViewport({ ratio: 0.9 });
  await expect(page.getByRole('group', { name: 'Step through the build' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
});
