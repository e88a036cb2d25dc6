/** One visit to the built page in a browser profile of its own, and what it took. */
import { chromium, type Browser, type Page } from 'playwright';
import { serveDist } from './static-host.ts';
import type { Server } from 'node:http';

const PORT = 4195;
const VIEWPORT = { width: 1440, height: 900 };
const BARS_PX = 200;

/** The built page on a static host, and a browser to visit it with. */
export class PageHost {
  readonly #server: Server;
  readonly browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.browser = browser;
  }

  /** Needs `npm run build` before. */
  static async start(): Promise<PageHost> {
    const server = await serveDist(PORT);
    const executablePath = process.env['STRATA_CHROMIUM'];
    const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
    return new PageHost(server, browser);
  }

  /** A page with a first visit's profile of its own: nothing stored, nothing cached. */
  async newVisitor(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: VIEWPORT });
    // Functions sent to the page were compiled by tsx, which calls this around inner functions.
    await context.addInitScript('globalThis.__name = (value) => value');
    const page = await context.newPage();
    await showWhole(page);
    return page;
  }

  get address(): string {
    return `http://127.0.0.1:${PORT}/`;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.#server.close();
  }
}

/**
 * Makes the window large enough for the browser's own bars too. They would else hide the foot of the page, and a frame that changes
 * nothing but what is hidden is never shown: what was pressed there would seem to wait for its answer.
 */
async function showWhole(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  const bounds = { width: VIEWPORT.width + BARS_PX, height: VIEWPORT.height + BARS_PX };
  await session.send('Browser.setWindowBounds', { windowId, bounds });
  await session.detach();
}

/** Makes the page's processor `factor` times slower, as a telephone's is. */
export async function throttle(page: Page, factor: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
}

/**
 * Resolves in the frame in which `holds`, which runs in the page, has become true. It looks when the document changes or something is
 * typed: a locator's own wait would look every half second only, and first put a large script into the page, which takes the time of the
 * page's own; to look at each frame would have the page make frames of which nobody sees anything.
 */
export async function seen(page: Page, holds: () => boolean): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const holds = ${holds.toString()};
    const look = () => {
      if (!holds()) return;
      observer.disconnect();
      document.removeEventListener('input', look);
      requestAnimationFrame(resolve);
    };
    document.addEventListener('input', look);
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  })`);
}

/** Resolves when the stack of a finished build is on screen. */
export async function stackShown(page: Page): Promise<void> {
  await seen(page, () => {
    const stop = [...document.querySelectorAll<HTMLButtonElement>('header button')].find(
      ({ textContent }) => textContent === 'Stop',
    );
    return stop?.disabled === true && document.querySelector('[aria-label^="Layers of"]')?.checkVisibility() === true;
  });
}
