/**
 * Garbage collection: layers, snapshots and content that nothing refers to any more. Roots are images, containers, build cache
 * records and leases. Runs under an exclusive lock, so two tabs never collect at once, nor while one commits.
 */
export interface GarbageReport {
  readonly layers: readonly string[];
  readonly snapshots: readonly string[];
  readonly content: readonly string[];
  readonly freedBytes: number;
}

export interface GarbageCollector {
  /** What would go, without removing it. */
  preview(): Promise<GarbageReport>;
  collect(): Promise<GarbageReport>;
}
