/**
 * Containers: a writable layer over an image's layers, and the processes run in it. Views of containers that ran in this
 * session stay in memory; what was written is saved as a layer after each process, so a reload finds it again.
 */
import { hex } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { createUnstoppableJob, type Job } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import { commitLayer } from '../layer/write-layer.ts';
import { restoreUpper } from '../layer/restore-upper.ts';
import { isEngineError } from '../base/errors.ts';
import type { ContainerConfig } from '../oci/config.ts';
import type { ProcessSpec } from '../shell/process.ts';
import { processUser } from '../build/ops/users.ts';
import type { ContainerRecord } from '../store/containers.ts';
import { inodeSize } from '../vfs/inode.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView, ViewEvent } from '../vfs/view.ts';
import { randomContainerName } from './container-names.ts';
import type { EngineParts } from './engine.ts';
import type { Images } from './images.ts';
import type { ContainerSummary, CopyOnWriteEvent, RunRequestOptions, RunResult } from './model.ts';

/** A job that shows a process: its output, and what it does to the writable layer. */
export interface ContainerJob extends Job {
  readonly output: (stream: 1 | 2, data: Uint8Array) => void;
  readonly copyOnWrite: (event: CopyOnWriteEvent) => void;
}

/** The engine's calls about containers. */
export interface Containers {
  list(): Promise<readonly ContainerSummary[]>;
  remove(id: string): Promise<void>;
  /** The container's root as it is now. Throws `not-found`. */
  view(id: string): Promise<UnionView>;
  run(options: RunRequestOptions, job: ContainerJob): Promise<RunResult>;
}

export function createContainers(parts: EngineParts, images: Images): Containers {
  const { store, clock, random, executor } = parts;
  const views = new Map<string, Promise<UnionView>>();
  const running = new Set<string>();

  async function record(id: string): Promise<ContainerRecord> {
    const found = await store.containers.get(id);
    if (found === undefined)
      throw new EngineError('not-found', `No such container: ${id}`, { data: { container: id } });
    return found;
  }

  function view(id: string): Promise<UnionView> {
    let opened = views.get(id);
    if (opened === undefined) {
      opened = openView(id);
      views.set(id, opened);
      opened.catch(() => views.delete(id));
    }
    return opened;
  }

  async function openView(id: string): Promise<UnionView> {
    const container = await record(id);
    const opened = createUnionView(await store.snapshots.tree(container.chainID), { now: () => clock.nowMs() });
    if (container.upper !== undefined) restoreUpper(opened, await store.snapshots.layer(container.upper));
    return opened;
  }

  async function create(options: RunRequestOptions): Promise<ContainerRecord> {
    const image = await images.find(options.image);
    const taken = new Set((await store.containers.list()).map((container) => container.name));
    if (options.name !== undefined && taken.has(options.name)) {
      throw new EngineError(
        'conflict',
        `The container name "/${options.name}" is already in use. Remove or rename that container, or choose another name.`,
        {
          data: { name: options.name },
        },
      );
    }
    const created: ContainerRecord = {
      id: hex(random.bytes(32)),
      name: options.name ?? randomContainerName(random, taken),
      imageID: image.id,
      ...(image.chainID === undefined ? {} : { chainID: image.chainID }),
      imageName: options.image,
      config: image.config.config ?? {},
      state: 'created',
      exitCode: 0,
      createdMs: clock.nowMs(),
      hostConfig: {},
    };
    await store.containers.put(created);
    return created;
  }

  async function summary(container: ContainerRecord): Promise<ContainerSummary> {
    const interrupted = container.state === 'running' && !running.has(container.id);
    return {
      id: container.id,
      name: container.name,
      imageID: container.imageID,
      imageName: container.imageName,
      state: interrupted ? 'exited' : container.state,
      exitCode: interrupted ? 137 : container.exitCode,
      createdMs: container.createdMs,
      upper: upperSummary(await view(container.id)),
    };
  }

  /** Saves what was written, and how the process ended. */
  async function finish(
    container: ContainerRecord,
    root: UnionView,
    exitCode: number,
    job: Job,
  ): Promise<ContainerRecord> {
    const lease = await store.leases.create();
    try {
      const layer = await commitLayer(root, {}, job);
      await lease.add(`layers/${layer.diffID}`);
      await store.snapshots.putLayer(layer);
      const ended: ContainerRecord = {
        ...container,
        state: 'exited',
        exitCode,
        finishedMs: clock.nowMs(),
        upper: layer.diffID,
      };
      await store.containers.put(ended);
      return ended;
    } finally {
      await lease.release();
    }
  }

  return {
    view,
    list: async () => Promise.all((await store.containers.list()).map(summary)),

    async remove(id) {
      if (running.has(id))
        throw new EngineError('in-use', 'The container is running. Stop it first.', { data: { container: id } });
      await store.containers.remove(id);
      views.delete(id);
    },

    async run(options, job) {
      const container = options.container === undefined ? await create(options) : await record(options.container);
      const root = await view(container.id);
      const stop = root.onEvent((event) => job.copyOnWrite(pageEvent(event, clock.nowMs())));
      const started: ContainerRecord = { ...container, state: 'running', startedMs: clock.nowMs() };
      await store.containers.put(started);
      running.add(container.id);
      let exitCode = 137;
      let simulated: readonly string[] = [];
      try {
        const io = {
          stdout: (data: Uint8Array) => job.output(1, data),
          stderr: (data: Uint8Array) => job.output(2, data),
        };
        const spec = await processOf(container, options.commandLine, root);
        const status = await executor.run(spec, root, io, job);
        ({ code: exitCode, simulated } = status);
      } catch (error) {
        if (!isEngineError(error, 'cancelled')) throw error;
      } finally {
        stop();
        running.delete(container.id);
        await finish(started, root, exitCode, createUnstoppableJob(`${job.id}-save`, clock));
      }
      return { container: await summary(await record(container.id)), exitCode, simulated };
    },
  };
}

/** What to start: a command line for the image's shell, else the image's own command. Throws `run` when there is none. */
async function processOf(
  container: ContainerRecord,
  commandLine: string | undefined,
  root: UnionView,
): Promise<ProcessSpec> {
  const { config } = container;
  const argv = commandLine === undefined ? ownCommand(config) : [...(config.Shell ?? ['/bin/sh', '-c']), commandLine];
  if (argv.length === 0)
    throw new EngineError(
      'run',
      'No command specified: the image has neither CMD nor ENTRYPOINT. Type a command to run.',
    );
  const user = await processUser(root, config.User ?? '');
  const env = new Map<string, string>();
  for (const pair of config.Env ?? []) env.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  env.set('HOSTNAME', container.id.slice(0, 12));
  if (!env.has('HOME')) env.set('HOME', user.home);
  return {
    argv,
    env,
    cwd: resolvePath(config.WorkingDir ?? '/'),
    credentials: user.credentials,
    hostname: container.id.slice(0, 12),
  };
}

function ownCommand(config: ContainerConfig): readonly string[] {
  return [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
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

/** A view's event as the page animates it. */
function pageEvent(event: ViewEvent, timeMs: number): CopyOnWriteEvent {
  return {
    kind: event.kind,
    path: event.path,
    bytes: 'bytes' in event ? event.bytes : 0,
    timeMs,
    ...('layer' in event ? { layer: event.layer } : {}),
    ...('reason' in event ? { reason: event.reason } : {}),
  };
}
