/**
 * One stream read by two consumers at the pace of the slower one. `ReadableStream.tee` lets the faster run ahead and keeps
 * everything between in memory: a gigabyte, where a layer is stored faster than it is unpacked.
 */

interface Branch {
  controller?: ReadableStreamDefaultController<Uint8Array>;
  /** Set while the branch waits for a chunk: tells it that one was given. */
  given?: () => void;
  open: boolean;
}

/** The two branches. One that is cancelled leaves the stream to the other; a failure of the source reaches both. */
export function lockstepTee(
  source: ReadableStream<Uint8Array>,
): readonly [ReadableStream<Uint8Array>, ReadableStream<Uint8Array>] {
  const reader = source.getReader();
  const branches: readonly [Branch, Branch] = [{ open: true }, { open: true }];

  /** Reads on once every branch that is still read waits for more. */
  function advanceIfAllWait(): void {
    const open = branches.filter((branch) => branch.open);
    if (open.length === 0 || open.some((branch) => branch.given === undefined)) return;
    const waiting = open.map((branch) => {
      const { given } = branch;
      delete branch.given;
      return given;
    });
    void advance().then(() => {
      for (const given of waiting) given?.();
    });
  }

  async function advance(): Promise<void> {
    try {
      const { done, value } = await reader.read();
      for (const { open, controller } of branches) {
        if (!open) continue;
        if (done) controller?.close();
        else controller?.enqueue(value);
      }
    } catch (error) {
      for (const { controller } of branches) controller?.error(error);
    }
  }

  function streamOf(branch: Branch): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          branch.controller = controller;
        },
        pull: () =>
          new Promise<void>((resolve) => {
            branch.given = resolve;
            advanceIfAllWait();
          }),
        async cancel(reason) {
          branch.open = false;
          branch.given?.();
          delete branch.given;
          if (branches.some(({ open }) => open)) advanceIfAllWait();
          else await reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  return [streamOf(branches[0]), streamOf(branches[1])];
}
