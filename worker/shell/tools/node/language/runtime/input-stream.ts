/** `process.stdin`: read when somebody listens. */
import type { AppletContext } from '../../../../applets/context.ts';
import { isFunction, type Obj } from '../callable.ts';
import type { Steps, Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { stepping, type EventLoop } from './event-loop.ts';
import { Listeners } from './emitter.ts';

export function createInputStream(realm: Realm, context: AppletContext, loop: EventLoop): Obj {
  const stream = realm.object({ fd: 0, readable: true });
  if (context.process.descriptors.get(0).terminal) stream['isTTY'] = true;
  let isFlowing = false;
  let isPaused = false;
  let isText = false;
  let release: (() => void) | undefined;
  const decoder = new TextDecoder();
  const listeners = new Listeners(realm, stream, (event, count) => {
    if (count > 0 && (event === 'data' || event === 'readable' || event === 'end')) loop.ticks.push(() => flow());
  });
  const deliver = (bytes: Uint8Array): Value => {
    const text = decoder.decode(bytes, { stream: true });
    if (isText) return text;
    const from = (realm.global['Buffer'] as Obj | undefined)?.['from'];
    return isFunction(from) ? realm.callNow(from, undefined, [realm.adopt(bytes.slice())]) : text;
  };
  function* give(bytes: Uint8Array): Steps {
    if (bytes.byteLength > 0) {
      yield* listeners.emit('data', [deliver(bytes)]);
      isFlowing = false;
      if (!isPaused) flow();
      return undefined;
    }
    stream['readable'] = false;
    yield* listeners.emit('end', []);
    yield* listeners.emit('close', []);
    return undefined;
  }
  const flow = (): void => {
    if (isFlowing || stream['readable'] === false || isPaused) return;
    isFlowing = true;
    release = loop.hold();
    void readChunk(context).then(
      (bytes) => {
        loop.arrive(stepping(realm, () => give(bytes)));
        release?.();
      },
      () => release?.(),
    );
  };
  realm.natives(stream, {
    setEncoding: [
      1,
      () => {
        isText = true;
        return stream;
      },
    ],
    resume: [
      0,
      () => {
        isPaused = false;
        flow();
        return stream;
      },
    ],
    pause: [
      0,
      () => {
        isPaused = true;
        release?.();
        return stream;
      },
    ],
    unref: [0, () => stream],
    ref: [0, () => stream],
    setRawMode: [1, () => stream],
  });
  define(
    stream,
    Symbol.asyncIterator,
    realm.native('[Symbol.asyncIterator]', 0, () => iterate()),
  );
  function iterate(): Obj {
    const iterator = Object.create(realm.prototype('AsyncIterator')) as Obj;
    iterator['next'] = realm.native('next', 0, () => {
      const promise = realm.promises.create();
      loop.background(
        readChunk(context),
        (bytes) => () =>
          realm.promises.resolve(
            promise,
            realm.object(
              bytes.byteLength === 0 ? { value: undefined, done: true } : { value: deliver(bytes), done: false },
            ),
          ),
        () => () => realm.promises.resolve(promise, realm.object({ value: undefined, done: true })),
      );
      return promise;
    });
    return iterator;
  }
  return stream;
}

async function readChunk(context: AppletContext): Promise<Uint8Array> {
  return context.process.read(0);
}
