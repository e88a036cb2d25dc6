/** A slice of work leaves a slow processor the time to answer within a frame or two. */
const SLICE_MS = 8;
/** Steps between two looks at the clock. */
const STEPS = 256;

/**
 * Goes through `items`, and lets the page answer what is pressed meanwhile: fifty thousand at once would hold it up for a second on a
 * slow processor. Stops with the reason of `signal` before a slice.
 */
export async function inSlices<Item>(
  items: Iterable<Item>,
  each: (item: Item) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  let count = 0;
  let sliceMs = performance.now();
  for (const item of items) {
    each(item);
    count += 1;
    if (count % STEPS !== 0 || performance.now() - sliceMs < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    sliceMs = performance.now();
  }
}
