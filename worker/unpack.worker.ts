/** Composition root of a worker that unpacks layers, one after another. */
import { createBrowserClock } from './host/clock.ts';
import { serveUnpacking, type UnpackOrder } from './host/unpack-thread.ts';

const hear = serveUnpacking(createBrowserClock(), (news, handedOver = []) => {
  self.postMessage(news, { transfer: handedOver });
});
self.onmessage = ({ data }: MessageEvent<UnpackOrder>) => {
  hear(data);
};
