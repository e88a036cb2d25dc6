/** An image of 50,000 files: how soon its tree opens, how it scrolls, how soon the page answers on a slow processor. */
import type { Page } from 'playwright';
import { encodeFragment } from '../../../web/share/fragment.ts';
import type { Figure } from './figure.ts';
import { stackShown, throttle, type PageHost } from './page-visit.ts';

const FILES = 50_000;
const SLOW_PROCESSOR = 4;
const DOCKERFILE = `FROM busybox
RUN mkdir /many && cd /many && seq 1 ${FILES} | xargs touch
RUN cd /many && rm 1000 && echo changed > 2000
`;
const SCROLL_STEPS = 60;
/** A frame that took longer than this many of the usual ones was not shown in time. */
const LATE_FRAME = 1.6;

export async function largeImage(host: PageHost): Promise<readonly Figure[]> {
  const page = await host.newVisitor();
  await page.addInitScript(watchShifts);
  const file = { path: 'Dockerfile', kind: 'file', content: DOCKERFILE, mode: 0o644, mtimeMs: 0 } as const;
  await page.goto(`${host.address}#${await encodeFragment({ name: 'large', files: [file] })}`);
  await stackShown(page);
  await page.getByRole('tab', { name: 'History' }).click();
  // stored: the tree is fetched when it is looked at, not before
  await page.reload();
  await stackIsBuilt(page);

  const openMs = await page.evaluate(openTree);
  // what the build changed is open at first
  await page.getByRole('treeitem', { name: '/many/1,' }).waitFor();
  const late = await page.evaluate(lateFrames, { steps: SCROLL_STEPS, tolerance: LATE_FRAME });

  await throttle(page, SLOW_PROCESSOR);
  await page.evaluate(watchInteractions);
  const slowest: Figure[] = [];
  for (const [what, act] of Object.entries(INTERACTIONS)) {
    await page.evaluate(() => ((window as unknown as Watching).slowestMs = 0));
    await act(page);
    const value = await page.evaluate(() => (window as unknown as Watching).slowestMs);
    const name = `slowest of ${what}, processor ${SLOW_PROCESSOR} times slower`;
    slowest.push({ name, value, unit: 'ms', goal: 100 });
  }
  const shift = await page.evaluate(() => (window as unknown as Watching).shifted);
  await page.context().close();
  return [
    { name: `tree of ${FILES} files opened`, value: openMs, unit: 'ms', goal: 100 },
    { name: `late frames while ${FILES} files scroll`, value: late, unit: '', goal: 0.5 },
    ...slowest,
    { name: 'layout shift of that visit', value: shift, unit: '', goal: 0.02 },
  ];
}

/** What one does, one thing after the other has been shown. */
const INTERACTIONS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the tree: folders, words, filters, x-ray, keys': useTree,
  'the panels, each opened twice': switchPanels,
  'a layer, a step, a comparison, a file': lookAround,
  'the palette': usePalette,
};

const pause = (page: Page): Promise<void> => page.waitForTimeout(250);

async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await pause(page);
  }
}

async function useTree(page: Page): Promise<void> {
  const tree = page.getByRole('tree');
  const folder = page.getByRole('treeitem', { name: /^\/many,/ });
  await tree.press('Home');
  for (let times = 0; times < 2; times++) {
    await folder.click();
    await pause(page);
  }
  await page.getByRole('searchbox', { name: 'Filter paths' }).click();
  await press(page, ['4', '9', '9', 'Backspace', 'Backspace', 'Backspace']);
  for (const name of ['Added', 'Added', 'Wasted', 'Wasted', 'X-ray', 'X-ray']) {
    await page.getByRole('button', { name, exact: true }).click();
    await pause(page);
  }
  await tree.focus();
  await press(page, ['ArrowDown', 'ArrowDown', 'PageDown', 'End', 'Home']);
}

async function switchPanels(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Image' }).getByRole('tab');
  const count = await tabs.count();
  for (let place = 0; place < 2 * count; place++) {
    await tabs.nth(place % count).click();
    await pause(page);
  }
}

async function lookAround(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Layers', exact: true }).click();
  const slab = page.getByRole('region', { name: /^Layers of/ }).getByRole('button', { name: /echo changed/ });
  await slab.waitFor();
  for (const control of [slab, slab]) {
    await control.click();
    await pause(page);
  }
  for (const name of ['Previous step', 'Next step']) {
    await page.getByRole('button', { name }).click();
    await pause(page);
  }
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Close' }).waitFor();
  await pause(page);
  await press(page, ['Escape']);
  await page.getByRole('treeitem', { name: /^\/many\/1,/ }).click();
  await pause(page);
}

async function usePalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Command or path' }).waitFor();
  await press(page, ['7', '7', 'Escape']);
}

/** The panel on screen has no stack: the build is done when nothing can be stopped. */
async function stackIsBuilt(page: Page): Promise<void> {
  await page
    .getByRole('tabpanel', { name: 'History' })
    .getByText('xargs touch', { exact: false })
    .first()
    .waitFor({ timeout: 60_000 });
  await page.getByRole('banner').getByRole('button', { name: 'Stop', exact: true, disabled: true }).waitFor();
  await page.waitForTimeout(1000);
}

interface Watching extends Window {
  shifted: number;
  slowestMs: number;
}

/** Runs in the page, before its own scripts. */
function watchShifts(): void {
  const watching = window as unknown as Watching;
  watching.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput !== true) {
        watching.shifted += Number(entry.value);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Runs in the page: from a click on the Files tab to the frame in which rows of the tree stand. */
function openTree(): Promise<number> {
  const tab = [...document.querySelectorAll<HTMLElement>('[role="tab"]')].find(
    (each) => each.textContent.trim() === 'Files',
  );
  return new Promise((resolve) => {
    const startMs = performance.now();
    tab?.focus();
    tab?.click();
    const look = (): void => {
      if (document.querySelector('[role="treeitem"]') === null) requestAnimationFrame(look);
      else resolve(performance.now() - startMs);
    };
    requestAnimationFrame(look);
  });
}

/** Runs in the page: frames that came late while the tree is scrolled from end to end, a step each frame. */
function lateFrames({ steps, tolerance }: { steps: number; tolerance: number }): Promise<number> {
  const tree = document.querySelector('[role="tree"]');
  if (tree === null) return Promise.resolve(NaN);
  const stepPx = (tree.scrollHeight - tree.clientHeight) / steps;
  return new Promise((resolve) => {
    const times: number[] = [];
    const step = (nowMs: number): void => {
      times.push(nowMs);
      if (times.length <= steps) {
        tree.scrollTop += stepPx;
        requestAnimationFrame(step);
        return;
      }
      const gaps = times.slice(1).map((time, place) => time - (times[place] ?? time));
      const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
      resolve(gaps.filter((gap) => gap > usual * tolerance).length);
    };
    requestAnimationFrame(step);
  });
}

/** Runs in the page: from now on notes the interaction that took longest until the next frame. */
function watchInteractions(): void {
  const watching = window as unknown as Watching;
  watching.slowestMs = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!('interactionId' in entry) || entry.interactionId === 0) continue;
      watching.slowestMs = Math.max(watching.slowestMs, entry.duration);
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}
