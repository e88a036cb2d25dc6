/** Platforms (image-spec "image-index.md"; text form, normalisation and matching as containerd's `platforms`). */
import { EngineError } from '../base/errors.ts';

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
