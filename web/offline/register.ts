/** Keeps the page for use without a network, and offers a newer version when there is one: never in the middle of work. */

export interface OfflineEvents {
  /** Everything is kept: the page opens without a network from now on. */
  readonly onReady: () => void;
  /** What is fetched from now on passes through the service worker, for the first time in this browser. */
  readonly onControl: () => void;
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
export function keepOffline(events: OfflineEvents): void {
  addEventListener('vite:preloadError', () => events.onReplaced(reload));
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // private windows refuse: the page works, and keeps nothing
  follow(navigator.serviceWorker, events).catch(() => undefined);
}

const reload = (): void => location.reload();

async function follow(
  workers: ServiceWorkerContainer,
  { onReady, onControl, onUpdate, onReplaced }: OfflineEvents,
): Promise<void> {
  let isControlled = workers.controller !== null;
  let isAsked = false;
  workers.addEventListener('controllerchange', () => {
    if (isAsked) reload();
    else if (isControlled) onReplaced(reload);
    else onControl();
    isControlled = true;
  });
  const offer = (waiting: ServiceWorker): void =>
    onUpdate(() => {
      isAsked = true;
      waiting.postMessage({ type: 'SKIP_WAITING' });
    });

  await loaded();
  const registration = await workers.register(new URL('sw.js', document.baseURI));
  const watch = (worker: ServiceWorker | null): void =>
    worker?.addEventListener('statechange', () => {
      if (worker.state !== 'installed') return;
      if (registration.active === null) onReady();
      else offer(worker);
    });
  if (registration.waiting !== null) offer(registration.waiting);
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  setInterval(() => void askForNewer(registration), ASK_EVERY_MS);
}

/** To fetch all of the page for later must not delay what is needed now. */
async function loaded(): Promise<void> {
  if (document.readyState === 'complete') return;
  await new Promise((done) => addEventListener('load', done, { once: true }));
}

/** Without a network there is none. */
async function askForNewer(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // asked again in an hour
  }
}
