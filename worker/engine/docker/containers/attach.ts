/** `docker attach`: the streams of a container's main process. */
import { EngineError } from '../../../base/errors.ts';
import type { ContainerIO } from '../container-io.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Connects streams to the process that runs, or to the next one; resolves when it has ended or the caller detached. */
export function attachTo(daemon: Daemon, container: LiveContainer, io: ContainerIO): Promise<void> {
  if (container.isPaused) {
    throw new EngineError('conflict', `container ${container.id} is paused, unpause the container before attach.`);
  }
  containerEvent(daemon, container, 'attach');
  const { OpenStdin: stdin = false, StdinOnce: closesStdin = false } = container.record.config;
  return container.attachments.attach(io, { stdin, closesStdin });
}
