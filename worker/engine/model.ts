/**
 * What the engine tells of images, layers, trees and containers: plain structured-clonable values, as the page shows them.
 * `api/types.ts` hands them on to the page.
 */
import type { WireError } from '../base/errors.ts';
import type { Saving, WasteFacts } from '../dockerfile/savings/savings.ts';
import type { UnionRow } from '../layer/analyse.ts';
import type { WasteReport } from '../layer/analyse-waste.ts';
import type { PathMark } from '../layer/path-history.ts';
import type { CacheVerdict } from '../base/progress.ts';
import type { SourceRange } from '../base/source.ts';
import type { AdvisorySource } from '../scan/report.ts';
import type { Project, ProjectSummary, PruneChoice } from './project-model.ts';

export type * from './project-model.ts';

export type * from '../scan/report.ts';
export type { SbomFormat } from '../scan/sbom/index.ts';
export type { ImportResult, ImportSource } from './imports.ts';
export type { LoginSummary } from './logins.ts';
export type { PlannedLayer, PublishPlan } from './publish.ts';
export type { LoginRequest, RegistryCalls, RemoteTag } from './registries.ts';
export type { NamePage } from '../registry/lists.ts';
export type { RegistrySettings } from '../registry/endpoint.ts';
export type { ConfigFix, Finding, RegistryDiagnosis, RegistryUse } from '../registry/doctor/diagnosis.ts';

/** A layer on the stack, or a metadata-only step between layers (`diffID` absent). */
export interface StackRow {
  /** Index of the layer in the stack, 0 lowest; absent for metadata-only rows. */
  readonly layer?: number;
  readonly diffID?: string;
  readonly chainID?: string;
  /** The instruction as history tells it, without BuildKit's trailing comment. */
  readonly instruction: string;
  /** Logical bytes. */
  readonly sizeBytes: number;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  /** Comes from the base image (FROM), not from this build. */
  readonly base: boolean;
  readonly createdMs?: number;
  /** Of this build, where it is known. */
  readonly cache?: CacheVerdict;
  readonly simulated?: string;
  readonly source?: SourceRange;
  readonly vertex?: string;
}

/** An image as the panels show it. */
export interface ImageSummary {
  readonly id: string;
  readonly names: readonly string[];
  readonly sizeBytes: number;
  readonly createdMs?: number;
  readonly replica: boolean;
  readonly simulated: boolean;
  readonly layers: readonly string[];
}

export interface ImageDetail extends ImageSummary {
  /** Bottom up. */
  readonly stack: readonly StackRow[];
  readonly baseName?: string;
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  /** What else its configuration says; absent where that is nothing. */
  readonly settings?: readonly ImageSetting[];
}

/** A part of an image's configuration, as text. */
export interface ImageSetting {
  readonly name: string;
  readonly value: string;
}

export interface StepSummary {
  readonly vertex: string;
  readonly name: string;
  readonly stage: string;
  readonly instruction: string;
  readonly source?: SourceRange;
  /** Its row of the built image's stack; absent for FROM and for stages the image does not stand on. */
  readonly historyRow?: number;
  readonly sizeBytes: number;
  readonly layer: boolean;
  readonly chainID?: string;
  readonly cache?: CacheVerdict;
  readonly simulated?: string;
  readonly failed?: boolean;
}

export type BuildResult =
  | {
      readonly ok: true;
      readonly image: ImageDetail;
      readonly steps: readonly StepSummary[];
      readonly durationMs: number;
    }
  | {
      readonly ok: false;
      readonly error: WireError;
      readonly steps: readonly StepSummary[];
      readonly durationMs: number;
    };

/** What a tree view is opened on. */
export type ViewTarget =
  | { readonly kind: 'image'; readonly id: string }
  | { readonly kind: 'snapshot'; readonly chainID: string }
  | { readonly kind: 'container'; readonly id: string };

export interface TraceLine {
  readonly layer: number;
  readonly says: 'found' | 'whiteout' | 'opaque' | 'absent';
  readonly visible: boolean;
  readonly sizeBytes?: number;
  readonly directory?: string;
}

/** One path of a union tree: {@link UnionRow}. */
export type TreeRow = UnionRow;
/** What one layer did to a path: a cell of the x-ray matrix. */
export type LayerMark = PathMark['mark'];

/** What happened in a container's writable layer, as it happened. */
export interface CopyOnWriteEvent {
  readonly kind: 'copy-up' | 'create' | 'write' | 'whiteout' | 'opaque' | 'remove';
  /** The container whose writable layer it is. */
  readonly container: string;
  readonly path: string;
  /** Bytes copied up; of a new or written file what it has now. */
  readonly bytes: number;
  /** Bytes of a written file that were written. */
  readonly changedBytes?: number;
  /** The lower layer concerned. */
  readonly layer?: number;
  readonly reason?: string;
  readonly timeMs: number;
}

/** Something that happened in the engine, whoever asked for it. */
export type EngineActivity =
  | { readonly kind: 'write'; readonly event: CopyOnWriteEvent }
  | { readonly kind: 'changed'; readonly what: 'images' | 'containers' | 'sites' }
  /** A project from a link asked a host that nobody allowed it to ask. */
  | { readonly kind: 'host-refused'; readonly host: string };

export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly imageID: string;
  readonly imageName: string;
  readonly state: string;
  readonly exitCode: number;
  readonly createdMs: number;
  /** The writable layer. */
  readonly upper: {
    readonly sizeBytes: number;
    readonly added: number;
    readonly changed: number;
    readonly deleted: number;
  };
}

/** A file of the project as the page holds it. */
export interface ContextFile {
  /** Relative to the project, slashes, no `..`. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Text, or bytes, of a file. */
  readonly content?: string | Uint8Array<ArrayBuffer> | Blob;
  readonly target?: string;
  readonly mode: number;
  readonly mtimeMs: number;
}

export interface BuildOptions {
  readonly dockerfile?: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly platform?: string;
  readonly tags?: readonly string[];
}

export interface RunRequestOptions {
  /** Full name or ID. */
  readonly image: string;
  /** A command line for the image's shell; the image's own command where absent. */
  readonly commandLine?: string;
  /** Run in this existing container instead of a new one. */
  readonly container?: string;
  readonly name?: string;
}

export interface RunResult {
  readonly container: ContainerSummary;
  readonly exitCode: number;
  readonly simulated: readonly string[];
}

export interface PushOptions {
  readonly image: string;
  /** `host:port/repository:tag`. */
  readonly reference: string;
  readonly username?: string;
  readonly password?: string;
}

/** `docker`: what `docker save` writes, an OCI layout too. `oci`: a layout with compressed layers alone. `root`: the files, flat. */
export type SaveFormat = 'docker' | 'oci' | 'root';

export interface StorageUse {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** False where the browser keeps nothing: all of it is gone with the page. */
  readonly lasting: boolean;
  readonly images: number;
  readonly layersBytes: number;
  readonly contentBytes: number;
  readonly cacheRecords: number;
}

/** A Dockerfile as it hangs together, with what of the context each step reads. */
export interface BuildOutline {
  /** Files of the context that a build sends. */
  readonly files: readonly string[];
  readonly stages: readonly OutlinedStage[];
}

export interface OutlinedStage {
  /** Counts from 0. */
  readonly index: number;
  /** Empty for a stage without a name. */
  readonly name: string;
  /** As FROM names it, variables replaced. */
  readonly baseName: string;
  /** The earlier stage it stands on. */
  readonly baseStage?: number;
  /** The last stage needs it. */
  readonly used: boolean;
  /** Of the FROM. */
  readonly source: SourceRange;
  readonly steps: readonly OutlinedStep[];
}

export interface OutlinedStep {
  readonly source: SourceRange;
  /** The first line of the comment above it, or its own. */
  readonly firstLine: number;
  /** Upper case. */
  readonly directive: string;
  readonly instruction: string;
  /** It is a step of the build, with a place in the cache; the others change the configuration alone. */
  readonly runs: boolean;
  /** Files of the context that its cache key holds. */
  readonly reads: readonly string[];
  /** Stages it takes files from. */
  readonly fromStages: readonly number[];
  readonly fromImages: readonly string[];
}

/** A build as the classic builder (`DOCKER_BUILDKIT=0`) would have told it. */
export interface ClassicTelling {
  /** Of all stages in the order of the file, those that BuildKit left out too. Empty for a Dockerfile that cannot be parsed. */
  readonly steps: readonly ClassicStep[];
  /** The image the last step made; absent when the build failed. */
  readonly imageID?: string;
  /** All of it as a terminal shows it. */
  readonly text: string;
}

/** One `Step 2/9`. */
export interface ClassicStep {
  /** Counts from 1. */
  readonly number: number;
  readonly instruction: string;
  readonly source: SourceRange;
  /** Its stage's name or number; empty for an ARG before the first FROM. */
  readonly stage: string;
  /**
   * `left-out`: BuildKit did not do it, since the target does not need its stage; the classic builder would have.
   * `not-reached`: the build failed before.
   */
  readonly state: 'base' | 'built' | 'cached' | 'failed' | 'left-out' | 'not-reached';
  /** For `stepImage`, of a step that was done. */
  readonly vertex?: string;
  /** ID of the container it ran in and that was then committed; absent for what is copied, cached or not done. */
  readonly container?: string;
  /** What its process put out. */
  readonly output?: string;
  /** The intermediate image it made or found in the cache; absent for `FROM scratch`. */
  readonly imageID?: string;
  readonly sizeBytes?: number;
}

/** A stored layer. */
export interface LayerSize {
  readonly diffID: string;
  /** Logical bytes. */
  readonly sizeBytes: number;
  /** Bytes in storage. */
  readonly tarBytes: number;
}

export type { Saving, WasteFacts } from '../dockerfile/savings/savings.ts';
export type { WastedFile, WasteKind, WasteReport } from '../layer/analyse-waste.ts';

/** A server of a container behind a port that the machine has published. */
export interface Site {
  readonly hostPort: number;
  /** The container's ID. */
  readonly container: string;
  readonly containerName: string;
  readonly imageName: string;
  /** It has pages for people; false for a registry. */
  readonly hasPages: boolean;
}

/** A request to a site. */
export interface SiteRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** What a site answered; a redirection is an answer. */
export interface SiteAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What can be asked of the engine with one question and one answer. Rejections are EngineErrors. */
export interface EngineQueries {
  images(): Promise<readonly ImageSummary[]>;
  image(nameOrID: string): Promise<ImageDetail>;
  /**
   * The world after a step of the last build, of one that failed too, as an image that is in no list: what it looked like
   * then, and what containers can be made of. Rejects with `not-found` for a step that left no file system.
   */
  stepImage(vertex: string): Promise<ImageDetail>;
  /** All rows of a union tree, deleted paths among them. */
  tree(target: ViewTarget): Promise<readonly TreeRow[]>;
  trace(target: ViewTarget, path: string): Promise<readonly TraceLine[]>;
  /** Up to `maxBytes` (default 1 MiB) of a file, as seen in the view or as `layer` has it. */
  readFile(
    target: ViewTarget,
    path: string,
    options?: { layer?: number; maxBytes?: number },
  ): Promise<{ bytes: Uint8Array; sizeBytes: number }>;
  /** What is seen at a path with all below it, as a tar. */
  archive(target: ViewTarget, path: string): Promise<Blob>;
  containers(): Promise<readonly ContainerSummary[]>;
  /** Rejects with `in-use` while its process runs. */
  removeContainer(id: string): Promise<void>;
  /** Servers behind published ports that answer now. */
  sites(): Promise<readonly Site[]>;
  /** Asks a site as a browser on this machine would. Rejects with `network` where nobody listens. */
  askSite(hostPort: number, request: SiteRequest): Promise<SiteAnswer>;
  storage(): Promise<StorageUse>;
  /** What of an image's bytes nobody sees, or is there twice. */
  waste(image: string): Promise<WasteReport>;
  /** How to save each of these, by an edit of the Dockerfile where one is sure. */
  savings(dockerfile: string, waste: readonly WasteFacts[]): Promise<readonly Saving[]>;
  outline(dockerfile: string, files: readonly ContextFile[]): Promise<BuildOutline>;
  /**
   * Holds scans from now on, until the engine ends, to a file of OSV documents too; one of the same name is replaced. Rejects with
   * `invalid-document`, naming what is wrong with it.
   */
  addAdvisories(name: string, content: string): Promise<AdvisorySource>;
  removeAdvisories(name: string): Promise<void>;
  /** What scans are held to: a person's own first, the bundled set last. */
  advisorySources(): Promise<readonly AdvisorySource[]>;
  /** The page's last build as the classic builder would have told it. Rejects with `not-found` before the first one. */
  classicTelling(): Promise<ClassicTelling>;
  /** All stored layers. */
  layers(): Promise<readonly LayerSize[]>;
  /** Removes an image with its names; tells what that frees. Rejects with `conflict` while a container stands on it. */
  removeImage(id: string): Promise<{ freedBytes: number }>;
  /** Brings back the image or container of this ID, removed a moment ago. Rejects with `not-found` when it is too late. */
  undoRemoval(id: string): Promise<void>;
  /** Removes what nothing uses. */
  prune(what: PruneChoice): Promise<{ freedBytes: number }>;
  /** What that would free, without doing it. */
  prunable(what: PruneChoice): Promise<{ freedBytes: number }>;
  projects(): Promise<readonly ProjectSummary[]>;
  project(id: string): Promise<Project>;
  /** Saves; returns the new revision. Rejects with `conflict` when another tab saved meanwhile. */
  saveProject(project: Project): Promise<number>;
  removeProject(id: string): Promise<void>;
  /** Lets no other hosts than these be asked from now on; undefined lets all be asked. */
  restrictHosts(hosts: readonly string[] | undefined): Promise<void>;
}
