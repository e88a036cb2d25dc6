/** What is known of images before any is pulled: what a registry lists, and what their configs say of the stages built on them. */
import type { Platform } from '../../oci/platform.ts';

/** Parts of an image's config that the instructions on top of it depend on. */
export interface KnownConfig {
  /** `NAME=value` each. */
  readonly environment: readonly string[];
  readonly platform: Platform;
  readonly user: string;
  readonly workingDir: string;
}

export interface KnownRepository {
  /** As people write it: `alpine`. */
  readonly name: string;
  readonly tags: readonly string[];
}

/** Plain data, so that it crosses to another worker. */
export interface KnownImages {
  readonly repositories: readonly KnownRepository[];
  /** By name with tag: `alpine:3.20`. */
  readonly configs: Readonly<Record<string, KnownConfig>>;
}

export const NO_IMAGES: KnownImages = { repositories: [], configs: {} };

/** Where images are looked up. */
export interface ImageSource {
  readonly repositories: readonly KnownRepository[];
  /** By name with tag; undefined for an image there is not. Rejects where it cannot be fetched. */
  config(name: string): Promise<KnownConfig | undefined>;
}

/** The name with its tag, as images are known by: `docker.io/library/alpine` is `alpine:latest`. */
export function taggedName(name: string): string {
  const short = name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
  return short.includes(':') ? short : `${short}:latest`;
}

/** The config of an image named as in FROM; undefined if it is not known. */
export function configOf(images: KnownImages, name: string): KnownConfig | undefined {
  const tagged = taggedName(name);
  return Object.hasOwn(images.configs, tagged) ? images.configs[tagged] : undefined;
}
