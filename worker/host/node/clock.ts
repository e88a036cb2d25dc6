/** Node's time, as the engine sees it. */
import type { Clock } from '../../base/ports.ts';
import { sleep } from '../clock.ts';

/** Node's clock. `yieldTask` lets input and timers in; unlike an open message port it does not keep the process alive. */
export function createNodeClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep,
    yieldTask: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
