/** Requests to published ports: from the host's port to the server that listens inside the container. */
import { EngineError } from '../../../base/errors.ts';
import type { Daemon } from './daemon.ts';

/** The server's answer. Throws `network` where the port is not published, or nobody listens behind it. */
export async function requestPublished(daemon: Daemon, hostPort: number, request: Request): Promise<Response> {
  const port = daemon.ports.all.find((published) => published.hostPort === hostPort && published.protocol === 'tcp');
  const container = port === undefined ? undefined : await daemon.containers.lookup(port.container);
  const serve = port === undefined ? undefined : container?.running?.serverAt(port.containerPort);
  if (serve === undefined) {
    throw new EngineError('network', `Failed to connect to localhost port ${hostPort}: Connection refused`, {
      data: { port: hostPort },
    });
  }
  return serve(request);
}
