/** Platforms (image-spec "image-index.md"; text form and normalisation as containerd's `platforms`). */

/** What an image runs on. Field names are the spec's. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
}

/** What Strata builds for unless told otherwise. */
export const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' };
