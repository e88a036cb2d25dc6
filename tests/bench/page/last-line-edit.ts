/** A key typed into the last line of a 12-step Dockerfile, until its layer stack is told anew. */
import type { Page } from 'playwright';
import type { Figure } from './figure.ts';
import { stackShown, type PageHost } from './page-visit.ts';

/** The page waits this long behind the last key before it builds. */
const DEBOUNCE_MS = 150;
const KEYS = '123456789';

/** Everything but the last line, which the keys change. */
const STEPS = [
  'FROM busybox',
  'ENV A=1',
  'WORKDIR /app',
  'RUN echo a > a.txt',
  'RUN echo one > one',
  'RUN mkdir -p d && echo two > d/two',
  'COPY helloworld.go src/',
  'RUN cat a.txt one > both',
  'LABEL step=nine',
  'RUN chmod 600 both',
  'EXPOSE 80',
];

export async function lastLineEdit(host: PageHost): Promise<readonly Figure[]> {
  const page = await host.newVisitor();
  await page.goto(host.address);
  await stackShown(page);
  await replaceDockerfile(page, [...STEPS, 'CMD echo 0'].join('\n'));
  await shows(page, 'echo 0');
  const figures: Figure[] = [];
  for (const key of KEYS) {
    await page.keyboard.press('Backspace');
    await page.waitForTimeout(1000);
    await page.evaluate(watch, `echo ${key}`);
    await page.keyboard.press(key);
    const value = (await page.evaluate(() => (window as unknown as Watching).shownMs)) - DEBOUNCE_MS;
    figures.push({ name: 'a key in the last of 12 steps, after the pause', value, unit: 'ms', goal: 50 });
    await page.waitForTimeout(500);
  }
  await page.context().close();
  return figures;
}

async function replaceDockerfile(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor').first().waitFor();
  await page.getByRole('region', { name: 'Editor' }).getByRole('textbox').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

async function shows(page: Page, text: string): Promise<void> {
  await page
    .getByRole('region', { name: /^Layers of/ })
    .getByText(text)
    .first()
    .waitFor({ timeout: 60_000 });
}

interface Watching extends Window {
  shownMs: Promise<number>;
}

/** Runs in the page: measures milliseconds from the next key to the frame in which the stack holds `text`. */
function watch(text: string): void {
  (window as unknown as Watching).shownMs = new Promise((resolve) => {
    let keyMs = NaN;
    addEventListener('keydown', () => (keyMs = performance.now()), { once: true, capture: true });
    const look = (): void => {
      const stack = document.querySelector('[aria-label^="Layers of"]');
      if (stack?.textContent.includes(text) !== true) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        resolve(performance.now() - keyMs);
      });
    };
    // not at each frame: see `seen`
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}
