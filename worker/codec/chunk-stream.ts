/** From an async generator to a stream: `ReadableStream.from` is not in every browser yet. */

/** The chunks as a stream. It asks for one only when it is asked for one; cancelling it ends the generator. */
export function chunkStream<T>(chunks: AsyncGenerator<T, void>): ReadableStream<T> {
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}
