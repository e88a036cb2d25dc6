/** Resolves once the browser has had the chance to paint a frame. */
export async function afterFrame(): Promise<void> {
  // A hidden tab paints nothing, and must not wait for it.
  await Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
    new Promise((resolve) => setTimeout(resolve, 500)),
  ]);
}
