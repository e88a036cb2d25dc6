/** Questions a newcomer has about layers, answered from the page alone. */
import { expect, test } from '@playwright/test';
import { Playground } from './playground.ts';

const CACHE_DELETED_LATE = 'FROM alpine\nRUN head -c 5000000 /dev/urandom > /cache\nRUN rm /cache\n';

async function opened(playground: Playground, dockerfile: string, lastStep: string): Promise<void> {
  await playground.openWith(dockerfile);
  await expect(playground.layers.getByText(lastStep, { exact: false }).first()).toBeVisible();
}

/** Runs in the page: what the browser counts as shifts while a list is scrolled, a step each frame. */
async function shiftOfScroll(list: Element): Promise<number> {
  const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  let shift = 0;
  const observer = new PerformanceObserver((told) => {
    for (const entry of told.getEntries()) if ('value' in entry) shift += Number(entry.value);
  });
  observer.observe({ type: 'layout-shift' });
  const stepPx = (list.scrollHeight - list.clientHeight) / 5;
  for (let step = 0; step < 5; step++) {
    list.scrollTop += stepPx;
    await nextFrame();
  }
  await nextFrame();
  observer.disconnect();
  return shift;
}

test('which layer does /etc/motd come from?', async ({ page }) => {
  const playground = new Playground(page);
  await opened(playground, 'FROM alpine\nRUN echo own >> /etc/motd\n', 'RUN echo own');
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('a');
  await expect(page.getByRole('treeitem').nth(25)).toBeAttached();
  const tree = page.getByRole('tree');
  expect(await tree.evaluate(shiftOfScroll)).toBeLessThan(0.02);
  for (const key of ['Home', 'PageDown', 'End']) {
    await tree.press(key);
    await expect(tree.getByRole('treeitem', { selected: true })).toBeInViewport({ ratio: 0.9 });
  }
  await page.getByRole('searchbox', { name: 'Filter paths' }).fill('motd');
  await page.getByRole('treeitem', { name: '/etc/motd, from RUN echo own' }).click();
  const file = page.getByRole('region', { name: 'File /etc/motd' });
  const trace = file.getByRole('list', { name: 'Where this path comes from, top layer first' });
  await expect(trace.getByRole('listitem').first()).toContainText('found');
  await expect(trace.getByRole('listitem').last()).toContainText('Hidden by the layer above');
  await file.getByRole('combobox', { name: 'beside' }).selectOption({ index: 1 });
  await expect(file.getByRole('group', { name: 'Difference, line by line' })).toContainText('own');
  await page.getByRole('treeitem', { name: '/etc, from' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download /etc as a tar' }).click();
  expect((await saved).suggestedFilename()).toBe('etc.tar');
});

test('what does my container’s write cost?', async ({ page }) => {
  const playground = new Playground(page);
  await opened(playground, 'FROM alpine\nRUN head -c 3000000 /dev/urandom > /data\n', 'RUN head');
  await page.getByRole('button', { name: 'Open a shell here' }).click();
  const line = page.getByPlaceholder('A command line for the image’s shell');
  await expect(line).toBeFocused();
  await line.fill('echo x >> /data; chmod 600 /etc/passwd; rm /etc/motd; echo new > /new');
  await line.press('Enter');
  const writes = page.getByRole('region', { name: /^Writes of / });
  await expect(writes).toContainText(/copied up \/data from RUN head.*: 3\sMB copied to change 2\sB/);
  await expect(writes).toContainText(/copied up \/etc\/passwd .* for its metadata alone/);
  await expect(writes).toContainText(/whiteout over \/etc\/motd, which .* still holds/);
  await expect(writes).toContainText(/new \/new, 4\sB/);
  await expect(writes).not.toContainText('wrote 0');
  await writes.getByRole('button', { name: 'Slow' }).click();
  await writes.getByRole('button', { name: 'Replay' }).click();
  await expect(writes).toContainText('more to show');
  // a ghost rises from the layer that holds the file
  await expect(page.locator('.ghost').first()).toBeAttached();
  await writes.getByRole('button', { name: 'Slow' }).click();
  await expect(writes).not.toContainText('more to show');
});

test('what containers of the terminal write is seen as it happens, of two side by side too', async ({ page }) => {
  const playground = new Playground(page);
  await opened(playground, 'FROM busybox\nRUN echo shared > /shared\nCMD ["sh"]\n', 'RUN echo shared');
  await page.getByRole('tab', { name: 'Terminal' }).click();
  const terminal = page.getByRole('region', { name: /^Docker terminal/ });
  await expect(terminal.getByRole('list')).toContainText('~/project $');
  const type = async (line: string): Promise<void> => {
    await terminal.getByRole('textbox').focus();
    await page.keyboard.type(`${line}\n`);
  };
  await type('docker run -d --name one small sleep 600');
  const slabs = page.getByRole('group', { name: 'Containers of this image' });
  await expect(slabs.getByRole('button', { name: /writable layer of one.*running/ })).toBeVisible();
  await type('docker run -it --name two small');
  await expect(slabs.getByRole('button', { name: /^two.*running/ })).toBeVisible();
  await type('echo more >> /shared');
  const writes = page.getByRole('region', { name: 'Writes of two' });
  await expect(writes).toContainText(/copied up \/shared from RUN echo shared.*: 7\sB copied to change 5\sB/);
  await type('exit');
  await expect(slabs.getByRole('button', { name: /^two.*exited/ })).toBeVisible();
  await type('docker cp helloworld.go one:/tmp/');
  await slabs.getByRole('button', { name: /^one/ }).click();
  await expect(page.getByRole('region', { name: 'Writes of one' })).toContainText('new /tmp/helloworld.go');
  await page.getByRole('combobox', { name: 'Writes of' }).selectOption('all');
  const all = page.getByRole('region', { name: 'Writes of all containers' });
  await expect(all).toContainText('one: new /tmp/helloworld.go');
  await expect(all).toContainText('two: copied up /shared');
  await expect(page.getByRole('treeitem', { name: '/shared, from RUN echo shared' })).toBeVisible();
});

test('why did deleting the cache not make the image smaller?', async ({ page }) => {
  const playground = new Playground(page);
  await opened(playground, CACHE_DELETED_LATE, 'RUN rm /cache');
  await page.getByRole('button', { name: 'Wasted' }).click();
  await page.getByRole('treeitem', { name: '/cache, deleted by RUN rm /cache' }).click();
  const trace = page.getByRole('region', { name: 'File /cache' }).getByRole('list').first();
  await expect(trace.getByRole('listitem').first()).toContainText('whiteout');
  await expect(trace.getByRole('listitem').nth(1)).toContainText(/RUN head.*has it too \(5\sMB\)/);
});

test('the build is stepped through: every panel shows the world of then, after a failure too', async ({ page }) => {
  const playground = new Playground(page);
  await opened(playground, CACHE_DELETED_LATE, 'RUN rm /cache');
  const steps = page.getByRole('group', { name: 'Step through the build' });
  // twice at once: the second goes on from where the first is on its way to
  await steps.getByRole('button', { name: 'Previous step' }).dblclick();
  await expect(steps).toContainText('after step 1 of 3');
  await steps.getByRole('button', { name: 'Next step' }).click();
  await expect(steps).toContainText('after step 2 of 3');
  await expect(page.getByRole('treeitem', { name: '/cache, from RUN head' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the result' }).click();
  await expect(page.getByRole('treeitem', { name: '/cache, deleted by' })).toBeVisible();

  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const compare = page.getByRole('dialog', { name: 'Compare two images' });
  const from = compare.getByRole('combobox', { name: 'From' });
  const place = await from.boundingBox();
  await expect(compare).toContainText(/\+5\sMB, 1 layer shared, 0 paths different/);
  await from.selectOption({ label: '2: RUN head -c 5000000 /dev/urandom > /cache' });
  await expect(compare.getByRole('button', { name: '/cache, removed' })).toContainText(/−5\sMB/);
  // what was compared came below, and moved nothing
  expect(await from.boundingBox()).toEqual(place);
  await page.keyboard.press('Escape');

  await playground.replaceText('FROM alpine\nRUN echo half > /half; false\n');
  await expect(playground.line(2)).toContainText('failed');
  await steps.getByRole('button', { name: 'Previous step' }).click();
  await steps.getByRole('button', { name: 'Next step' }).click();
  await expect(steps).toContainText('failed step 2 of 2');
  await expect(page.getByRole('treeitem', { name: '/half, from RUN echo half' })).toBeVisible();
  await steps.getByRole('button', { name: 'Open a shell here' }).click();
  await expect(page.getByPlaceholder('A command line for the image’s shell')).toBeFocused();
  await page.keyboard.type('cat /half\n');
  await expect(page.getByRole('log', { name: 'Output of commands in containers' })).toContainText('half');
});

test('an address opens a panel, its layers and a path, and follows what is looked at', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.page.goto('about:blank');
  await playground.open('/#panel=layers&layers=1&path=/etc/motd');
  await expect(page.getByRole('region', { name: 'File /etc/motd' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Only what alpine:latest touched' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page).toHaveURL(/#panel=history&layers=1&path=\/etc\/motd$/);
});

test('the palette finds commands and paths by keys alone; ? lists the keys', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Command or path' });
  await expect(field).toBeFocused();
  await field.fill('show history');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Layers' }).click();
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('/etc/motd');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'File /etc/motd' })).toBeVisible();
  await page.getByRole('tab', { name: 'Layers' }).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Find a command or a path');
});
