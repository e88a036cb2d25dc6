/** The worker's end of the wire: the engine's answers to what the page may ask. */
import { proxy, transfer, type ProxyMarked } from 'comlink';
import type { Clock, Random } from '../base/ports.ts';
import type { Engine } from '../engine/engine.ts';
import type {
  BuildOptions,
  BuildResult,
  ContextFile,
  EngineQueries,
  EngineSettings,
  ImageDetail,
  ImportResult,
  ImportSource,
  PublishPlan,
  PushOptions,
  RunRequestOptions,
  RunResult,
  SaveFormat,
  SbomFormat,
  ScanReport,
  ViewTarget,
} from './types.ts';
import { postActivity } from './activity-port.ts';
import { runJob } from './job-port.ts';
import { serveRegistries, type RegistryService } from './registry-port.ts';
import type { TerminalSize } from './terminal-types.ts';
import { columnsOfRows, memoryOf, type TreeColumns } from './tree-wire.ts';

/** What comlink exposes: the client's calls, with a port where the client takes events. */
export interface EngineService extends Omit<EngineQueries, 'tree'> {
  tree(target: ViewTarget): Promise<TreeColumns>;
  /** Must be called first; what else is asked waits for the engine it starts. */
  start(settings: EngineSettings): void;
  build(files: readonly ContextFile[], options: BuildOptions, port: MessagePort): Promise<BuildResult>;
  run(options: RunRequestOptions, port: MessagePort): Promise<RunResult>;
  push(options: PushOptions, port: MessagePort): Promise<{ digest: string }>;
  pull(reference: string, port: MessagePort, platform?: string): Promise<ImageDetail>;
  planPublish(options: Pick<PushOptions, 'image' | 'reference'>, port: MessagePort): Promise<PublishPlan>;
  save(image: string, port: MessagePort, format?: SaveFormat): Promise<Blob>;
  importSource(source: ImportSource, port: MessagePort): Promise<ImportResult>;
  scan(image: string, port: MessagePort): Promise<ScanReport>;
  sbom(image: string, format: SbomFormat, port: MessagePort): Promise<string>;
  readonly registries: RegistryService & ProxyMarked;
  /** Serves a terminal on the port, until `close` comes through it. */
  openTerminal(port: MessagePort, size: TerminalSize): Promise<void>;
  /** Posts `images`, `containers` or `projects` to the port whenever another tab changed one of them. */
  watchForeignChanges(port: MessagePort): void;
  /** Posts lists of what happened in this engine to the port. */
  watchActivity(port: MessagePort): void;
}

/**
 * Serves the engine that `open` makes of the page's settings. What is asked while it starts waits for it, and rejects as it
 * does when it cannot start.
 */
export function serveEngine(
  open: (settings: EngineSettings) => Promise<Engine>,
  clock: Clock,
  random: Random,
): EngineService {
  let settle: (engine: Promise<Engine>) => void = () => undefined;
  const starting = new Promise<Engine>((resolve) => {
    settle = resolve;
  });
  starting.catch(() => undefined);
  return {
    start: (settings) => settle(open(settings)),
    build: (files, options, port) =>
      runJob(port, clock, async (job) => (await starting).build(files, options, job, job.status)),
    run: (options, port) => runJob(port, clock, async (job) => (await starting).run(options, job)),
    push: (options, port) => runJob(port, clock, async (job) => (await starting).push(options, job, job.status)),
    pull: (reference, port, platform) =>
      runJob(port, clock, async (job) => (await starting).pull(reference, job, job.status, platform)),
    planPublish: (options, port) => runJob(port, clock, async (job) => (await starting).planPublish(options, job)),
    save: (image, port, format) => runJob(port, clock, async (job) => (await starting).save(image, job, format)),
    importSource: (source, port) => runJob(port, clock, async (job) => (await starting).importSource(source, job)),
    scan: (image, port) => runJob(port, clock, async (job) => (await starting).scan(image, job, job.status)),
    sbom: (image, format, port) =>
      runJob(port, clock, async (job) => (await starting).sbom(image, format, job, job.status)),
    registries: proxy(
      serveRegistries((port, ask) => runJob(port, clock, async (job) => ask((await starting).registries, job))),
    ),
    images: async () => (await starting).images(),
    image: async (nameOrID) => (await starting).image(nameOrID),
    stepImage: async (vertex) => (await starting).stepImage(vertex),
    async tree(target) {
      const columns = columnsOfRows(await (await starting).tree(target));
      return transfer(columns, memoryOf(columns));
    },
    trace: async (target, path) => (await starting).trace(target, path),
    readFile: async (target, path, options) => (await starting).readFile(target, path, options),
    archive: async (target, path) => (await starting).archive(target, path),
    containers: async () => (await starting).containers(),
    removeContainer: async (id) => (await starting).removeContainer(id),
    sites: async () => (await starting).sites(),
    askSite: async (hostPort, request) => (await starting).askSite(hostPort, request),
    storage: async () => (await starting).storage(),
    waste: async (image) => (await starting).waste(image),
    savings: async (dockerfile, waste) => (await starting).savings(dockerfile, waste),
    outline: async (dockerfile, files) => (await starting).outline(dockerfile, files),
    addAdvisories: async (name, content) => (await starting).addAdvisories(name, content),
    removeAdvisories: async (name) => (await starting).removeAdvisories(name),
    advisorySources: async () => (await starting).advisorySources(),
    classicTelling: async () => (await starting).classicTelling(),
    layers: async () => (await starting).layers(),
    removeImage: async (id) => (await starting).removeImage(id),
    undoRemoval: async (id) => (await starting).undoRemoval(id),
    prune: async (what) => (await starting).prune(what),
    prunable: async (what) => (await starting).prunable(what),
    projects: async () => (await starting).projects(),
    project: async (id) => (await starting).project(id),
    saveProject: async (project) => (await starting).saveProject(project),
    removeProject: async (id) => (await starting).removeProject(id),
    restrictHosts: async (hosts) => (await starting).restrictHosts(hosts),
    async openTerminal(port, size) {
      const engine = await starting;
      // the shell's command line is much code, and many a visit does without
      const { serveTerminal } = await import('./terminal-port.ts');
      serveTerminal(port, engine, { clock, random }, size);
    },
    watchActivity: (port) => void starting.then((engine) => postActivity(engine, port, clock)),
    watchForeignChanges(port) {
      void starting.then((engine) => engine.onForeignChange((what) => port.postMessage(what)));
    },
  };
}
