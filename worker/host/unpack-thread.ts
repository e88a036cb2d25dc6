/**
 * What a thread that unpacks layers does, one layer at a time, and how it is spoken to: chunks of the compressed layer go in, and
 * each is acknowledged when it was taken, so that no more than a few of them wait; what the store keeps comes out.
 */
import type { Bytes } from '../base/bytes.ts';
import { errorToWire, type WireError } from '../base/errors.ts';
import { createUnstoppableJob } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import { unpackInline, type UnpackedLayer } from '../layer/unpack-layer.ts';
import { encodeLayerIndex } from '../vfs/layer-index-codec.ts';

/** What the thread is told. */
export type UnpackOrder = { readonly kind: 'chunk'; readonly bytes: Bytes } | { readonly kind: 'end' };

/** What it tells. After `unpacked` or `failed` it takes the next layer; after `failed` it is not used again. */
export type UnpackNews =
  | { readonly kind: 'ready' | 'taken' }
  | { readonly kind: 'unpacked'; readonly layer: SentLayer }
  | { readonly kind: 'failed'; readonly error: WireError };

/** A layer as it crosses between threads: its index in columns, which are copied in no time. */
export interface SentLayer {
  readonly diffID: UnpackedLayer['diffID'];
  readonly tar: UnpackedLayer['tar'];
  readonly storedIndex: unknown;
}

/** The thread's side: `handedOver` are buffers that may go without a copy. Returns what is to hear each order, in turn. */
export function serveUnpacking(
  clock: Clock,
  tell: (news: UnpackNews, handedOver?: ArrayBuffer[]) => void,
): (order: UnpackOrder) => void {
  const job = createUnstoppableJob('unpack', clock);
  let layer: Incoming | undefined;

  async function unpack(incoming: Incoming): Promise<void> {
    try {
      const { diffID, tar, index } = await unpackInline(incoming.stream, job);
      const handedOver = tar instanceof Blob ? [] : [tar.packed.buffer, tar.unpacked.buffer];
      tell({ kind: 'unpacked', layer: { diffID, tar, storedIndex: encodeLayerIndex(index) } }, handedOver);
    } catch (error) {
      tell({ kind: 'failed', error: errorToWire(error) });
    }
  }

  tell({ kind: 'ready' });
  return (order) => {
    if (layer === undefined) {
      layer = incomingLayer(() => {
        tell({ kind: 'taken' });
      });
      void unpack(layer);
    }
    if (order.kind === 'chunk') {
      layer.add(order.bytes);
      return;
    }
    layer.end();
    layer = undefined;
  };
}

/** A stream of what arrives by messages. */
interface Incoming {
  readonly stream: ReadableStream<Uint8Array>;
  add(chunk: Uint8Array): void;
  end(): void;
}

/** `onTaken` hears of each chunk that the stream's reader took. */
function incomingLayer(onTaken: () => void): Incoming {
  const waiting: Uint8Array[] = [];
  let ended = false;
  let cancelled = false;
  let asked: (() => void) | undefined;

  /** Nobody reads on: what came and comes is done with. */
  const drop = (): void => {
    cancelled = true;
    waiting.splice(0).forEach(onTaken);
  };
  const wake = (): void => {
    asked?.();
    asked = undefined;
  };
  return {
    stream: new ReadableStream(
      {
        async pull(controller) {
          if (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (asked = resolve));
          const chunk = waiting.shift();
          if (chunk === undefined) {
            controller.close();
            return;
          }
          controller.enqueue(chunk);
          onTaken();
        },
        cancel: drop,
      },
      { highWaterMark: 0 },
    ),
    add(chunk) {
      waiting.push(chunk);
      if (cancelled) drop();
      else wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}
