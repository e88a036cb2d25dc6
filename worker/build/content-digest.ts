/**
 * Digests of file contents, for cache keys. A body is hashed once: bodies are immutable and shared, so the digest is kept
 * as long as the body is, across builds.
 */
import { hex, utf8 } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import { Sha256, sha256Hex, sha256OfSmall } from '../codec/sha256.ts';
import { bodyChunks, isSparse, readBody, type Body } from '../vfs/body.ts';
import type { Inode } from '../vfs/inode.ts';

/** Below this a call into WebCrypto costs more than hashing here. */
const SMALL_BYTES = 8 << 10;
/** A body over this is hashed in pieces of it, so that a big file is never whole in memory. */
const PIECE_BYTES = 4 << 20;

export interface ContentDigests {
  /** A digest of a body's bytes, with how it was made; equal for equal bodies. */
  ofBody(body: Body, job: Job): Promise<string>;
  /** What a cache key says of a file: kind, mode, owner, and content or link target; its times are left out. */
  ofInode(inode: Inode, job: Job): Promise<string>;
}

/** A fresh memory of digests; keep it as long as the engine lives. */
export function createContentDigests(): ContentDigests {
  const known = new WeakMap<Body, Promise<string>>();

  const ofBody = (body: Body, job: Job): Promise<string> => {
    const before = known.get(body);
    if (before !== undefined) return before;
    const digest = hashBody(body, job);
    known.set(body, digest);
    // a cancelled hash says nothing about the body
    digest.catch(() => known.delete(body));
    return digest;
  };

  return {
    ofBody,
    async ofInode(inode, job) {
      const owner = `${inode.kind} ${inode.mode.toString(8).padStart(4, '0')} ${inode.uid}:${inode.gid}`;
      const attributes = [...(inode.xattrs ?? [])].map(([name, value]) => `${name}=${hex(value)}`).sort();
      const meta = [owner, ...attributes].join(' ');
      if (inode.kind === 'file') return `${meta} ${await ofBody(inode.body, job)}`;
      if (inode.kind === 'symlink') return `${meta} -> ${inode.target}`;
      if (inode.kind === 'character' || inode.kind === 'block') {
        return `${meta} ${inode.device.major}:${inode.device.minor}`;
      }
      return meta;
    },
  };
}

async function hashBody(body: Body, job: Job): Promise<string> {
  if (isSparse(body)) return hashSparse(body, job);
  if (body.sizeBytes <= SMALL_BYTES) return `sha256:${sha256OfSmall(await readBody(body))}`;
  if (body.sizeBytes <= PIECE_BYTES) return `sha256:${await sha256Hex(await readBody(body))}`;
  return hashInPieces(body, job);
}

/** The digest of the digests of pieces: WebCrypto hashes several times as fast as we can, and takes whole buffers only. */
async function hashInPieces(body: Body, job: Job): Promise<string> {
  const pieces: string[] = [];
  for (let start = 0; start < body.sizeBytes; start += PIECE_BYTES) {
    pieces.push(await sha256Hex(await readBody(body, start, start + PIECE_BYTES)));
    job.budget.throwIfCancelled();
  }
  return `sha256-pieces:${sha256OfSmall(utf8(pieces.join('\n')))}`;
}

/** A sparse body by its data and the lengths of its holes: reading 100 MB of zeros would tell no more. */
async function hashSparse(body: Body, job: Job): Promise<string> {
  const hash = new Sha256();
  for (const segment of body.segments) {
    if (segment.kind === 'hole') {
      hash.update(utf8(`hole ${segment.length}\n`));
      continue;
    }
    const sizeBytes = segment.end - segment.start;
    hash.update(utf8(`data ${sizeBytes}\n`));
    for await (const chunk of bodyChunks({ sizeBytes, segments: [segment] })) {
      hash.update(chunk);
      job.budget.throwIfCancelled();
    }
  }
  return `sha256-sparse:${hash.digestHex()}`;
}
