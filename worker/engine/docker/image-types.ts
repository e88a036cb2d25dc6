/** Images as Docker's API tells them. Field names and order are Docker's. */

/** `GET /images/json`. Times are seconds since 1970. */
export interface ImageListItem {
  readonly Id: string;
  readonly ParentId: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  readonly Created: number;
  readonly Size: number;
  readonly SharedSize: number;
  readonly Labels: Readonly<Record<string, string>> | null;
  /** How many containers use it; -1 where that was not asked. */
  readonly Containers: number;
  /** `linux/amd64`; where manifests were asked for. */
  readonly platform?: string;
  /** Of its manifest with all that it names, 0 where none is known; where manifests were asked for. */
  readonly contentBytes?: number;
}

export interface ImageListOptions {
  readonly all: boolean;
  readonly filters: ReadonlyMap<string, readonly string[]>;
  readonly sharedSize?: boolean;
  /** With the platform and the bytes of the manifest. */
  readonly manifests?: boolean;
}

/** `GET /images/NAME/json`. */
export type ImageInspect = Readonly<Record<string, unknown>> & {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
};

/** `GET /images/NAME/history`, latest first. */
export interface ImageHistoryItem {
  /** `<missing>` for rows whose image is not stored. */
  readonly Id: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Tags: readonly string[] | null;
  readonly Size: number;
  readonly Comment: string;
}

/** One line of `docker rmi`. */
export type ImageRemoval = { readonly Untagged: string } | { readonly Deleted: string };
