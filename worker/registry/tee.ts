/**
 * One stream read by two consumers at the pace of the slower one. `ReadableStream.tee` lets the faster run ahead and keeps
 * everything between in memory: a gigabyte, where a layer is stored faster than it is unpacked.
 */

/** The two branches. Cancelling either, or a failure of the source, ends both: neither is of use without the other. */
export function lockstepTee(
  source: ReadableStream<Uint8Array>,
): readonly [ReadableStream<Uint8Array>, ReadableStream<Uint8Array>] {
  const reader = source.getReader();
  const controllers: ReadableStreamDefaultController<Uint8Array>[] = [];
  let waiting = 0;
  let wake: (() => void) | undefined;
  let ended = false;

  const fail = (reason: unknown): void => {
    ended = true;
    for (const controller of controllers) controller.error(reason);
    wake?.();
  };

  const advance = async (): Promise<void> => {
    try {
      const { done, value } = await reader.read();
      if (ended) return;
      if (done) {
        ended = true;
        for (const controller of controllers) controller.close();
      } else {
        for (const controller of controllers) controller.enqueue(value);
      }
    } catch (error) {
      fail(error);
    }
  };

  const branch = (): ReadableStream<Uint8Array> =>
    new ReadableStream<Uint8Array>(
      {
        start(controller) {
          controllers.push(controller);
        },
        /** Resolves when the next chunk was given to both, which is when both asked for one. */
        async pull() {
          if (++waiting === 2) {
            waiting = 0;
            await advance();
            wake?.();
          } else {
            await new Promise<void>((resolve) => (wake = resolve));
          }
        },
        async cancel(reason) {
          fail(reason ?? new DOMException('The other reader stopped.', 'AbortError'));
          await reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  return [branch(), branch()];
}
