/**
 * What a directive can do to the stage it stands in. Each directive's file lowers its instruction through this interface;
 * `build/plan` implements it with vertices. So the planner knows no directive, and a directive knows no vertex.
 */
import type { SourceRange } from '../base/source.ts';
import type { Healthcheck } from '../oci/config.ts';

/** The image config a stage builds up; the same fields as the image spec's, writable. */
export interface StageConfig {
  User?: string;
  ExposedPorts?: Record<string, Record<string, never>>;
  Env: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  Healthcheck?: Healthcheck;
  ArgsEscaped?: boolean;
  Volumes?: Record<string, Record<string, never>>;
  WorkingDir?: string;
  OnBuild?: string[];
  Labels?: Record<string, string>;
  StopSignal?: string;
  Shell?: string[];
}

/** A mount of one RUN (`RUN --mount=…`), variables expanded. What is absent is left to its default. */
export interface RunMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  /** Absolute for `bind`, `cache` and `tmpfs`, which always have one; as written for the others. */
  readonly target?: string;
  readonly source?: string;
  /** Stage, image or named context; the build context for undefined. */
  readonly from?: string;
  readonly readOnly: boolean;
  readonly id?: string;
  readonly sharing?: 'shared' | 'private' | 'locked';
  readonly sizeBytes?: number;
  readonly required?: boolean;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Secrets alone: the environment variable to put it in. */
  readonly env?: string;
}

/** A process that changes the stage's file system. */
export interface RunRequest {
  /** The words to start: the shell with its command line, or the exec form. */
  readonly argv: readonly string[];
  readonly mounts: readonly RunMount[];
  readonly network: 'default' | 'none' | 'host';
  readonly security: 'sandbox' | 'insecure';
  /** Devices of the machine, by CDI name. */
  readonly devices: readonly { readonly name: string; readonly required: boolean }[];
  /** The instruction as written, with the first line of a heredoc it runs: what names the step, before variables are shown in it. */
  readonly displayName: string;
  /** A file that is there, executable and read-only, while the process runs: a heredoc with a `#!` line. */
  readonly script?: { readonly path: string; readonly content: string };
}

/** One thing to copy. */
export type CopySource =
  /** A path or wildcard of the context or stage copied from. */
  | { readonly kind: 'path'; readonly path: string }
  /** A heredoc's text becomes a file of this name. */
  | { readonly kind: 'inline'; readonly name: string; readonly content: string }
  | { readonly kind: 'url'; readonly url: string; readonly checksum?: string }
  | { readonly kind: 'git'; readonly url: string; readonly keepGitDir: boolean; readonly checksum?: string };

export interface CopyRequest {
  readonly directive: 'COPY' | 'ADD';
  readonly sources: readonly CopySource[];
  /** As written (expanded): absolute, or relative to the working directory; a slash at its end means a directory. */
  readonly destination: string;
  /** Stage name, stage number, image or named context; the build context for undefined. */
  readonly from?: string;
  /** As written (expanded): `user[:group]`, names or numbers. */
  readonly chown?: string;
  /** As written (expanded): octal, or symbolic as newer frontends take it. */
  readonly chmod?: string;
  readonly link: boolean;
  readonly parents: boolean;
  readonly excludes: readonly string[];
  /** Unpack local archives: ADD does by default, `--unpack` says otherwise. */
  readonly unpack?: boolean;
}

/** The stage under construction, as a directive sees it. Methods that add a step are called at most once an instruction. */
export interface StageBuilder {
  readonly config: StageConfig;
  /** Of the stage's platform: `linux`, … */
  readonly os: string;

  /** Expands variables in one word with ARGs and ENV in force, quotes removed. Throws `dockerfile` at the instruction. */
  expand(word: string): string;
  /** The same, giving the words it splits into (ENV-like splitting at unquoted blanks). */
  expandWords(word: string): readonly string[];
  /** Expands variables in a heredoc's text, in which quotes mean nothing. Throws as `expand` does. */
  expandText(text: string): string;

  /** Directives of which only the last of a stage counts, by name, with the place of that last one. Directives keep it. */
  readonly used: Map<string, SourceRange>;

  /** ENV: sets a variable for this and later instructions and the image. */
  setEnv(name: string, value: string): void;
  /** ARG: declares a build argument; a value given to the build, then a global ARG's, wins over `value`. */
  declareArg(name: string, value: string | undefined): void;

  /** A step without a layer: one line of history. `createdBy` as BuildKit writes it: `ENV A=b`. */
  metadata(createdBy: string): void;
  /** WORKDIR: sets the working directory, and makes it in the file system where it is missing. Adds its own history. */
  workdir(path: string): void;
  /** RUN: a step with a layer. History is written as BuildKit does it (`RUN |1 A=b /bin/sh -c … # buildkit`). */
  run(request: RunRequest): void;
  /** COPY, ADD: a step with a layer. `createdBy` without the trailing ` # buildkit`. */
  copy(request: CopyRequest, createdBy: string): void;
  /** MAINTAINER. */
  setAuthor(author: string): void;

  /** Reports a build check's finding at a place of the Dockerfile. */
  warn(rule: string, message: string, range?: SourceRange): void;
}
