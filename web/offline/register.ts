/** Keeps the page for use without a network, and offers a newer version when there is one: never in the middle of work. */
import { registerSW } from 'virtual:pwa-register';

export interface OfflineEvents {
  /** Everything is kept: the page opens without a network from now on. */
  readonly onReady: () => void;
  /** A newer version waits; calling `reload` reloads the page with it. */
  readonly onUpdate: (reload: () => void) => void;
  /** The newer version came without this page asking: another tab did, or its host has no files of this version any more. */
  readonly onReplaced: (reload: () => void) => void;
}

/** A page that stays open for days asks so often whether there is a newer version. */
const ASK_EVERY_MS = 60 * 60 * 1000;

/**
 * Starts the service worker where the page is built (not in development) and the browser has one. Every file names what it imports
 * by a hash of its content, so page and workers of different versions cannot meet: what is missing fails, and is told.
 */
export function keepOffline({ onReady, onUpdate, onReplaced }: OfflineEvents): void {
  const reload = (): void => location.reload();
  addEventListener('vite:preloadError', () => onReplaced(reload));
  if (!('serviceWorker' in navigator)) return;
  let asked = false;
  const update = registerSW({
    onOfflineReady: onReady,
    onNeedRefresh: () =>
      onUpdate(() => {
        asked = true;
        void update();
      }),
    onNeedReload: () => (asked ? reload() : onReplaced(reload)),
    onRegisteredSW: (_address, registration) => {
      if (registration !== undefined) setInterval(() => void askForNewer(registration), ASK_EVERY_MS);
    },
  });
}

/** Without a network there is none. */
async function askForNewer(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // asked again in an hour
  }
}
