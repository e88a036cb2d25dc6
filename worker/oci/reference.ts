/** Image references (distribution/reference): `[domain/]path[:tag][@digest]`. */
import type { Digest } from './digest.ts';

/** A parsed and normalised name: `busybox` is `docker.io/library/busybox`. */
export interface Reference {
  /** Registry host with port, e.g. `docker.io`, `localhost:5000`. */
  readonly domain: string;
  /** Repository path, e.g. `library/busybox`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: Digest;
}
