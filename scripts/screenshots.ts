/**
 * Takes the pictures of the README from the real, built page: `npx vite build && npx tsx scripts/screenshots.ts [FOLDER [BUILD]]`.
 * Every width and theme goes to FOLDER (default `docs`) as `page-WIDTH-THEME.png`, the widest in the
 * dark theme as `screenshot.png`, which the README shows.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';

const PORT = 4197;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const WRITES = 'echo "welcome" > /etc/motd; rm /etc/issue; touch /root/new';

/** Waits for the first build and shows a container that wrote something. */
async function showLayers(page: Page, wide: boolean): Promise<void> {
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await page.getByRole('banner').getByText('building').waitFor({ state: 'attached', timeout: 30_000 });
  await page.getByRole('banner').getByText('building').waitFor({ state: 'detached', timeout: 90_000 });
  if (!wide) return;
  await page.getByRole('tab', { name: 'Run' }).click();
  const line = page.getByPlaceholder('A command line for the image’s shell');
  await line.fill(WRITES);
  await line.press('Enter');
  await page
    .getByRole('tabpanel', { name: 'Layers' })
    .getByText(/writable layer/i)
    .first()
    .waitFor();
  await page.getByRole('tab', { name: 'Build log' }).click();
  await page.waitForTimeout(800);
}

const [folder = 'docs', outDir = 'dist'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await preview({ build: { outDir }, preview: { port: PORT, host: '127.0.0.1', strictPort: true } });
const executablePath = process.env['STRATA_CHROMIUM'];
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
for (const colorScheme of ['dark', 'light'] as const) {
  for (const viewport of SIZES) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await showLayers(page, viewport.width > 720);
    const name =
      colorScheme === 'dark' && viewport === SIZES[0] ? 'screenshot' : `page-${viewport.width}-${colorScheme}`;
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
}
await browser.close();
await server.close();
process.exit();
