/** An archive as a whole: its bytes from a file or a stream, unpacked, with what its headers say; and back again. */
import { concatBytes } from '../../../base/bytes.ts';
import { isEngineError } from '../../../base/errors.ts';
import { partsStream, type BytePart } from '../../../codec/byte-parts.ts';
import type { Compression } from '../../../codec/decompress.ts';
import { compressed } from '../../../codec/compressing.ts';
import type { TarEntry } from '../../../codec/tar-entry.ts';
import { TarReader } from '../../../codec/tar-reader.ts';
import { bodyChunks, bodyOf, bodyOfBlob, joinBodies, sliceBody, type Body } from '../../../vfs/body.ts';
import { recognise, uncompressed } from '../compression/streams.ts';
import type { AppletContext } from '../context.ts';
import type { Input, Output } from '../streams.ts';

/** An archive that was read. Files in it are slices of `body`: extracting copies nothing. */
export interface Archive {
  readonly body: Body;
  readonly entries: readonly TarEntry[];
  /** How reading ended: at the end marker, in the middle of an entry, or at something that is no tar. */
  readonly ending: 'whole' | 'cut short' | 'no tar';
}

/** Why the bytes could not be unpacked: they are in another format than was said, or damaged. */
export interface Unreadable {
  readonly expected: Compression;
  readonly found: Compression;
  readonly damaged: boolean;
}

/** Unpacked bytes are gathered into buffers of this size. */
const GATHER_BYTES = 1 << 20;

/** Reads all of `input`. `expected` is the compression that was asked for; undefined finds it out. */
export async function readArchive(
  context: AppletContext,
  path: string,
  input: Input,
  expected: Compression | undefined,
): Promise<Archive | Unreadable> {
  const recognised = await recognise(input);
  const { compression: found, empty } = recognised;
  if (expected !== undefined && found !== expected && !empty) return { expected, found, damaged: false };
  const plain = found === 'none' && path !== '-' && context.files.stat(path).inode.kind === 'file';
  if (plain) return parse(context, context.files.body(path));
  try {
    return await parse(context, await gather(context, uncompressed(recognised)));
  } catch (error) {
    if (!isEngineError(error, 'corrupt')) throw error;
    return { expected: found, found, damaged: true };
  }
}

/** All chunks as one body, counted as memory of the container. */
async function gather(context: AppletContext, chunks: AsyncIterable<Uint8Array>): Promise<Body> {
  const bodies: Body[] = [];
  let parts: Uint8Array[] = [];
  let gathered = 0;
  const close = (): void => {
    bodies.push(bodyOf(concatBytes(parts)));
    parts = [];
    gathered = 0;
  };
  for await (const bytes of chunks) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    context.process.kernel.useMemory(bytes.byteLength);
    parts.push(bytes.slice());
    gathered += bytes.byteLength;
    if (gathered >= GATHER_BYTES) close();
  }
  close();
  return joinBodies(bodies);
}

async function parse(context: AppletContext, body: Body): Promise<Archive> {
  const entries: TarEntry[] = [];
  const reader = new TarReader((entry) => entries.push(entry));
  try {
    for await (const bytes of bodyChunks(body)) {
      const pause = context.checkpoint();
      if (pause !== undefined) await pause;
      reader.write(bytes);
    }
    reader.end();
    return { body, entries, ending: 'whole' };
  } catch (error) {
    if (isEngineError(error, 'corrupt')) return { body, entries, ending: 'cut short' };
    if (isEngineError(error, 'invalid-document')) return { body, entries, ending: 'no tar' };
    throw error;
  }
}

/** The bytes of a file in the archive. */
export function memberBody({ body }: Archive, entry: TarEntry): Body {
  return joinBodies(
    entry.extents.map(({ tarOffset, length }) =>
      tarOffset === undefined
        ? { sizeBytes: length, segments: [{ kind: 'hole', length }] }
        : sliceBody(body, tarOffset, tarOffset + length),
    ),
  );
}

/** Writes the parts of an archive: to a file without copying them, to a stream or packed piece by piece. */
export async function writeArchive(
  context: AppletContext,
  path: string,
  output: Output,
  parts: readonly BytePart[],
  compression: Compression,
): Promise<void> {
  const plainFile = compression === 'none' && path !== '-' && context.files.stat(path).inode.kind === 'file';
  if (plainFile) {
    context.files.writeBody(
      path,
      joinBodies(parts.map((part) => (part instanceof Uint8Array ? bodyOf(part) : bodyOfBlob(part)))),
    );
    return;
  }
  const stream = partsStream(parts);
  for await (const bytes of compression === 'none' ? stream : compressed(stream, compression)) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    await output.write(bytes);
  }
}
