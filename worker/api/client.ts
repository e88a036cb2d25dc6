/** The page's end of the wire: worker in, {@link EngineClient} or {@link LanguageClient} out. */
import { transfer, wrap, type Remote } from 'comlink';
import { EngineError } from '../base/errors.ts';
import type { LanguageService } from './language-service.ts';
import type { EngineService } from './server.ts';
import { registryQuestions, type RunJob } from './registry-client.ts';
import { openTerminalPort } from './terminal-client.ts';
import { TreeRows } from './tree-rows.ts';
import type { BuildResult, EngineClient, EngineSettings, JobEvents, LanguageClient, PageQueries } from './types.ts';
import { keepErrorsWhole, type JobControl, type JobMessage } from './wire.ts';

/** Connects to a worker that runs `engine.worker.ts`. */
export function connectEngine(worker: Worker, settings: EngineSettings): EngineClient {
  keepErrorsWhole();
  const remote = wrap<EngineService>(worker);
  void remote.start(settings);
  const crashed = crashOf(worker);
  const job = jobRunner(crashed);
  return {
    build: (files, options, events) => job<BuildResult>(events, (port) => remote.build(files, options, port)),
    run: (options, events) => job(events, (port) => remote.run(options, port)),
    push: (options, events) => job(events, (port) => remote.push(options, port)),
    pull: (reference, events, platform) => job(events, (port) => remote.pull(reference, port, platform)),
    planPublish: (options, events) => job(events, (port) => remote.planPublish(options, port)),
    save: (image, events, format) => job(events, (port) => remote.save(image, port, format)),
    importSource: (source, events) => job(events, (port) => remote.importSource(source, port)),
    scan: (image, events) => job(events, (port) => remote.scan(image, port)),
    sbom: (image, format, events) => job(events, (port) => remote.sbom(image, format, port)),
    registries: registryQuestions(remote.registries, job),
    ...plainCalls(remote, (answer) => Promise.race([answer, crashed])),
    openTerminal: (size, events) => openTerminalPort(events, (port) => remote.openTerminal(port, size), crashed),
    onForeignChange: (listener) =>
      watch(
        (port) => remote.watchForeignChanges(port),
        ({ data }: MessageEvent<Parameters<typeof listener>[0]>) => listener(data),
      ),
    onActivity: (listener) =>
      watch(
        (port) => remote.watchActivity(port),
        ({ data }: MessageEvent<Parameters<typeof listener>[0]>) => listener(data),
      ),
  };
}

/** Hands on what the worker posts to a port. Returns how to stop. */
function watch(ask: (port: MessagePort) => Promise<void>, told: (event: MessageEvent) => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = told;
  void ask(transfer(port2, [port2]));
  return () => port1.close();
}

/** The calls that are one question and one answer. `orCrash` rejects an answer that can no longer come. */
function plainCalls(remote: Remote<EngineService>, orCrash: <R>(answer: Promise<R>) => Promise<R>) {
  return {
    images: () => orCrash(remote.images()),
    image: (nameOrID) => orCrash(remote.image(nameOrID)),
    stepImage: (vertex) => orCrash(remote.stepImage(vertex)),
    tree: async (target) => new TreeRows(await orCrash(remote.tree(target))),
    trace: (target, path) => orCrash(remote.trace(target, path)),
    readFile: (target, path, options) => orCrash(remote.readFile(target, path, options)),
    archive: (target, path) => orCrash(remote.archive(target, path)),
    containers: () => orCrash(remote.containers()),
    removeContainer: (id) => orCrash(remote.removeContainer(id)),
    sites: () => orCrash(remote.sites()),
    askSite: (hostPort, request) => orCrash(remote.askSite(hostPort, request)),
    storage: () => orCrash(remote.storage()),
    waste: (image) => orCrash(remote.waste(image)),
    savings: (dockerfile, waste) => orCrash(remote.savings(dockerfile, waste)),
    outline: (dockerfile, files) => orCrash(remote.outline(dockerfile, files)),
    addAdvisories: (name, content) => orCrash(remote.addAdvisories(name, content)),
    removeAdvisories: (name) => orCrash(remote.removeAdvisories(name)),
    advisorySources: () => orCrash(remote.advisorySources()),
    classicTelling: () => orCrash(remote.classicTelling()),
    layers: () => orCrash(remote.layers()),
    removeImage: (id) => orCrash(remote.removeImage(id)),
    undoRemoval: (id) => orCrash(remote.undoRemoval(id)),
    prune: (what) => orCrash(remote.prune(what)),
    prunable: (what) => orCrash(remote.prunable(what)),
    projects: () => orCrash(remote.projects()),
    project: (id) => orCrash(remote.project(id)),
    saveProject: (project) => orCrash(remote.saveProject(project)),
    removeProject: (id) => orCrash(remote.removeProject(id)),
    restrictHosts: (hosts) => orCrash(remote.restrictHosts(hosts)),
  } satisfies PageQueries;
}

/** Rejects when the worker itself fails (out of memory, failed to load): then nothing that was asked is answered. */
function crashOf(worker: Worker): Promise<never> {
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(
        new EngineError(
          'internal',
          `The build engine stopped: ${event.message || 'it could not be loaded'}. Reload the page.`,
        ),
      );
    });
  });
  crashed.catch(() => undefined);
  return crashed;
}

/**
 * Runs a call as a job: its reports reach `events` before the answer does, and aborting `events.signal` stops it. When the
 * worker itself fails, the job rejects instead of waiting for ever.
 */
function jobRunner(crashed: Promise<never>): RunJob {
  return async function job<R>(events: JobEvents, call: (port: MessagePort) => Promise<R>): Promise<R> {
    const { port1, port2 } = new MessageChannel();
    const drained = new Promise<void>((resolve) => {
      port1.onmessage = ({ data }: MessageEvent<JobMessage>) => {
        if (data.kind === 'end') resolve();
        else deliver(data, events);
      };
    });
    const cancel = (): void => port1.postMessage({ kind: 'cancel' } satisfies JobControl);
    if (events.signal?.aborted) cancel();
    events.signal?.addEventListener('abort', cancel, { once: true });
    try {
      const answer = call(transfer(port2, [port2]));
      await Promise.race([Promise.allSettled([answer]).then(() => drained), crashed]);
      return await answer;
    } finally {
      events.signal?.removeEventListener('abort', cancel);
      port1.close();
    }
  };
}

function deliver(message: Exclude<JobMessage, { kind: 'end' }>, events: JobEvents): void {
  switch (message.kind) {
    case 'status':
      events.onStatus?.(message.status);
      break;
    case 'output':
      events.onOutput?.(message.stream, message.data);
      break;
  }
}

/** Connects to a worker that runs `language.worker.ts`, which is started with the first question. It knows the images of the registry mirrors. */
export function connectLanguage(
  start: () => Worker,
  { registryMirrors }: Pick<EngineSettings, 'registryMirrors'>,
): LanguageClient {
  let service: Remote<LanguageService> | undefined;
  const remote = (): Remote<LanguageService> => {
    if (service !== undefined) return service;
    keepErrorsWhole();
    service = wrap<LanguageService>(start());
    void service.start(registryMirrors);
    return service;
  };
  return {
    setContext: (context) => remote().setContext(context),
    diagnose: (text) => remote().diagnose(text),
    ignored: (dockerignore, paths) => remote().ignored(dockerignore, paths),
    tokens: (text) => remote().tokens(text),
    complete: (text, at) => remote().complete(text, at),
    hover: (text, at) => remote().hover(text, at),
    signature: (text, at) => remote().signature(text, at),
    definitions: (text, at) => remote().definitions(text, at),
    references: (text, at) => remote().references(text, at),
    renameable: (text, at) => remote().renameable(text, at),
    rename: (text, at, name) => remote().rename(text, at, name),
    format: (text) => remote().format(text),
    folds: (text) => remote().folds(text),
    outline: (text) => remote().outline(text),
  };
}
