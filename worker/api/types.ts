/**
 * The contract between page and worker: everything the page may ask, as plain structured-clonable values. The page imports
 * this folder and nothing else of the worker. `api/client.ts` connects, `api/server.ts` answers over the engine.
 */
import type { Job } from '../base/job.ts';
import type { SolveStatus } from '../base/progress.ts';
import type { TerminalClient, TerminalEvents, TerminalSize } from './terminal-types.ts';
import type { TreeRows } from './tree-rows.ts';
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
  ViewTarget,
} from '../engine/model.ts';

export type * from '../engine/model.ts';
export type * from './language-types.ts';
export type * from './terminal-types.ts';

export type { Diagnostic, QuickFix, TextEdit } from '../base/source.ts';
export type {
  SolveStatus,
  VertexStatus,
  StatusItem,
  WarningItem,
  CacheVerdict,
  CacheDifference,
} from '../base/progress.ts';
export type { WireError } from '../base/errors.ts';
export { EngineError, isEngineError } from '../base/errors.ts';
export { TreeRows } from './tree-rows.ts';

/** Callbacks of a running job; the client turns them into a MessagePort. */
export interface JobEvents {
  readonly onStatus?: (status: SolveStatus) => void;
  readonly onOutput?: (stream: 1 | 2, data: Uint8Array) => void;
  /** Aborting it stops the job in the worker. */
  readonly signal?: AbortSignal;
}

/** What the page tells the engine once, before anything else. */
export interface EngineSettings {
  /** Absolute addresses of registry mirrors for Docker Hub's images, tried in order; the bundled one among them. */
  readonly registryMirrors: readonly string[];
  /** Absolute address of the data about packages, with a slash at its end. */
  readonly catalogueUrl: string;
}

/** Calls of a kind, each with the job's events where the engine takes the job. */
type AskedWith<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...parameters: [...infer Given, Job]) => infer Answer
    ? (...parameters: [...Given, JobEvents]) => Answer
    : never;
};

/** {@link RegistryCalls} as the page makes them. */
export type RegistryQuestions = AskedWith<RegistryCalls>;

/** {@link EngineQueries} as the page asks them. */
export interface PageQueries extends Omit<EngineQueries, 'tree'> {
  /** All rows of a union tree, deleted paths among them. */
  tree(target: ViewTarget): Promise<TreeRows>;
}

/** What the page can ask. Rejections are {@link EngineError}s. */
export interface EngineClient extends PageQueries {
  build(files: readonly ContextFile[], options: BuildOptions, events: JobEvents): Promise<BuildResult>;
  run(options: RunRequestOptions, events: JobEvents): Promise<RunResult>;
  push(options: PushOptions, events: JobEvents): Promise<{ digest: string }>;
  /** `platform` as `linux/arm64/v8`; linux/amd64 when it is left out. */
  pull(reference: string, events: JobEvents, platform?: string): Promise<ImageDetail>;
  /** What a push would send, and what the registry has already. */
  planPublish(options: Pick<PushOptions, 'image' | 'reference'>, events: JobEvents): Promise<PublishPlan>;
  /** The image as a file; as `docker save` writes it unless a format is named. */
  save(image: string, events: JobEvents, format?: SaveFormat): Promise<Blob>;
  /** Stores what a file or folder from elsewhere holds, all or nothing. */
  importSource(source: ImportSource, events: JobEvents): Promise<ImportResult>;
  /** Looks through all layers of an image: packages, advisories, secrets, and what else is weak. Statuses tell how far it is. */
  scan(image: string, events: JobEvents): Promise<ScanReport>;
  /** What an image is made of, as JSON of a standard form. */
  sbom(image: string, format: SbomFormat, events: JobEvents): Promise<string>;
  readonly registries: RegistryQuestions;
  /** Opens a shell with the docker program, in a directory that holds nothing yet. */
  openTerminal(size: TerminalSize, events: TerminalEvents): TerminalClient;
  /** Called when another tab changed images, containers or projects. */
  onForeignChange(listener: (what: 'images' | 'containers' | 'projects') => void): () => void;
  /** Called with what happened in this engine in the last moment, in order. */
  onActivity(listener: (activities: readonly EngineActivity[]) => void): () => void;
}
