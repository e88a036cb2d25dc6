/** The build cache as a build uses it: the keys of its steps, what is found under them or why nothing is, what is left for later builds. */
import type { CacheDifference } from '../base/progress.ts';
import type { Clock } from '../base/ports.ts';
import type { Digest } from '../oci/digest.ts';
import type { BuildCacheHead, KeyPart } from '../store/build-cache.ts';
import type { Store } from '../store/index.ts';
import type { Lease } from '../store/leases.ts';
import { cacheKey, explainMiss } from './cache-key.ts';
import { digestOfValue, type Vertex } from './graph.ts';
import type { Solved } from './solved.ts';
import { storedFileSystem, type SolvedFileSystem } from './solved-file-system.ts';
import { stepTimeMs } from './step-time.ts';

/** What an operation's key has of itself and its sources. */
export interface OwnParts {
  readonly parts: readonly KeyPart[];
  /** Stands for the operation and the layers it looks into; undefined where it looks into nothing, or into what is no stored layers. */
  readonly sourcesKey: Digest | undefined;
}

/** A step's key, and what it was made from. */
export interface StepKey extends OwnParts {
  readonly key: Digest;
}

export interface StepCacheOptions {
  readonly store: Store;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Protects what is found. */
  readonly lease: Lease;
  /** Seconds since 1970, where all steps are of one time. */
  readonly sourceDateEpoch: number | undefined;
}

export class StepCache {
  readonly #store: Store;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #lease: Lease;
  readonly #sourceDateEpoch: number | undefined;
  readonly #used: Digest[] = [];

  constructor({ store, clock, lease, sourceDateEpoch }: StepCacheOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#lease = lease;
    this.#sourceDateEpoch = sourceDateEpoch;
  }

  /**
   * Protects at once what these steps made last time, as far as it is known without looking: most of it is found again, and to protect
   * each result when it is found takes a write each.
   */
  async expect(vertexes: readonly Vertex[]): Promise<void> {
    const results = vertexes.flatMap(({ lineage }) => this.#store.buildCache.expected(lineage) ?? []);
    if (results.length > 0) await this.#lease.add(...results.map((chainID) => `snapshots/${chainID}` as const));
  }

  /**
   * The operation's own parts of the key: what `ask` tells, which looks into the sources. What was found in stored layers once is found
   * there again, and is not asked for. Undefined for an operation whose results are not cached.
   */
  async ownParts(
    vertex: Vertex,
    sources: readonly (SolvedFileSystem | undefined)[],
    ask: () => Promise<readonly KeyPart[] | undefined>,
  ): Promise<OwnParts | undefined> {
    const sourcesKey = this.#sourcesKey(vertex, sources);
    const latest = sourcesKey === undefined ? undefined : await this.#store.buildCache.latest(vertex.lineage);
    const isKnown = latest !== undefined && latest.sourcesKey === sourcesKey;
    const parts = isKnown ? latest.parts.slice(1, latest.parts.length - this.#epochParts().length) : await ask();
    return parts && { parts, sourcesKey };
  }

  /** The key of a step on `base`. */
  keyOf(vertex: Vertex, base: SolvedFileSystem, { parts: own, sourcesKey }: OwnParts): StepKey {
    const parts = [parentPart(vertex, base), ...own, ...this.#epochParts()];
    return { key: cacheKey(parts), parts, sourcesKey };
  }

  /** What an earlier build made of the step, where its layers are still there. */
  async find({ key }: StepKey, base: SolvedFileSystem): Promise<Solved | undefined> {
    const record = await this.#store.buildCache.get(key);
    if (record === undefined) return undefined;
    const chainID = record.result;
    // protect first, look then: gc in another tab may be about to take it
    if (chainID !== undefined) await this.#lease.add(`snapshots/${chainID}`);
    if (!(await this.#store.snapshots.isComplete(chainID, base.chainID))) return undefined;
    this.#used.push(key);
    return this.#solvedOf(record, base);
  }

  async #solvedOf(record: BuildCacheHead, base: SolvedFileSystem): Promise<Solved> {
    return {
      fileSystem: await storedFileSystem(this.#store.snapshots, record.result),
      layer: { sizeBytes: record.sizeBytes },
      createdMs: stepTimeMs(base.layerCount, this.#sourceDateEpoch),
      cache: { hit: true, differences: [] },
      ...(record.simulated === undefined ? {} : { simulated: record.simulated }),
    };
  }

  /** Why the step has to run. */
  async differences(vertex: Vertex, { parts }: StepKey): Promise<readonly CacheDifference[]> {
    if (vertex.ignoreCache) return [{ kind: 'disabled', name: '' }];
    return explainMiss(parts, await this.#store.buildCache.latest(vertex.lineage));
  }

  /** Leaves what came of a step for later builds. */
  async remember(vertex: Vertex, { key, parts, sourcesKey }: StepKey, solved: Solved): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const { chainID } = solved.fileSystem;
    await this.#store.buildCache.put({
      key,
      parts,
      lineage: vertex.lineage,
      ...(chainID === undefined ? {} : { result: chainID }),
      sizeBytes: solved.layer?.sizeBytes ?? 0,
      description: vertex.name,
      ...(solved.simulated === undefined ? {} : { simulated: solved.simulated }),
      ...(sourcesKey === undefined ? {} : { sourcesKey }),
      createdMs: nowMs,
      lastUsedMs: nowMs,
      usageCount: 1,
    });
  }

  /** Notes which records were used: at the end of a build, since its next look into the cache would wait for that. */
  async noteUses(): Promise<void> {
    await this.#store.buildCache.touch(this.#used.splice(0));
  }

  #sourcesKey({ operation }: Vertex, sources: readonly (SolvedFileSystem | undefined)[]): Digest | undefined {
    const chains = sources.map((source) => source?.chainID);
    if (chains.length === 0 || chains.includes(undefined)) return undefined;
    return digestOfValue([operation.kind, operation.definition, chains, this.#sourceDateEpoch ?? null]);
  }

  /** Layers of another time are other layers. */
  #epochParts(): KeyPart[] {
    if (this.#sourceDateEpoch === undefined) return [];
    return [{ kind: 'argument', name: 'SOURCE_DATE_EPOCH', value: String(this.#sourceDateEpoch) }];
  }
}

/** What the step stands on. By content, not by how it came about: a base rebuilt to the same layers changes nothing. */
function parentPart(vertex: Vertex, base: SolvedFileSystem): KeyPart {
  const image = vertex.base?.operation.image;
  if (image !== undefined) return { kind: 'image', name: image, value: base.chainID ?? '' };
  return { kind: 'parent', name: vertex.base?.name ?? 'scratch', value: base.chainID ?? '' };
}
