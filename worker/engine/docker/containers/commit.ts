/** `docker commit`: an image of what a container wrote, on the image it was made from. */
import type { Job } from '../../../base/job.ts';
import { commitLayer } from '../../../layer/write-layer.ts';
import type { ContainerConfig, ImageConfig } from '../../../oci/config.ts';
import { imageConfigBytes } from '../../../oci/config-bytes.ts';
import { digestOf } from '../../../codec/sha256.ts';
import { MEDIA_TYPES } from '../../../oci/descriptor.ts';
import type { ChainID } from '../../../oci/digest.ts';
import { DEFAULT_PLATFORM, type Platform } from '../../../oci/platform.ts';
import { familiarReference, fullReference, parseReference } from '../../../oci/reference.ts';
import type { ContainerSettings } from '../../../store/containers.ts';
import type { ImageRecord } from '../../../store/images.ts';
import type { Lease } from '../../../store/leases.ts';
import { applyChanges } from '../config-changes.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

export interface CommitOptions {
  readonly reference?: string;
  readonly author?: string;
  readonly message?: string;
  readonly changes: readonly string[];
  readonly pause: boolean;
}

/** Makes the image and gives its ID. Its processes stand still meanwhile, where `pause` is asked for. */
export async function commitContainer(
  daemon: Daemon,
  container: LiveContainer,
  options: CommitOptions,
  job: Job,
): Promise<string> {
  const config = applyChanges(imageSettings(container.record.config), options.changes);
  const name = options.reference === undefined ? undefined : fullReference(parseReference(options.reference));
  const pauses = options.pause && container.running !== undefined && !container.isPaused;
  if (pauses) container.running?.pause();
  const lease = daemon.store.leases.create();
  try {
    const image = await storeImage(daemon, container, config, options, lease, job);
    await daemon.store.images.put(image, name === undefined ? [] : [name]);
    const shown = name === undefined ? undefined : familiarReference(parseReference(name));
    if (shown !== undefined) daemon.events.add('image', 'tag', image.id, { ...config.Labels, name: shown });
    containerEvent(daemon, container, 'commit', {
      comment: options.message ?? '',
      imageID: image.id,
      ...(shown === undefined ? {} : { imageRef: shown }),
    });
    return image.id;
  } finally {
    if (pauses) container.running?.resume();
    await lease.release();
  }
}

/** What an image has, too. */
const IMAGE_SETTINGS = [
  'User', 'ExposedPorts', 'Env', 'Entrypoint', 'Cmd', 'Healthcheck', 'ArgsEscaped', 'Volumes', 'WorkingDir', 'OnBuild',
  'Labels', 'StopSignal', 'StopTimeout', 'Shell',
] as const; // prettier-ignore

/** What an image takes over of a container's settings. */
function imageSettings(settings: ContainerSettings): ContainerConfig {
  const kept = IMAGE_SETTINGS.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(kept.map((name) => [name, settings[name]]));
}

async function storeImage(
  daemon: Daemon,
  container: LiveContainer,
  config: ContainerConfig,
  options: CommitOptions,
  lease: Lease,
  job: Job,
): Promise<ImageRecord> {
  const { store, clock } = daemon;
  const { record } = container;
  const parent = await store.images.get(record.imageID);
  const chainID = await writtenChain(daemon, container, lease, job);
  const nowMs = clock.nowMs();
  const created = new Date(nowMs).toISOString();
  const author = options.author === undefined || options.author === '' ? {} : { author: options.author };
  const comment = options.message === undefined || options.message === '' ? {} : { comment: options.message };
  const history = parent?.config.history ?? [];
  const image: ImageConfig = {
    ...platformOf(parent),
    created,
    ...author,
    config,
    rootfs: { type: 'layers', diff_ids: await store.snapshots.chain(chainID) },
    history: [
      ...history,
      {
        created,
        created_by: (record.config.Cmd ?? []).join(' '),
        ...author,
        ...comment,
        ...(chainID === record.chainID ? { empty_layer: true } : {}),
      },
    ],
  };
  const bytes = imageConfigBytes(image);
  const id = await digestOf(bytes);
  await lease.add(`content/${id}`);
  await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, bytes);
  return {
    id,
    config: image,
    ...(chainID === undefined ? {} : { chainID }),
    sizeBytes: await sizeOfChain(daemon, chainID),
    base: { name: record.imageName, historyLength: history.length },
    parent: record.imageID,
    createdMs: nowMs,
    ...(options.reference === undefined ? {} : { lastTaggedMs: nowMs }),
    marks: marksOf(parent, container),
  };
}

function platformOf(image: ImageRecord | undefined): Platform {
  if (image === undefined) return DEFAULT_PLATFORM;
  const { os, architecture, variant } = image.config;
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

/** A copy of a replica is none the more real, nor is what a simulated program wrote. */
function marksOf(parent: ImageRecord | undefined, { lastExit }: LiveContainer): ImageRecord['marks'] {
  const marks = (parent?.marks ?? []).filter((mark) => mark !== 'build-cache');
  const isSimulated = (lastExit?.simulated.length ?? 0) > 0 && !marks.includes('simulated');
  return isSimulated ? [...marks, 'simulated'] : marks;
}

/** The container's layers with one of what it wrote on top; without one where it wrote nothing. */
async function writtenChain(
  daemon: Daemon,
  container: LiveContainer,
  lease: Lease,
  job: Job,
): Promise<ChainID | undefined> {
  const { snapshots } = daemon.store;
  const { view } = await container.root();
  const layer = await commitLayer(view, {}, job);
  if (layer.index.entries.length === 0) return container.record.chainID;
  await lease.add(`layers/${layer.diffID}`);
  await snapshots.putLayer(layer);
  const chainID = await snapshots.putSnapshot(container.record.chainID, layer.diffID);
  await lease.add(`snapshots/${chainID}`);
  return chainID;
}

async function sizeOfChain({ store }: Daemon, chainID: ChainID | undefined): Promise<number> {
  let sum = 0;
  for (const diffID of await store.snapshots.chain(chainID))
    sum += (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
  return sum;
}
