/** Keeps the page for use without a network, and offers a newer version when there is one: never in the middle of work. */
import { registerSW } from 'virtual:pwa-register';

export interface OfflineEvents {
  /** Everything is kept: the page opens without a network from now on. */
  readonly onReady: () => void;
  /** A newer version waits; calling `update` reloads the page with it. */
  readonly onUpdate: (update: () => void) => void;
}

/** Starts the service worker where the page is built (not in development) and the browser has one. */
export function keepOffline({ onReady, onUpdate }: OfflineEvents): void {
  if (!('serviceWorker' in navigator)) return;
  const update = registerSW({
    onOfflineReady: onReady,
    onNeedRefresh: () => onUpdate(() => void update(true)),
  });
}
