/** The browser's time, as the engine sees it. Works in a worker, in a window, and (but for `yieldTask`) anywhere else. */
import type { Clock } from '../base/ports.ts';

/** The browser's clock. */
export function createBrowserClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep,
    yieldTask: createTaskYield(),
  };
}

/** Resolves after at least `ms`, or rejects with the signal's reason when that fires first. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      // The reason is the caller's own value: it is handed back as it came.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

/**
 * A yield by a message to ourselves: unlike `setTimeout` it is not held back to 4 ms when nested, and unlike
 * `scheduler.yield` it queues behind the messages that wait already, a cancel among them.
 */
function createTaskYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}
