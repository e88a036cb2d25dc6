/** The page as an app: whether the browser would install it, and whether a newer version waits. Both are offered, never forced. */
import type { Notices } from './notices.svelte.ts';

/** What Chromium's `beforeinstallprompt` brings. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const isInstallPrompt = (event: Event): event is InstallPrompt =>
  'prompt' in event && typeof event.prompt === 'function';

export class Installation {
  #prompt = $state.raw<InstallPrompt | undefined>();
  #reload = $state.raw<(() => void) | undefined>();
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
    // kept back, so that the browser's own banner does not come in the middle of work
    addEventListener('beforeinstallprompt', (event) => {
      if (!isInstallPrompt(event)) return;
      event.preventDefault();
      this.#prompt = event;
    });
    addEventListener('appinstalled', () => (this.#prompt = undefined));
  }

  /** True while the browser would install it. */
  get isOffered(): boolean {
    return this.#prompt !== undefined;
  }
  /** Reloads with the newer version; undefined while there is none. */
  get reload(): (() => void) | undefined {
    return this.#reload;
  }

  /** Lets the browser ask. It lets a page ask once. */
  async install(): Promise<void> {
    const prompt = this.#prompt;
    this.#prompt = undefined;
    await prompt?.prompt();
  }

  /** All of the page is kept in this browser now. */
  kept(): void {
    const action = { label: 'Install as an app', run: () => void this.install() };
    this.#notices.say(
      'Kept in this browser: Strata now opens without a network too.',
      this.isOffered ? { action } : {},
    );
  }

  /** A newer version waits. The status bar and the command palette keep the offer when the notice is gone. */
  renewable(reload: () => void): void {
    this.#reload = reload;
    // by then another tab may have put it in place
    const run = (): void => this.#reload?.();
    this.#notices.say('A newer Strata is ready.', { action: { label: 'Reload with it', run } });
  }

  /** The newer version has taken the place of this one's files: what was not used yet may be missing. */
  replaced(reload: () => void): void {
    this.#reload = reload;
    this.#notices.say('A newer Strata has replaced this one. Parts not opened yet come after a reload.', {
      tone: 'bad',
      action: { label: 'Reload', run: reload },
    });
  }
}
