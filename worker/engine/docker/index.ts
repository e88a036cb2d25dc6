/** Docker's API over the engine's store, builds and containers. */
import type { Job } from '../../base/job.ts';
import type { ProgressSink } from '../../base/progress.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { BaseImages } from '../base-images.ts';
import type { EngineParts } from '../parts.ts';
import type { PushOptions } from '../model.ts';
import type { Logins } from '../logins.ts';
import type { DockerAPI, RegistryCredentials } from './api.ts';
import { createContainerAPI } from './containers/api.ts';
import type { Daemon } from './containers/daemon.ts';
import { createImageAPI } from './images/index.ts';
import { createRegistryLogin } from './registry-login.ts';
import { createNetworkAPI } from './networks/api.ts';
import { createSystemAPI } from './system.ts';
import { createVolumeAPI } from './volumes/api.ts';

/** What Docker's API is made of. */
export interface DockerParts {
  readonly engine: EngineParts;
  readonly client: RegistryClient;
  readonly logins: Logins;
  readonly baseImages: BaseImages;
  readonly push: (options: PushOptions, job: Job, progress: ProgressSink) => Promise<{ digest: string }>;
  /** Shared with the page's own view of containers. */
  readonly daemon: Daemon;
}

export function createDockerAPI(parts: DockerParts): DockerAPI {
  const { engine, client, logins, baseImages, push, daemon } = parts;
  const useCredentials = (domain: string, { username, password }: RegistryCredentials): void => {
    logins.keep(domain, { kind: 'basic', username, password });
    client.forgetCredentials(domain);
  };
  const { store, clock } = engine;
  const { events } = daemon;
  const images = createImageAPI({ store, clock, client, baseImages, push, useCredentials, events });
  return {
    images,
    containers: createContainerAPI(daemon),
    volumes: createVolumeAPI(daemon),
    networks: createNetworkAPI(daemon),
    system: createSystemAPI(daemon, images, createRegistryLogin(client, logins)),
  };
}
