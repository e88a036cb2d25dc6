/** Resolves once the page has been painted and the browser has a moment: what is heavy waits for it. */
export async function afterFirstPaint(): Promise<void> {
  // A hidden tab paints nothing, and must not wait for it.
  await Promise.race([
    new Promise((resolve) => requestAnimationFrame(resolve)),
    new Promise((resolve) => setTimeout(resolve, 500)),
  ]);
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}
