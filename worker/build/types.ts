/** What a build takes and what it gives: the public types of this room. */
import type { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Transport } from '../base/ports.ts';
import type { CacheVerdict, ProgressSink } from '../base/progress.ts';
import type { SourceRange } from '../base/source.ts';
import type { ImageConfig } from '../oci/config.ts';
import type { ChainID, Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { Executor } from '../shell/process.ts';
import type { ImageBase, ImageID } from '../store/images.ts';
import type { Store } from '../store/index.ts';
import type { Tree } from '../vfs/tree.ts';
import type { ImageDraft } from './plan/image-draft.ts';

export interface BuildRequest {
  /** Text of the Dockerfile. */
  readonly dockerfile: string;
  /** Its path in the context, for messages and for `<name>.dockerignore`; `Dockerfile` by default. */
  readonly dockerfileName?: string;
  /** The build context before .dockerignore, as a tree. */
  readonly context: Tree;
  /** Further contexts by name (`--build-context`). */
  readonly namedContexts?: ReadonlyMap<string, Tree>;
  /** Images in the place of stages and images of these names (`--build-context NAME=docker-image://IMAGE`). */
  readonly namedImages?: ReadonlyMap<string, string>;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  /** Steps of instructions that begin at this line or below must run anew. */
  readonly noCacheFromLine?: number;
  /** Stages whose steps must run anew. */
  readonly noCacheFilter?: readonly string[];
  readonly platform?: Platform;
  readonly secrets?: ReadonlyMap<string, Uint8Array>;
  /** Names RUN finds in `/etc/hosts` (`--add-host`). */
  readonly extraHosts?: readonly { readonly host: string; readonly address: string }[];
  /** What RUN may ask for (`--allow`): `network.host`. */
  readonly entitlements?: readonly string[];
  /** Full references to give the image. */
  readonly tags?: readonly string[];
  /** Seconds since 1970 for all times in config and layers (`SOURCE_DATE_EPOCH`). */
  readonly sourceDateEpoch?: number;
}

/** An image a FROM or a COPY --from names, resolved but not yet fetched. */
export interface ResolvedImage {
  /** Full reference with digest, as BuildKit shows it in `[1/3] FROM …`. */
  readonly reference: string;
  readonly digest: Digest;
  readonly config: ImageConfig;
  readonly replica: boolean;
  /** Fetches what is missing of its layers, reporting statuses under `vertex`, and gives the top of its chain. */
  pull(job: Job, progress: ProgressSink, vertex: string): Promise<ChainID | undefined>;
}

export interface BuildEnvironment {
  readonly store: Store;
  readonly executor: Executor;
  readonly clock: Clock;
  /** For ADD of a URL. */
  readonly transport: Transport;
  /** Finds an image here or at its registry. Throws `not-found`, worded as Docker words it. */
  resolveImage(name: string, platform: Platform, job: Job): Promise<ResolvedImage>;
}

/** One instruction of the built stages, and the world after it. */
export interface BuildStep {
  /** The vertex that did it; equal to a VertexStatus id. Metadata-only steps have one too. */
  readonly vertex: Digest;
  readonly name: string;
  readonly stage: string;
  readonly source?: SourceRange;
  /** The instruction as shown: `COPY . .`. */
  readonly instruction: string;
  /** File system after the step; undefined for an empty one. For a failed step: as it was when it failed. */
  readonly snapshot?: ChainID;
  /** The image the stage had become by then: config and history, without its layers. */
  readonly image: ImageDraft;
  /** Its line in the built image's history, from 0; absent for FROM and for stages that the image does not stand on. */
  readonly historyRow?: number;
  /** The step made a layer of its own. */
  readonly layer: boolean;
  /** Logical bytes of that layer. */
  readonly sizeBytes: number;
  readonly cache?: CacheVerdict;
  readonly simulated?: string;
  readonly failed?: boolean;
  readonly times: StepTimes;
}

/** When what a step stands on was made, milliseconds. */
export interface StepTimes {
  /** Each layer above the base's, bottom up. */
  readonly layersMs: readonly (number | undefined)[];
  /** What a step on top of it takes for now. */
  readonly nextMs: number;
  /** They are the build's own, which tell nobody when it was built. */
  readonly own: boolean;
}

/** What came of a build. A failure is a result, told with all that was done before it. */
export type BuildOutcome =
  | {
      readonly ok: true;
      /** What the last stage stands on, also kept in the image's record (`store/images.ts`); undefined for scratch. */
      readonly base: ImageBase | undefined;
      readonly imageID: ImageID;
      readonly config: ImageConfig;
      readonly chainID?: ChainID;
      readonly steps: readonly BuildStep[];
      readonly simulated: boolean;
      readonly replica: boolean;
    }
  | { readonly ok: false; readonly error: EngineError; readonly steps: readonly BuildStep[] };

/** `build(request, environment, job, progress)` in `build/build.ts`. Throws `cancelled` alone. */
export type Build = (
  request: BuildRequest,
  environment: BuildEnvironment,
  job: Job,
  progress: ProgressSink,
) => Promise<BuildOutcome>;
