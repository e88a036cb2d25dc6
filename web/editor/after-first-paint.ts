import { afterFrame } from '../ui/after-frame.ts';

/** Resolves once the page has been painted and the browser has a moment: what is heavy waits for it. */
export async function afterFirstPaint(): Promise<void> {
  await afterFrame();
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}
