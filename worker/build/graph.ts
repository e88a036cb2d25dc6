/** The build graph: operations with their inputs, each known by a digest over all that leads to it. */
import { utf8 } from '../base/bytes.ts';
import type { SourceRange } from '../base/source.ts';
import { sha256OfSmall } from '../codec/sha256.ts';
import { sha256Digest, type Digest } from '../oci/digest.ts';
import type { Operation } from './operation.ts';

export interface Vertex {
  /** Equal for vertices that do the same with the same inputs. */
  readonly id: Digest;
  /** As BuildKit shows it: `[build 2/4] RUN make`. */
  readonly name: string;
  readonly operation: Operation;
  /** What it changes; undefined for the empty root (`FROM scratch`). */
  readonly base?: Vertex | undefined;
  /** What it takes files from, in the order its operation numbers them. */
  readonly sources: readonly (Vertex | undefined)[];
  readonly source?: SourceRange;
  /** The lines Docker marks when it fails, where they are others than `source`. */
  readonly shownLines?: readonly string[];
  readonly stage?: string;
  /** Equal for the "same" step across edits: what a cache miss is explained against. */
  readonly lineage: string;
  /** Runs even when its result is in the cache. */
  readonly ignoreCache: boolean;
}

/** A vertex with its digest. */
export function makeVertex(parts: Omit<Vertex, 'id'>): Vertex {
  const { kind, definition } = parts.operation;
  const inputs = [parts.base, ...parts.sources].map((input) => input?.id ?? '');
  return { ...parts, id: digestOfValue([kind, definition, inputs]) };
}

/** A vertex with all it stands on and takes from, each once. */
export function vertexesOf(target: Vertex | undefined): readonly Vertex[] {
  const found = new Map<Digest, Vertex>();
  const waiting = [target];
  while (waiting.length > 0) {
    const vertex = waiting.pop();
    if (vertex === undefined || found.has(vertex.id)) continue;
    found.set(vertex.id, vertex);
    waiting.push(vertex.base, ...vertex.sources);
  }
  return [...found.values()];
}

/** Digest of a plain value by its JSON. */
export function digestOfValue(value: unknown): Digest {
  return sha256Digest(sha256OfSmall(utf8(JSON.stringify(value))));
}
