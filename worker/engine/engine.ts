/**
 * The Docker engine as one object: images, containers, builds, registries and projects over one store. It is plain
 * TypeScript; `host/` gives it storage, clock, random and a transport, in the worker and in Node alike.
 */
import type { Job } from '../base/job.ts';
import type { Transport } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { BuildOutcome, BuildRequest } from '../build/types.ts';
import type { ChainID } from '../oci/digest.ts';
import { RegistryClient } from '../registry/client.ts';
import type { ImageID } from '../store/images.ts';
import type { UnionView } from '../vfs/view.ts';
import { watchActivity } from './activity.ts';
import { createAnalysis } from './analysis.ts';
import { createBaseImages } from './base-images.ts';
import { createBuilds } from './builds.ts';
import { createContainerRemoval } from './container-removal.ts';
import { createContainers, type ContainerJob } from './containers.ts';
import { createImageRemoval } from './image-removal.ts';
import { createImages } from './images.ts';
import { importSource } from './imports.ts';
import { Logins } from './logins.ts';
import { createMaintenance } from './maintenance.ts';
import type { DockerAPI, ProgressListener } from './docker/api.ts';
import { classicBuild, type ClassicBuildOptions } from './classic/classic-build.ts';
import { machineNetwork } from './docker/containers/network.ts';
import { restartAfterReload } from './docker/containers/restart-after-reload.ts';
import { askSite, listSites } from './docker/containers/sites.ts';
import { createDaemon } from './docker/daemon.ts';
import { createDockerAPI } from './docker/index.ts';
import { asDockerEngine } from './docker/user-agent.ts';
import type {
  BuildOptions,
  BuildResult,
  ContextFile,
  EngineActivity,
  EngineQueries,
  ImageDetail,
  ImportResult,
  ImportSource,
  PublishPlan,
  PushOptions,
  RegistryCalls,
  RunRequestOptions,
  RunResult,
  SaveFormat,
  SbomFormat,
  ScanReport,
} from './model.ts';
import type { EngineParts } from './parts.ts';
import { createProjects } from './projects.ts';
import { createRegistries } from './registries.ts';
import { Removals } from './removals.ts';
import { createScanning } from './scanning.ts';
import { createTransfers } from './transfers.ts';
import { createViews } from './views.ts';

/** What the engine answers ({@link EngineQueries}), and the jobs it runs. */
export interface Engine extends EngineQueries {
  build(files: readonly ContextFile[], options: BuildOptions, job: Job, progress: ProgressSink): Promise<BuildResult>;
  run(options: RunRequestOptions, job: ContainerJob): Promise<RunResult>;
  push(options: PushOptions, job: Job, progress: ProgressSink): Promise<{ digest: string }>;
  /** `platform` as `linux/arm64/v8`; linux/amd64 when it is left out. */
  pull(reference: string, job: Job, progress: ProgressSink, platform?: string): Promise<ImageDetail>;
  /** What a push would send, and what the registry has already. */
  planPublish(options: Pick<PushOptions, 'image' | 'reference'>, job: Job): Promise<PublishPlan>;
  save(image: string, job: Job, format?: SaveFormat): Promise<Blob>;
  /** Stores what a file or folder from elsewhere holds, all or nothing. */
  importSource(source: ImportSource, job: Job): Promise<ImportResult>;
  /** Looks through all layers of an image. Reports how many of its files were read. */
  scan(image: string, job: Job, progress: ProgressSink): Promise<ScanReport>;
  /** ID of the stored image that one was built on; undefined where it is not here any more. */
  baseImageOf(image: string): Promise<string | undefined>;
  /** What an image is made of, as a document of a standard form. */
  sbom(image: string, format: SbomFormat, job: Job, progress: ProgressSink): Promise<string>;
  readonly registries: RegistryCalls;
  /** A build as the docker command line asks for it; a failure is a result. */
  buildImage(request: BuildRequest, job: Job, progress: ProgressSink): Promise<BuildOutcome>;
  /** The same by the classic builder: an image for each instruction. Throws what the daemon says of a step that failed. */
  classicBuild(options: ClassicBuildOptions, listener: ProgressListener, job: Job): Promise<ImageID>;
  /** The files a build made, as one archive. */
  resultArchive(chainID: ChainID | undefined, job: Job): Promise<Blob>;
  /** The engine as the docker command line sees it. */
  readonly docker: DockerAPI;
  /** The files of the machine that the command line runs on: what `-v /path:/path` binds. */
  useHostFiles(files: UnionView): void;
  /** Starts again what ran when the page was closed, as restart policies say. Does not resolve. */
  restartAfterReload(): Promise<never>;
  /** Servers as the machine of the command line reaches them: published ports, containers, and what lies outside. */
  readonly network: Transport;
  onForeignChange(listener: (what: 'images' | 'containers' | 'projects') => void): () => void;
  onActivity(listener: (activity: EngineActivity) => void): () => void;
}

function registryClient({ clock }: EngineParts, transport: Transport, logins: Logins): RegistryClient {
  return new RegistryClient({ transport, clock, credentials: (key) => Promise.resolve(logins.find(key)) });
}

/** Composes an engine. Nothing is read or written until it is asked something. */
export function createEngine(parts: EngineParts): Engine {
  let hostFiles: UnionView | undefined;
  const daemon = createDaemon(parts, () => hostFiles);
  const network = machineNetwork(daemon);
  const logins = parts.logins ?? new Logins(parts.store.database);
  const ownNetwork = machineNetwork({ ...daemon, outside: parts.ownTransport ?? parts.transport });
  const client = registryClient(parts, asDockerEngine(network), logins);
  const ownClient = registryClient(parts, ownNetwork, logins);
  const registries = createRegistries(parts, ownClient, [client], logins, ownNetwork);
  const baseImages = createBaseImages(parts, client);
  const images = createImages(parts.store);
  const containers = createContainers(daemon, images);
  const removals = new Removals(parts.clock);
  const views = createViews(parts.store, images, containers);
  const builds = createBuilds(parts, baseImages, images);
  const transfers = createTransfers(parts, ownClient, logins, createBaseImages(parts, ownClient), images);
  const maintenance = createMaintenance(parts.store, containers, removals);
  const projects = createProjects(parts.store, parts.clock);
  const docker = createDockerAPI({
    engine: parts,
    client,
    logins,
    baseImages,
    push: createTransfers(parts, client, logins, baseImages, images).push,
    daemon,
  });
  return {
    build: builds.build,
    buildImage: builds.buildImage,
    classicBuild: (options, listener, job) =>
      classicBuild(
        { ...parts, images: docker.images, containers: daemon.containers, build: builds.buildImage },
        options,
        listener,
        job,
      ),
    resultArchive: builds.resultArchive,
    docker,
    useHostFiles: (files) => void (hostFiles = files),
    restartAfterReload: () => restartAfterReload(daemon),
    network,
    sites: () => listSites(daemon),
    askSite: (hostPort, request) => askSite(daemon, hostPort, request),
    images: images.list,
    image: images.detail,
    stepImage: builds.stepImage,
    classicTelling: builds.classicTelling,
    ...views,
    ...createAnalysis(parts.store, images, parts.clock),
    ...createScanning(parts.store, images, parts.clock),
    ...createImageRemoval({ store: parts.store, images, docker: docker.images, events: daemon.events, removals }),
    ...createContainerRemoval(daemon, removals),
    undoRemoval: (id) => removals.undo(id),
    run: containers.run,
    containers: containers.list,
    ...transfers,
    importSource: (source, job) => importSource(parts, daemon.events, source, job),
    registries,
    ...maintenance,
    ...projects,
    restrictHosts: (hosts) => Promise.resolve(parts.hostGate?.restrictTo(hosts)),
    onActivity: (listener) => watchActivity(daemon, parts.hostGate, listener),
    onForeignChange: (listener) =>
      parts.store.database.onForeignWrite((table) => {
        if (table === 'images' || table === 'references') listener('images');
        else if (table === 'containers') listener('containers');
        else if (table === 'projects') listener('projects');
      }),
  };
}
