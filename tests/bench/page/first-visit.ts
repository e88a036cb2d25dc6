/** The first visit: what a newcomer waits for, and how still the page stands meanwhile. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import type { Figure } from './figure.ts';
import { seen, stackShown, throttle, type PageHost } from './page-visit.ts';

const SLOW_PROCESSOR = 4;

interface Paint {
  readonly firstPaintMs: number;
  /** Addresses of what had arrived by then, the page itself first. */
  readonly before: readonly string[];
}

/** First paint on a slow processor, and the bytes that came before it. */
export async function firstPaint(host: PageHost): Promise<readonly Figure[]> {
  const page = await host.newVisitor();
  await throttle(page, SLOW_PROCESSOR);
  await page.goto(host.address, { waitUntil: 'load' });
  const { firstPaintMs, before } = await page.evaluate(readPaint);
  const bytesBefore = await compressedBytes(before);
  await page.context().close();
  return [
    { name: `first paint, processor ${SLOW_PROCESSOR} times slower`, value: firstPaintMs, unit: 'ms', goal: 1000 },
    { name: 'bytes before first paint', value: bytesBefore / 1000, unit: 'kB', goal: 120 },
  ];
}

/** Runs in the page. The browser may tell of the paint after the page has loaded. */
async function readPaint(): Promise<Paint> {
  const firstPaintMs = await new Promise<number>((resolve) => {
    new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint');
      if (entry !== undefined) resolve(entry.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
  const before = performance
    .getEntriesByType('resource')
    // The workers start on their own: nothing on screen waits for them.
    .filter((entry) => entry.startTime <= firstPaintMs && !entry.name.includes('.worker-'))
    .map(({ name }) => name);
  return { firstPaintMs, before: [location.href, ...before] };
}

/** What a host that compresses, as static hosts do, would have sent. */
async function compressedBytes(addresses: readonly string[]): Promise<number> {
  const bodies = await Promise.all(addresses.map(async (address) => (await fetch(address)).arrayBuffer()));
  return bodies.reduce((sum, body) => sum + gzipSync(new Uint8Array(body)).byteLength, 0);
}

/** From the address to the built default project on screen; then a visit that finds it all stored. */
export async function defaultProject(host: PageHost): Promise<readonly Figure[]> {
  const page = await host.newVisitor();
  await page.addInitScript(watchShifts);
  const first = await timed(() => visit(page, host.address));
  const shift = await page.evaluate(() => (window as Window & { shifted?: number }).shifted ?? 0);
  // a second visit comes when the first has stored the page away
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  let lastStack = 0;
  const again = await timed(async () => {
    lastStack = await timed(() => seeLast(page, host.address));
    await stackShown(page);
  });
  let firstKeys = 0;
  const typed = await timed(async () => {
    firstKeys = await timed(() => typeInto(page, host.address));
    await seen(page, () => document.querySelector('.shell') === null);
    await seen(page, isTyped);
  });
  await keptByLargeEditor(page);
  await page.context().close();
  return [
    { name: 'default project pulled, built and shown', value: first, unit: 'ms', goal: 3000 },
    { name: 'layout shift of that visit', value: shift, unit: '', goal: 0.02 },
    { name: 'later visit: what is typed is on screen', value: firstKeys, unit: 'ms', goal: 500 },
    { name: 'later visit: what is typed is in the project', value: typed, unit: 'ms', goal: 500 },
    { name: 'second visit: the stack is there', value: again, unit: 'ms', goal: 1000 },
    { name: 'second visit: the stack of the first is shown', value: lastStack, unit: 'ms', goal: 500 },
  ];
}

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await stackShown(page);
}

/** Waits for the stack as the last visit left it, not for the build that says whether it still holds. */
async function seeLast(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await seen(page, () => document.querySelector('[aria-label^="Layers of"]')?.checkVisibility() === true);
}

/** Types at the head of the Dockerfile as soon as there is one, and waits until the page has taken it. */
async function typeInto(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await seen(page, () => document.querySelector('[aria-label="Editor"] textarea')?.checkVisibility() === true);
  await page.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Editor"] textarea')?.focus());
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('# ');
  await seen(page, isTyped);
}

/** What was typed first must not be lost to the editor that comes last. */
async function keptByLargeEditor(page: Page): Promise<void> {
  await page.locator('.monaco-editor').first().waitFor();
  await seen(page, isTyped);
}

/** Runs in the page: in the plain editor, or in the one that takes its place. */
function isTyped(): boolean {
  const line = document.querySelector('.view-line')?.textContent.replaceAll('\u00a0', ' ');
  const fields = [...document.querySelectorAll('textarea')].map(({ value }) => value);
  return [line ?? '', ...fields].some((text) => text.startsWith('# # The first stage'));
}

/** Runs in the page, before its own scripts. */
function watchShifts(): void {
  const counted = window as Window & { shifted?: number };
  counted.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput !== true) {
        counted.shifted = (counted.shifted ?? 0) + Number(entry.value);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
