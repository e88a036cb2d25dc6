/** How the Docker Engine names itself to registries; servers of containers have it in their logs. */
import type { Transport } from '../../base/ports.ts';

const AGENT =
  'docker/26.1.5 go/go1.22.5 git-commit/411e817 kernel/6.6.32-linuxkit os/linux arch/amd64 UpstreamClient(Docker-Client/26.1.5 \\(linux\\))';

export function asDockerEngine(transport: Transport): Transport {
  return (request) => {
    request.headers.set('user-agent', AGENT);
    return transport(request);
  };
}
