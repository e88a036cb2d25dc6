/** The executor: makes a container's kernel around a root and runs one process tree in it. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Random, StaticFiles, Transport } from '../base/ports.ts';
import type { UnionView } from '../vfs/view.ts';
import type { Applet } from './applets/applet.ts';
import { createPrograms } from './applets/registry.ts';
import { startContainer } from './container.ts';
import { containerMounts } from './kernel/environment.ts';
import type { ProgramRegistry } from './kernel/exec.ts';
import { Kernel } from './kernel/kernel.ts';
import type { ContainerExecutor, Limits, ProcessSpec, RunningContainer, Stdio } from './process.ts';

/** What a process tree may use unless the spec says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  steps: 500_000_000,
  outputBytes: 64 << 20,
  memoryBytes: 2 ** 30,
  files: 1_000_000,
  processes: 512,
};

const DEFAULT_HOSTNAME = 'buildkitsandbox';

export interface ExecutorOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** The data of the package managers (`public/catalogue`); without it they know no packages. */
  readonly catalogue?: StaticFiles;
  /** How wget and curl reach servers; without it there is no network. */
  readonly transport?: Transport;
  /** Programs of other rooms. */
  readonly programs?: readonly Applet[];
}

/** An executor whose programs are the applets and tools of this room, and those of the options. */
export function createExecutor(options: ExecutorOptions): ContainerExecutor {
  const programs = createPrograms(options.programs);
  const start: ContainerExecutor['start'] = (spec, root, io, job) => startIn(options, programs, spec, root, io, job);
  return {
    start,
    async run(spec, root, io, job) {
      const container = await start(spec, root, io, job);
      const { code, simulated } = await container.exited;
      return { code, simulated };
    },
  };
}

async function startIn(
  options: ExecutorOptions,
  programs: ProgramRegistry,
  spec: ProcessSpec,
  root: UnionView,
  io: Stdio,
  job: Job,
): Promise<RunningContainer> {
  job.budget.throwIfCancelled();
  const kernel = new Kernel({
    clock: spec.clock ?? options.clock,
    random: spec.random ?? options.random,
    catalogue: options.catalogue ?? noCatalogue,
    transport: spec.network ?? options.transport,
    resolver: spec.resolver,
    onListen: spec.onListen,
    job,
    limits: { ...DEFAULT_LIMITS, ...spec.limits },
    hostname: spec.hostname ?? DEFAULT_HOSTNAME,
    ulimits: spec.ulimits,
    mounts: (self) => containerMounts(self, root, spec),
  });
  return startContainer(kernel, programs, spec, io);
}

const noCatalogue: StaticFiles = () =>
  Promise.reject(new EngineError('network', 'There is no catalogue of packages here.'));
