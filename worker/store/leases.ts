/**
 * Leases: what a running job uses is safe from gc. A lease names resources (`content/DIGEST`, `layers/DIGEST`,
 * `snapshots/DIGEST`); it expires by itself unless renewed, so that a closed tab protects nothing for long.
 */
export interface LeaseRecord {
  readonly id: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** `table/key` of what is protected. */
  readonly resources: readonly string[];
}

export interface Lease {
  readonly id: string;
  /** Protects one more resource, before it is written. */
  add(resource: `${'content' | 'layers' | 'snapshots' | 'images'}/${string}`): Promise<void>;
  release(): Promise<void>;
}

export interface LeaseManager {
  /** A new lease, renewed while it is held. */
  create(): Promise<Lease>;
  /** Every resource that an unexpired lease protects. */
  protectedResources(): Promise<ReadonlySet<string>>;
}
