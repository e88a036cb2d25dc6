/** What happens in the engine, whoever asked for it: the page, or a command in the terminal. */
import type { ViewEvent } from '../vfs/view.ts';
import type { Daemon } from './docker/containers/daemon.ts';
import type { HostGate } from './host-gate.ts';
import type { CopyOnWriteEvent, EngineActivity } from './model.ts';

/** Tells of every write to a container's layer, of containers and images that changed, of hosts refused. Returns how to stop. */
export function watchActivity(
  { containers, events, clock, listening }: Pick<Daemon, 'containers' | 'events' | 'clock' | 'listening'>,
  hostGate: HostGate | undefined,
  listener: (activity: EngineActivity) => void,
): () => void {
  const stopRefusals = hostGate?.onRefused((host) => listener({ kind: 'host-refused', host }));
  const stopWrites = containers.onWrite((id, event) =>
    listener({ kind: 'write', event: pageEvent(event, id, clock.nowMs()) }),
  );
  const stopEvents = events.listen(({ Type: type }) => {
    if (type === 'container') listener({ kind: 'changed', what: 'containers' });
    else if (type === 'image') listener({ kind: 'changed', what: 'images' });
  });
  const stopSites = listening.onListen(() => listener({ kind: 'changed', what: 'sites' }));
  return () => {
    stopSites();
    stopWrites();
    stopEvents();
    stopRefusals?.();
  };
}

/** A view's event as the page animates it. */
function pageEvent(event: ViewEvent, container: string, timeMs: number): CopyOnWriteEvent {
  return {
    kind: event.kind,
    container,
    path: event.path,
    bytes: 'bytes' in event ? event.bytes : 0,
    timeMs,
    ...('changedBytes' in event ? { changedBytes: event.changedBytes } : {}),
    ...('layer' in event ? { layer: event.layer } : {}),
    ...('reason' in event ? { reason: event.reason } : {}),
  };
}
