/** The worker's end of the page's watch over the engine: what happens within a moment is told at once. */
import type { Clock } from '../base/ports.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineActivity } from '../engine/model.ts';

/** What happens within this many milliseconds travels together. */
const COALESCE_MS = 60;

/** Posts what happens to a port. Writes all go, in order; of changed lists, one notice of each kind. */
export function postActivity(engine: Pick<Engine, 'onActivity'>, port: MessagePort, clock: Clock): void {
  let untold: EngineActivity[] = [];
  const changed = new Set<string>();
  engine.onActivity((activity) => {
    if (activity.kind === 'changed') {
      if (changed.has(activity.what)) return;
      changed.add(activity.what);
    }
    untold.push(activity);
    if (untold.length === 1) void clock.sleep(COALESCE_MS).then(post);
  });

  function post(): void {
    port.postMessage(untold);
    untold = [];
    changed.clear();
  }
}
