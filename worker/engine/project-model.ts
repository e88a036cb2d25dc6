/** Projects, and the room that is kept for them and for images: what the page opens, saves and cleans up. */
import type { ContextFile } from './model.ts';

/** What a cleaning takes: the build cache, images without a name that nothing uses, stopped containers. */
export interface PruneChoice {
  readonly buildCache: boolean;
  readonly images: boolean;
  readonly containers: boolean;
}

/** A project as the page opens and saves it. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly files: readonly ContextFile[];
  readonly build?: ProjectBuild;
  /** Present for a project that came from a link: the only hosts it may ask for anything, as they stand in an address. */
  readonly allowedHosts?: readonly string[];
}

/** How a project is built, where not as by default. */
export interface ProjectBuild {
  readonly target?: string;
  readonly platform?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** A project in a list. */
export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly updatedMs: number;
}
