/** Making a container: its name, its settings, its mounts; nothing runs yet. */
import { hex } from '../../../base/bytes.ts';
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { parseSignal } from '../../../shell/kernel/signals.ts';
import type { ImageConfig } from '../../../oci/config.ts';
import { matchesPlatform, parsePlatform } from '../../../oci/platform.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import { randomContainerName } from '../../container-names.ts';
import type { ContainerCreate, HostConfig } from '../container-types.ts';
import { assertEndpoints } from '../networks/endpoints.ts';
import { checkHostConfig } from './check-host-config.ts';
import { checkHealthcheck, checkModes } from './check-modes.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { mergeConfig } from './merge-config.ts';
import { mountsOf } from './mounts.ts';
import { populateVolumes } from './populate-volumes.ts';

const NAME_RULE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const SHORT_ID_LENGTH = 12;

/** Makes a container. Throws as the daemon words it: `conflict` for a name in use, `not-found` without the image. */
export async function createContainer(daemon: Daemon, options: ContainerCreate): Promise<LiveContainer> {
  const name = options.name?.replace(/^\//, '');
  if (name !== undefined) assertContainerName(name, options.name ?? '');
  checkHostConfig(options.hostConfig);
  checkModes(options.config, options.hostConfig);
  checkHealthcheck(options.config);
  const image = await daemon.findImage(options.image);
  assertPlatform(options, image.config);
  await assertLinks(daemon, options.hostConfig);
  const config = mergeConfig(options.config, image.config.config ?? {});
  if (config.StopSignal !== undefined && parseSignal(config.StopSignal) === undefined) {
    throw new EngineError('invalid-argument', `invalid signal: ${config.StopSignal}`);
  }
  await assertEndpoints(daemon, options.networks ?? []);
  const taken = await takenNames(daemon);
  if (name !== undefined) assertFree(taken, name);
  const id = hex(daemon.random.bytes(32));
  const hostname =
    config.Hostname === undefined || config.Hostname === '' ? id.slice(0, SHORT_ID_LENGTH) : config.Hostname;
  const record: ContainerRecord = {
    id,
    name: name ?? randomContainerName(daemon.random, new Set(taken.keys())),
    imageID: image.id,
    ...(image.chainID === undefined ? {} : { chainID: image.chainID }),
    imageName: options.image,
    config: { ...config, Hostname: hostname },
    state: 'created',
    exitCode: 0,
    createdMs: daemon.clock.nowMs(),
    hostConfig: options.hostConfig,
    ...(options.networks === undefined ? {} : { networks: options.networks }),
    mounts: await mountsOf(daemon, config, options.hostConfig),
  };
  const container = await daemon.containers.add(record);
  await populateVolumes(daemon, container);
  containerEvent(daemon, container, 'create');
  return container;
}

/** An image of another platform is as good as none. */
function assertPlatform({ platform, image }: ContainerCreate, config: ImageConfig): void {
  if (platform === undefined || platform === '') return;
  if (matchesPlatform(parsePlatform(platform), config)) return;
  throw new EngineError(
    'not-found',
    `image with reference ${image} was found but does not match the specified platform: wanted ${platform}, actual: ${config.os}/${config.architecture}`,
    { data: { image } },
  );
}

async function assertLinks({ containers }: Daemon, { Links: links }: HostConfig): Promise<void> {
  for (const link of Array.isArray(links) ? links.map(String) : []) {
    const [name = ''] = link.split(':', 1);
    if ((await containers.lookup(name)) !== undefined) continue;
    throw new EngineError('not-found', `could not get container for ${name}: No such container: ${name}`);
  }
}

/** Gives a container another name. Throws as {@link createContainer} does. */
export async function renameContainer(daemon: Daemon, container: LiveContainer, to: string): Promise<void> {
  const name = to.replace(/^\//, '');
  const { record } = container;
  if (name === record.name) {
    throw new EngineError('invalid-argument', 'Renaming a container with the same name as its current name');
  }
  try {
    assertContainerName(name, `/${name}`);
    assertFree(await takenNames(daemon), name);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new EngineError(error.code, `Error when allocating new name: ${error.message}`, { data: error.data });
  }
  await container.update({ name });
  containerEvent(daemon, container, 'rename', { oldName: `/${record.name}` });
}

async function takenNames(daemon: Daemon): Promise<ReadonlyMap<string, string>> {
  return new Map((await daemon.containers.all()).map(({ record }) => [record.name, record.id]));
}

function assertContainerName(name: string, shown: string): void {
  if (NAME_RULE.test(name)) return;
  throw new EngineError(
    'invalid-argument',
    `Invalid container name (${shown}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    { data: { name } },
  );
}

function assertFree(taken: ReadonlyMap<string, string>, name: string): void {
  const owner = taken.get(name);
  if (owner === undefined) return;
  throw new EngineError(
    'conflict',
    `Conflict. The container name "/${name}" is already in use by container "${owner}". You have to remove (or rename) that container to be able to reuse that name.`,
    { data: { name } },
  );
}
