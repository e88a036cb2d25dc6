/** A stage while it is planned: what its instructions have done to it so far. */
import { ROOT, resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { SourceRange } from '../../base/source.ts';
import type { Instruction } from '../../dockerfile/directive.ts';
import type { Platform } from '../../oci/platform.ts';
import type { Vertex } from '../graph.ts';
import type { Operation } from '../operation.ts';
import type { Digest } from '../../oci/digest.ts';
import type { RunVariable } from '../ops/run.ts';
import type { HistoryEntry } from '../../oci/config.ts';
import type { ImageDraft } from './image-draft.ts';

/** A variable in force: its last ARG or ENV. */
export type StageVariable = RunVariable & { readonly origin: 'argument' | 'environment' };

/** One instruction of a planned stage, and the file system after it. */
export interface PlannedStep {
  /** The vertex that does it; for a step without one, a digest of what it says. */
  readonly id: Digest;
  readonly name: string;
  readonly stage: string;
  readonly instruction: string;
  readonly source?: SourceRange;
  /** The line it added to the image's history; undefined for FROM. */
  readonly history?: HistoryEntry;
  /** Undefined for a step that changes no file. */
  readonly vertex?: Vertex;
  /** The image the stage had become by then. */
  readonly image: ImageDraft;
  /** Undefined while the stage is empty. */
  readonly after?: Vertex;
}

/** A context given by `--build-context`. */
export interface NamedContext {
  readonly name: string;
  readonly operation: Operation;
}

export interface StageState {
  /** Position among all stages. */
  readonly index: number;
  /** As given by AS, in lower case; undefined for an unnamed stage, and for an image that only a `--from` names. */
  readonly name: string | undefined;
  /** How progress calls it; empty where there is one stage alone. */
  displayName: string;
  /** FROM's argument after expansion. */
  readonly baseName: string;
  readonly range: SourceRange;
  readonly platform: Platform | undefined;
  readonly instructions: readonly Instruction[];
  /** The stage it stands on. */
  readonly base: StageState | undefined;
  /** A named context that stands in for the stage. */
  readonly context?: NamedContext;
  /** Stages it copies from or mounts, with the instruction that does. */
  readonly dependencies: Map<StageState, Instruction>;
  /** Made for a `--from` that names an image. */
  readonly implicit: boolean;
  readonly ignoreCache: boolean;

  /** The rest changes as instructions are lowered; `image` is there once the base is known. */
  image?: ImageDraft;
  /** The file system so far. */
  head: Vertex | undefined;
  /** Layers below `head`. */
  layerCount: number;
  /** Steps shown as `[name 2/5]`: how many there are, how many were shown. */
  stepCount: number;
  stepsShown: number;
  /** Variables in force, by name, in the order they were set first. */
  readonly variables: Map<string, StageVariable>;
  /** Every ARG declared, in order and with repetition, as RUN's history lists them. */
  readonly declared: { readonly name: string; readonly value: string | undefined }[];
  readonly steps: PlannedStep[];
}

/** The stage's working directory. */
export function workingDirectory(stage: StageState): AbsolutePath {
  return resolvePath(stage.image?.config.WorkingDir ?? '', ROOT);
}

/** The same as the image's config has it, `..` and double slashes left in. */
export function writtenWorkingDirectory(stage: StageState): string {
  const written = stage.image?.config.WorkingDir ?? '';
  return written.startsWith('/') ? written : `/${written}`;
}

/** Its variables as `NAME=value`. */
export function environmentOf(stage: StageState): string[] {
  return [...stage.variables.values()].map(({ name, value }) => `${name}=${value}`);
}
