/** Containers as the page shows them: a writable layer over an image's layers, and a process run in it while it is watched. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { inodeSize } from '../vfs/inode.ts';
import type { UnionView } from '../vfs/view.ts';
import { requireEnded } from './container-removal.ts';
import { attachTo } from './docker/containers/attach.ts';
import { createContainer } from './docker/containers/create.ts';
import type { Daemon } from './docker/containers/daemon.ts';
import type { LiveContainer } from './docker/containers/live-container.ts';
import { killAndWait, removeContainer } from './docker/containers/remove.ts';
import { startContainer } from './docker/containers/start.ts';
import type { Images } from './images.ts';
import type { ContainerSummary, RunRequestOptions, RunResult } from './model.ts';

/** The shell of images that name none. */
const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** A job that shows a process: what it prints. */
export interface ContainerJob extends Job {
  readonly output: (stream: 1 | 2, data: Uint8Array) => void;
}

/** The engine's calls about containers. */
export interface Containers {
  list(): Promise<readonly ContainerSummary[]>;
  /** For good. Throws `in-use` while its process runs. */
  remove(id: string): Promise<void>;
  /** The container's root as it is now. Throws `not-found`. */
  view(id: string): Promise<UnionView>;
  /** Runs a process in a container, a new one by default, to its end; cancelling the job kills it. */
  run(options: RunRequestOptions, job: ContainerJob): Promise<RunResult>;
}

export function createContainers(daemon: Daemon, images: Images): Containers {
  const { containers } = daemon;

  async function create({ image, name }: RunRequestOptions): Promise<LiveContainer> {
    const { id, config } = await images.find(image);
    return createContainer(daemon, {
      ...(name === undefined ? {} : { name }),
      image: id,
      config: ownCommand(config.config).length === 0 ? { Cmd: config.config?.Shell ?? DEFAULT_SHELL } : {},
      hostConfig: {},
    });
  }

  return {
    view: async (id) => (await (await containers.find(id)).root()).view,
    list: async () => Promise.all((await containers.all()).map(summary)),

    async remove(id) {
      const container = await containers.find(id);
      requireEnded(container);
      await removeContainer(daemon, container, { volumes: true });
    },

    async run(options, job) {
      const { container: there, commandLine } = options;
      if (there === undefined && commandLine === undefined) await requireCommand(images, options.image);
      const container = there === undefined ? await create(options) : await containers.find(there);
      const cancel = (): void => void killAndWait(container);
      try {
        job.budget.throwIfCancelled();
        const attached = attachTo(daemon, container, {
          stdout: (data) => job.output(1, data),
          stderr: (data) => job.output(2, data),
        });
        await startContainer(daemon, container, argvOf(container, commandLine));
        job.signal.addEventListener('abort', cancel);
        if (job.signal.aborted) cancel();
        await attached;
      } finally {
        job.signal.removeEventListener('abort', cancel);
      }
      const { exitCode } = container.record;
      return { container: await summary(container), exitCode, simulated: container.lastExit?.simulated ?? [] };
    },
  };
}

async function requireCommand(images: Images, image: string): Promise<void> {
  if (ownCommand((await images.find(image)).config.config).length > 0) return;
  throw new EngineError(
    'run',
    'No command specified: the image has neither CMD nor ENTRYPOINT. Type a command to run.',
  );
}

function ownCommand(config: LiveContainer['record']['config'] | undefined): readonly string[] {
  return [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])];
}

/** A command line for the image's shell; undefined for the container's own command. */
function argvOf({ record }: LiveContainer, commandLine: string | undefined): readonly string[] | undefined {
  return commandLine === undefined ? undefined : [...(record.config.Shell ?? DEFAULT_SHELL), commandLine];
}

async function summary(container: LiveContainer): Promise<ContainerSummary> {
  const { record } = container;
  return {
    id: record.id,
    name: record.name,
    imageID: record.imageID,
    imageName: record.imageName,
    state: record.state,
    exitCode: record.exitCode,
    createdMs: record.createdMs,
    upper: upperSummary((await container.root()).view),
  };
}

/** Counts and bytes of a writable layer, as `docker diff` and `docker ps -s` tell them. */
function upperSummary(view: UnionView): ContainerSummary['upper'] {
  let sizeBytes = 0;
  const counts = { added: 0, modified: 0, deleted: 0 };
  for (const change of view.changes()) {
    counts[change.kind]++;
    if (change.inode?.kind === 'file') sizeBytes += inodeSize(change.inode);
  }
  return { sizeBytes, added: counts.added, changed: counts.modified, deleted: counts.deleted };
}
